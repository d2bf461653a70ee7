"""Finding projects by state, officer, deadline and year; the board; what both count is the same."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import clock
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Project
from khuyencong.projects.overview.board import SHOWN, board
from khuyencong.projects.overview.listing import projects_list
from khuyencong.projects.record import queries
from tests.examples import examples
from tests.factories.establishments import make_establishment
from tests.factories.plans import make_line
from tests.factories.projects import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

TODAY = clock.today()


@pytest.fixture
def home(commune):
    return make_establishment(commune)


@pytest.fixture
def some(home, officer, commune_officer):
    """Late and soon and far, in charge of this one and that, of several years."""
    line = make_line(name="Dòng 2026")
    rows = [
        ("DA-1", State.SUBMITTED, None, -1, officer, None),
        ("DA-2", State.SUBMITTED, None, 0, None, None),
        ("DA-3", State.PLANNED, None, 7, commune_officer, line),
        ("DA-4", State.PLANNED, None, 8, officer, line),
        ("DA-5", State.ARCHIVED, 2019, None, None, line),
        ("DA-6", State.TERMINATED, None, -400, None, None),
    ]
    for code, state, year, due, responsible, plan in rows:
        make_project(
            home,
            code=code,
            year=year,
            state=state.value,
            due_on=None if due is None else TODAY + dt.timedelta(days=due),
            responsible=responsible,
            plan_line=plan,
        )


def codes(user, **filters):
    return "".join(sorted(one.code[-1] for one in projects_list(user).found(filters)))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"state": "submitted"}, "12"),
        ({"state": "planned"}, "34"),
        ({"state": "nonsense"}, ""),
        ({"due": "late"}, "16"),
        ({"due": "soon"}, "23"),
        ({"due": "nonsense"}, "123456"),
        ({"year": "2026"}, "34"),
        ({"year": "2019"}, "5"),
        ({"state": "submitted", "due": "late"}, "1"),
        ({"officer": "nonsense"}, "123456"),
        ({"officer": "999999999999999999999999"}, "123456"),
        ({"year": "999999999999999999999999"}, "123456"),
    ],
)
def test_each_filter_narrows(officer, some, filters, found):
    assert codes(officer, **filters) == found


def test_the_officer_in_charge(officer, commune_officer, some):
    assert codes(officer, officer=str(officer.pk)) == "14"
    assert codes(officer, officer=str(commune_officer.pk)) == "3"


def test_the_filters_offer_what_occurs_in_the_order_of_the_life_cycle(officer, commune_officer, some):
    offered = {one.name: [value for value, _label in one.choices] for one in projects_list(officer).show({}).selects}
    assert offered["state"] == ["submitted", "planned", "terminated", "archived"]
    assert offered["year"] == ["2026", "2019"]
    assert set(offered["officer"]) == {str(officer.pk), str(commune_officer.pk)}
    assert offered["due"] == ["late", "soon"]


def test_by_state_sorts_along_the_life_cycle(officer, some):
    assert [one.code[-1] for one in projects_list(officer).found({"sort": "state"})] == list("123465")
    assert [one.code[-1] for one in projects_list(officer).found({"sort": "-state"})] == list("563412")


def shape(columns):
    return [(one.state.value, one.count, one.late, [card.code[-1] for card in one.cards]) for one in columns]


def test_the_board_has_a_column_for_each_state_and_what_is_due_first_on_top(officer, some):
    columns = board(officer, {}, TODAY)
    assert shape(columns) == [
        ("submitted", 2, 1, ["1", "2"]),
        ("planned", 2, 0, ["3", "4"]),
        ("terminated", 1, 1, ["6"]),
        ("archived", 1, 0, ["5"]),
    ]
    assert [one.ended for one in columns] == [False, False, False, True]


def test_the_board_takes_the_filters_of_the_list(officer, some):
    assert shape(board(officer, {"due": "late"}, TODAY)) == [
        ("submitted", 1, 1, ["1"]),
        ("terminated", 1, 1, ["6"]),
    ]


def test_a_long_column_shows_the_first_and_says_how_many_there_are(officer, officer_client, home):
    for number in range(SHOWN + 3):
        make_project(home, code=f"DA-{number:02}", year=None, state="submitted")
    (column,) = board(officer, {}, TODAY)
    assert (len(column.cards), column.more, column.count) == (SHOWN, 3, SHOWN + 3)
    page = officer_client.get("/projects/board/?fund=local").content.decode()
    assert f"Xem cả {SHOWN + 3} đề án" in page
    assert "/projects/?fund=local&amp;state=submitted" in page


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(State), st.integers(-30, 30) | st.none(), st.integers(0, 10**9)), max_size=8))
def test_board_and_list_count_the_same(officer, home, made):
    Project.objects.all().delete()
    for number, (state, due, support) in enumerate(made):
        day = None if due is None else TODAY + dt.timedelta(days=due)
        make_project(home, code=f"H-{number}", year=None, support=support, state=state.value, due_on=day)
    for due in ("", "late", "soon"):
        columns = board(officer, {"due": due}, TODAY)
        found = projects_list(officer).found({"due": due})
        assert sum(one.count for one in columns) == found.count()
        assert sum(one.support for one in columns) == queries.sums(found).support
        for column in columns:
            assert column.late == sum(1 for state, day, _s in made if state is column.state and (day or 0) < 0) or due


def test_a_commune_officer_sees_the_board_of_the_own_commune(commune_officer, other_commune, some):
    make_project(make_establishment(other_commune, "Khác", "THU-2"), code="DA-9", state="draft", year=None)
    assert "draft" not in {one.state.value for one in board(commune_officer, {}, TODAY)}


def test_an_empty_board_says_what_it_would_hold(officer_client):
    page = officer_client.get("/projects/board/").content.decode()
    assert "Chưa có đề án nào" in page
    assert "Không có đề án nào khớp" in officer_client.get("/projects/board/?q=xyz").content.decode()


def test_a_filter_stays_when_one_changes_the_view(officer_client, some):
    page = officer_client.get("/projects/?due=late&officer=").content.decode()
    assert 'href="/projects/board/?due=late' in page
    assert "Quá hạn" in page
