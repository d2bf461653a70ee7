"""The list of projects: found, narrowed, sorted, and its sums count every project once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.law.models import ActivityType
from khuyencong.projects.models import Project
from khuyencong.projects.overview.listing import projects_list
from khuyencong.projects.record import queries
from tests.examples import examples
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(commune, other_commune):
    return [
        make_establishment(commune, "A", "CB-00001"),
        make_establishment(commune, "B", "CB-00002"),
        make_establishment(other_commune, "C", "CB-00003"),
    ]


@pytest.fixture
def three(homes):
    """One project for three establishments, one for one, one not yet accepted."""
    first, second, third = homes
    fair = ActivityType.objects.get(code="fair")
    make_project(first, second, third, code="DA-1", year=2019, support=300, title="Máy sấy miến dong", fund="national")
    made = make_project(third, code="DA-2", year=2021, support=100, title="Hội chợ")
    Project.objects.filter(pk=made.pk).update(activity=fair)
    make_project(first, code="DA-3", year=None, support=20, title="Lò rèn Phúc Sen")


def codes(user, **filters):
    return "".join(one.code[-1] for one in projects_list(user).found(filters))


def test_a_project_of_several_establishments_counts_once(officer, commune_officer, three):
    found = projects_list(officer).found({})
    assert (queries.sums(found).support, queries.sums(found).counterpart, queries.sums(found).total) == (420, 420, 840)
    assert [one.count for one in found] == [1, 3, 1]
    mine = projects_list(commune_officer).found({})
    assert queries.sums(mine).support == 320, "two of the three establishments are in this commune"
    assert [one.count for one in mine] == [3, 1], "all its establishments, those out of reach too"
    assert queries.sums(projects_list(officer).found({"commune": "01477"})).support == 320


def test_sums_of_nothing_are_nothing(officer, three):
    assert queries.sums(projects_list(officer).found({"q": "khongco"})).support == 0


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sets(st.integers(0, 2), min_size=1), st.integers(0, 10**10)), max_size=6))
def test_sums_agree_with_a_recount_however_projects_and_establishments_meet(officer, homes, made):
    Project.objects.all().delete()
    for number, (members, support) in enumerate(made):
        make_project(*[homes[member] for member in members], code=f"H-{number}", support=support)
    for commune in ("", "01477", "01273"):
        inside = {"": {0, 1, 2}, "01477": {0, 1}, "01273": {2}}[commune]
        expected = sum(support for members, support in made if members & inside)
        assert queries.sums(projects_list(officer).found({"commune": commune})).support == expected


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "213"),
        ({"q": "mien dong"}, "1"),
        ({"q": "DA-2"}, "2"),
        ({"q": "ren phuc"}, "3"),
        ({"year": "2019"}, "1"),
        ({"year": "²"}, "213"),
        ({"fund": "national"}, "1"),
        ({"activity": "fair"}, "2"),
        ({"commune": "01273"}, "21"),
        ({"commune": "01273", "year": "2021"}, "2"),
        ({"sort": "year"}, "123"),
        ({"sort": "title"}, "231"),
        ({"sort": "-title"}, "132"),
        ({"sort": "support"}, "321"),
        ({"sort": "-support"}, "123"),
        ({"sort": "counterpart"}, "321"),
        ({"sort": "-total"}, "123"),
        ({"sort": "-fund"}, "123"),
        ({"sort": "nonsense"}, "213"),
    ],
)
def test_each_filter_narrows_and_each_column_sorts(officer, three, filters, found):
    assert codes(officer, **filters) == found


def test_a_commune_officer_sees_the_projects_of_the_own_commune(commune_officer, three):
    assert codes(commune_officer) == "13"
    theirs = Project.objects.get(code="DA-2")
    with pytest.raises(PermissionDenied):
        queries.get(commune_officer, theirs.pk)
    with pytest.raises(Http404):
        queries.get(commune_officer, 10**12)


def test_the_filters_offer_only_what_occurs(officer, commune_officer, three):
    offered = {
        select.name: [value for value, _label in select.choices] for select in projects_list(officer).show({}).selects
    }
    assert offered["year"] == ["2021", "2019"]
    assert set(offered["activity"]) == {"fair", Project.objects.get(code="DA-1").activity.code}
    assert set(offered["commune"]) == {"01477", "01273"}
    mine = {
        select.name: [value for value, _l in select.choices]
        for select in projects_list(commune_officer).show({}).selects
    }
    assert mine["year"] == ["2019"]
