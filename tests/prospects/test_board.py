"""Who stands on the list, with what, and in which order."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khuyencong.law.models import AreaStatus
from khuyencong.places.models import Unit
from khuyencong.places.queries import communes_of_district, former_districts
from khuyencong.projects.models import Survey
from khuyencong.prospects import wording
from khuyencong.prospects.listing import prospect_list
from khuyencong.prospects.queries import board, by_commune
from khuyencong.prospects.rules import Gain, Group
from tests.factories.establishments import make_establishment, make_result

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)
MILLION = 1_000_000


def names(user, **asked):
    found = prospect_list(user, board(user, DAY, asked.get("content", "")))
    return [one.establishment.code for one in found.found(asked)]


def candidates(user):
    found = board(user, DAY)
    return list(found.candidates(found.rows))


def candidate(user, code):
    return next(one for one in candidates(user) if one.establishment.code == code)


def test_everyone_who_works_is_accounted_for_once(officer, places):
    found = board(officer, DAY)
    assert (found.active, found.supported) == (7, 1)
    assert found.groups == {Group.READY: 3, Group.LACKING: 1, Group.UNDER_WAY: 1, Group.NOT_ELIGIBLE: 1}
    assert sum(found.groups.values()) + found.supported == found.active
    assert names(officer) == ["CB-1", "CB-2", "CB-3"]
    assert names(officer, show="lacking") == ["CB-4"]
    assert names(officer, show="under-way") == ["CB-5"]
    assert names(officer, show="not-eligible") == ["CB-6"]
    assert names(officer, show="no-such") == names(officer)


def test_a_commune_officer_has_only_the_commune(commune_officer, places):
    assert names(commune_officer) == ["CB-1", "CB-3"]
    assert board(commune_officer, DAY).active == 6


def test_the_gain_is_the_measured_effect_times_the_latest_revenue(officer, places, evaluated):
    evaluated()
    one = candidate(officer, "CB-1")
    assert (one.revenue, one.revenue_year) == (500 * MILLION, 2022)
    assert one.gain == Gain(60 * MILLION, 25 * MILLION, 100 * MILLION)
    assert candidate(officer, "CB-3").gain is None, "no revenue is known"
    make_result(places["group"], 2022, revenue=900 * MILLION)
    assert candidate(officer, "CB-6").gain is None, "not eligible for anything"
    told = board(officer, DAY).measured.words
    assert "Nếu tác dụng như đã đo ở các cơ sở đã được hỗ trợ" in told
    assert "tăng khoảng 12,0 %" in told and "từ 5,0 % đến 20,0 %" in told


@pytest.mark.parametrize(
    ("grade", "direction"), [("not-enough-evidence", 1), ("not-credible", 1), ("some-evidence", -1)]
)
def test_what_was_not_shown_to_work_promises_nothing(officer, places, evaluated, grade, direction):
    evaluated(grade, direction)
    found = board(officer, DAY)
    assert found.measured.effect is None
    assert not any(one.gain for one in candidates(officer))
    assert "không tính doanh thu thêm" in found.measured.words
    assert names(officer) == ["CB-1", "CB-2", "CB-3"]


def test_without_an_evaluation_it_says_so(officer, commune_officer, places):
    assert "Chưa có lần đo" in board(officer, DAY).measured.words
    assert "cấp tỉnh" in board(commune_officer, DAY).measured.words


def test_an_evaluation_of_another_province_is_not_taken(person, places, evaluated):
    evaluated()
    stranger = person("officer", Unit.objects.get(code="01", kind="province", valid_to=None))
    found = board(stranger, DAY)
    assert (found.active, found.measured.evaluation) == (0, None)
    assert found.has_rules and not prospect_list(stranger, found).found({})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"sort": "-revenue"}, ["CB-2", "CB-1", "CB-3"]),
        ({"sort": "gain"}, ["CB-1", "CB-2", "CB-3"]),
        ({"sort": "workers"}, ["CB-2", "CB-3", "CB-1"]),
        ({"sort": "name"}, ["CB-3", "CB-1", "CB-2"]),
        ({"sort": "phone"}, ["CB-1", "CB-2", "CB-3"]),
        ({"q": "MIEN dong"}, ["CB-1"]),
        ({"commune": "01477"}, ["CB-1", "CB-3"]),
        ({"industry": "handicraft"}, ["CB-2", "CB-3"]),
        ({"content": "machinery"}, ["CB-1", "CB-2", "CB-3"]),
        ({"met": "local-material"}, ["CB-1"]),
        ({"lacks": "revenue"}, ["CB-3"]),
        ({"lacks": "eligible_group", "show": "lacking"}, ["CB-4"]),
        ({"district": "none"}, []),
    ],
)
def test_filters_and_orders(officer, places, evaluated, asked, found):
    evaluated()
    assert names(officer, **asked) == found


def test_a_former_district_holds_the_communes_of_today(officer, places, commune):
    district = next(unit for unit in former_districts("04") if commune.pk in communes_of_district(str(unit.pk)))
    assert names(officer, district=str(district.pk)) == ["CB-1", "CB-3"]


def test_filters_in_force_are_told(officer, places):
    asked = {"commune": "01477", "lacks": "revenue", "met": "labour-20"}
    assert {one.name: one.text for one in prospect_list(officer, board(officer, DAY)).show(asked).chips} == {
        "commune": "Xã Trùng Khánh", "lacks": "Còn thiếu: doanh thu", "met": "Dùng từ 20 lao động",
    }  # fmt: skip


def test_why_missing_facts_and_the_most_are_told_in_words(officer, places):
    best, lacking, group = (candidate(officer, code) for code in ("CB-1", "CB-4", "CB-6"))
    assert wording.why(best) == ["Ngành ưu tiên, nguyên liệu tại chỗ, 25 lao động, có xuất khẩu"]
    assert wording.open_to(best) == "13 nội dung, tối đa 300 triệu"
    assert wording.most(best.most).endswith("tối đa 300 triệu, 50 % chi phí")
    assert lacking.hinders == ("eligible_group",)
    assert set(lacking.lacks) == {"eligible_group", "local_material", "workers", "export_value", "revenue"}
    assert wording.why(lacking)[0] == "Chưa ghi nhóm ngành được hưởng"
    assert "machinery" not in {one.code for one in lacking.contents}
    assert "235/2025/NĐ-CP" in wording.why(group)[0]
    assert wording.open_to(group) == ""


def test_the_content_asked_about_tells_its_own_ceiling(officer, places):
    def first(content):
        found = board(officer, DAY, content)
        return next(iter(found.candidates(prospect_list(officer, found).found({"content": content}))))

    one = first("trademark")
    assert (one.most.content.code, one.most.amount) == ("trademark", 35 * MILLION)
    fair = first("fair")
    assert fair.most.amount is None
    assert wording.open_to(fair) == "13 nội dung, 80 % chi phí"


def test_a_listed_commune_counts_and_a_missing_list_is_no_fact_of_one_card(officer, places, commune):
    def unlisted():
        told = {part.criterion.key for part in candidate(officer, "CB-3").score.parts if wording.no_list(part)}
        assert {one.key for one in board(officer, DAY).unlisted} == told
        return told

    assert unlisted() == {"area-especially-difficult", "area-difficult", "new-rural"}
    AreaStatus.objects.create(unit=commune, kind="difficult", valid_from=dt.date(2021, 1, 1), state="adopted")
    assert unlisted() == {"area-especially-difficult", "new-rural"}
    assert "Địa bàn khó khăn" in wording.parts(candidate(officer, "CB-3"))["met"]
    assert "Dùng từ 10 lao động" in wording.parts(candidate(officer, "CB-3"))["unmet"]


def test_communes_are_counted_most_first(officer, places):
    found = board(officer, DAY)
    alike = found.judged.among(prospect_list(officer, found).narrowed({}))
    assert [(unit.name, n) for unit, n in by_commune(alike)] == [("Xã Trùng Khánh", 2), ("Phường Thục Phán", 1)]


def test_the_last_survey_is_told(officer, places):
    for day in (dt.date(2026, 3, 2), dt.date(2025, 1, 1)):
        Survey.objects.create(
            establishment=places["best"], surveyed_on=day, surveyed_by=officer, need="Máy sấy", verdict="propose"
        )
    assert candidate(officer, "CB-1").surveyed_on == dt.date(2026, 3, 2)


def test_more_establishments_need_no_more_queries(officer, places, commune, django_assert_num_queries):
    candidates(officer)
    with CaptureQueriesContext(connection) as few:
        candidates(officer)
    for n in range(30):
        make_establishment(commune, f"Cơ sở {n}", f"CB-{100 + n}")
    with django_assert_num_queries(len(few)):
        assert len(candidates(officer)) == 36
