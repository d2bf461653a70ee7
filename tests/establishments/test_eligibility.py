"""What the rules are told of an establishment, and nothing that was not known on the day."""

import datetime as dt

import pytest

from khuyencong.establishments.eligibility import areas_of, facts_of, priority_facts_of
from khuyencong.law.eligibility.rules import Earlier, Facts
from khuyencong.law.models import AreaStatus, EligibleGroup
from khuyencong.places.models import Unit
from tests.factories.establishments import make_establishment, make_result

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 6, 1)


def test_what_is_blank_on_the_card_is_unknown_to_the_rules(commune, other_commune):
    bare = make_establishment(commune)
    full = make_establishment(
        other_commune, "Hợp tác xã cơ khí", "THU-2", legal_form="cooperative", status="paused",
        eligible_group=EligibleGroup.objects.get(code="mechanical"),
    )  # fmt: skip
    earlier = (Earlier("machinery", 2019, "Máy tiện (năm 2019)"),)
    assert facts_of([bare, full], {full.pk: earlier}) == {
        bare.pk: Facts("household", "", "commune", True),
        full.pk: Facts("cooperative", "mechanical", "ward", False, earlier),
    }


@pytest.mark.parametrize(
    ("name", "province", "area"),
    [
        ("Xã Trùng Khánh", "04", "commune"), ("Phường Thục Phán", "04", "ward"),
        ("Đặc khu Phú Quốc", "04", "special-zone"),
        ("Phường Ba Đình", "01", "city-ward"), ("Xã Sóc Sơn", "01", "commune"), ("Thị trấn Sa Pa", "04", ""),
    ],
)  # fmt: skip
def test_area_is_read_from_the_names_of_today(name, province, area):
    parent = Unit.objects.get(kind="province", code=province, valid_to=None)
    unit = Unit(pk=1, name=name, parent=parent)
    assert areas_of([unit]) == {1: area}


def test_exports_and_workers_are_the_latest_known_before_the_day(commune):
    one = make_establishment(commune)
    make_result(one, 2021, workers=12, export_value=5_000_000)
    make_result(one, 2022, workers=None, export_value=0)
    make_result(one, 2024, workers=90, export_value=9_000_000)
    found = priority_facts_of([one], DAY)[one.pk]
    assert (found.workers, found.export_value) == (12, 0)
    one.workers = 8
    assert priority_facts_of([one], DAY)[one.pk].workers == 8


def test_areas_are_those_adopted_for_the_day(commune, other_commune):
    def listed(unit, kind, since, until=None, state="adopted"):
        AreaStatus.objects.create(unit=unit, kind=kind, valid_from=since, valid_to=until, state=state)

    listed(commune, "difficult", dt.date(2021, 1, 1), dt.date(2024, 6, 1))
    listed(commune, "new-rural", dt.date(2021, 1, 1), state="draft")
    listed(other_commune, "especially-difficult", dt.date(2024, 6, 2))
    one, other = make_establishment(commune), make_establishment(other_commune, "Khác", "THU-2")
    found = priority_facts_of([one, other], DAY)
    assert found[one.pk].areas == frozenset({"difficult"})
    assert found[other.pk].areas == frozenset()
    assert found[one.pk].listed == found[other.pk].listed == frozenset({"difficult"})
    assert priority_facts_of([one], dt.date(2024, 6, 2))[one.pk].listed == frozenset({"especially-difficult"})


def test_many_establishments_cost_no_more_queries_than_one(commune, django_assert_num_queries):
    some = [make_establishment(commune, f"Cơ sở {n}", f"THU-{n}") for n in range(5)]
    for one in some:
        make_result(one, 2022, workers=3)
    with django_assert_num_queries(2):
        priority_facts_of(some, DAY)
