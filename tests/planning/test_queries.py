"""Plans as pages read them: money by fund, sums, versions, words."""

from decimal import Decimal

import pytest
from django.http import Http404

from khuyencong.planning import wording
from khuyencong.planning.actions.adjustments import adopt_adjustment, draft_adjustment
from khuyencong.planning.actions.adopt import Decision
from khuyencong.planning.actions.lines import save_line
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.planning.queries import plans as queries
from khuyencong.planning.queries.content import content_of
from khuyencong.planning.rules.changes import Changes
from khuyencong.planning.rules.versions import Difference, Part
from khuyencong.planning.work import waiting
from tests.factories.plans import DAY, MILLION

pytestmark = pytest.mark.django_db


def test_a_plan_or_period_or_version_that_is_not_there_is_not_found(adopted):
    for ask in (
        lambda: queries.get_plan(2099),
        lambda: queries.get_period(0),
        lambda: queries.differences(adopted, 2),
    ):
        with pytest.raises(Http404):
            ask()
    assert queries.get_plan(2026) == adopted


def test_lines_stand_by_fund_with_what_the_budget_leaves(people, draft):
    save_line(people.officer, draft.pk, None, {"fund": "local", "activity": None, "name": "Hội chợ", "amount": 30})
    local = queries.by_fund(draft)[0]
    assert [one.fund for one in queries.by_fund(draft)] == ["local"], "a fund with neither is left out"
    assert [one.name for one in local.lines] == ["Hội chợ", "Máy móc"]
    assert (local.amount, local.left) == (400 * MILLION + 30, 100 * MILLION - 30)


def test_a_fund_with_lines_and_no_budget_is_below_zero(people, draft):
    save_line(people.officer, draft.pk, None, {"fund": "national", "activity": None, "name": "Mô hình", "amount": 30})
    national = queries.by_fund(draft)[0]
    assert (national.fund, national.budget, national.left) == ("national", None, -30)


def test_sums_count_funds_alone_and_what_lines_hold(people, draft):
    commit_to_line(people.leader, draft.lines.get().pk, 1, 7)
    sums = queries.sums_by_plan()[draft.pk]
    assert (sums.budget, sums.amount, sums.committed, sums.disbursed) == (500 * MILLION, 400 * MILLION, 7, 0)


def test_the_content_tells_every_part_of_the_plan(adopted):
    told = content_of(adopted)
    assert (told["year"], told["decision"], told["decided_on"], told["period"]) == (2026, "1/QĐ", "2026-01-15", "")
    assert [one["programme"] for one in told["budgets"]] == ["ocop", ""]
    assert told["goals"] == [
        {"indicator": "disbursed", "baseline": "", "baseline_year": None, "targets": {"2026": "5"}}
    ]
    assert told["basis"] and told["lines"][0]["activity"] == ""


def test_a_version_is_told_beside_the_one_before(people, adopted):
    one = draft_adjustment(people.officer, adopted.pk, None, "Lý do", Changes({adopted.lines.get().pk: 300 * MILLION}))
    assert [item.why for item in waiting(people.leader, DAY)] == ["Lý do"]
    assert not list(waiting(people.officer, DAY)), "an officer does not adopt"
    adopt_adjustment(people.leader, one.pk, Decision("2/QĐ", DAY))
    version, rows = queries.differences(adopted, 2)
    assert version.reason == "Lý do"
    assert [(row["part"], row["gap"]) for row in rows] == [("Dòng kế hoạch", "-100.000.000 ₫")]
    first = {row["part"] for row in queries.differences(adopted, 1)[1]}
    assert first == {"Căn cứ pháp lý", "Nguồn kinh phí", "Dòng kế hoạch", "Mục tiêu", "Đề án"}


@pytest.mark.parametrize(
    ("part", "what", "old", "new", "told"),
    [
        (Part.BASIS, ("45/2012/NĐ-CP",), True, None, ("45/2012/NĐ-CP", "có", "–", "")),
        (Part.BUDGET, ("local", ""), None, 5, ("Khuyến công địa phương", "–", "5 ₫", "+5 ₫")),
        (Part.BUDGET, ("blended", "gone"), 5, None, ("Lồng ghép chương trình khác", "5 ₫", "–", "-5 ₫")),
        (Part.LINE, ("national", "Máy"), 5, 5, ("Máy (Khuyến công quốc gia)", "5 ₫", "5 ₫", "0 ₫")),
        (Part.GOAL, ("leverage", "2026"), None, "2.5", ("Vốn đầu tư trên một đồng hỗ trợ (2026)", "–", "2,5 lần", "")),
        (Part.PROJECT, ("DA-1", "Đề án"), None, 5, ("Đề án (DA-1)", "–", "5 ₫", "+5 ₫")),
    ],
)
def test_every_kind_of_difference_has_words(part, what, old, new, told):
    row = wording.difference(Difference(part, what, old, new))
    assert (row["what"], row["old"], row["new"], row["gap"]) == told


@pytest.mark.parametrize(
    ("indicator", "value", "told"),
    [
        ("disbursed", Decimal("1500.00"), "1.500 ₫"),
        ("projects_accepted", Decimal("12.00"), "12"),
        ("disbursed_share", Decimal("87.50"), "87,5 %"),
        ("of-an-earlier-catalogue", Decimal(3), "3"),
        ("disbursed", None, "–"),
    ],
)
def test_a_quantity_is_told_in_its_unit(indicator, value, told):
    assert wording.quantity(indicator, value) == told


def test_an_indicator_of_an_earlier_catalogue_keeps_its_code():
    assert wording.indicator_name("of-an-earlier-catalogue") == "of-an-earlier-catalogue"
    assert wording.changes_in_short({"amounts": {"1": 2, "3": 4}, "lines": [{}]}) == "3 thay đổi"
