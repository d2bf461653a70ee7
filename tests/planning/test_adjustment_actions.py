"""A plan in force changes by an adjustment: drafted by one, adopted by another, all of it or nothing."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from khuyencong.core import audit
from khuyencong.people.actions.accounts import grant
from khuyencong.people.models import User
from khuyencong.people.rules import Role
from khuyencong.planning.actions.adjustments import adopt_adjustment, discard_adjustment, draft_adjustment
from khuyencong.planning.actions.adopt import Decision
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.planning.models import GoalTarget
from khuyencong.planning.queries.adjustments import told
from khuyencong.planning.rules.changes import Changes, NewLine
from tests.factories.plans import DAY, FAR, MILLION, machinery
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

DECISION = Decision("2/QĐ", DAY)


@pytest.fixture
def line(adopted):
    return adopted.lines.get()


@pytest.fixture
def target(adopted):
    return GoalTarget.objects.get(goal__annual=adopted)


@pytest.fixture
def less(line):
    return Changes({line.pk: 300 * MILLION})


@pytest.fixture
def one(people, adopted, less):
    return draft_adjustment(people.officer, adopted.pk, None, "Vì lý do thử.", less)


def test_only_an_officer_of_the_province_drafts(people, adopted, less):
    def act(user):
        return draft_adjustment(user, adopted.pk, None, "Lý do", less)

    assert who_may(people, act) == {"officer"}


def test_an_officer_discards_and_a_leader_adopts(people, one):
    assert who_may(people, lambda user: discard_adjustment(user, one.pk)) == {"officer"}
    assert who_may(people, lambda user: adopt_adjustment(user, one.pk, DECISION)) == {"leader", "other_leader"}


def test_a_draft_plan_needs_none(people, draft):
    with refused("hãy sửa thẳng trong dự thảo"):
        draft_adjustment(people.officer, draft.pk, None, "Lý do", Changes(budgets={"local": 1}))


def test_it_has_a_reason_and_changes_something(people, adopted, less):
    with refused("lý do", "reason"):
        draft_adjustment(people.officer, adopted.pk, None, "  ", less)
    with refused("chưa thay đổi gì"):
        draft_adjustment(people.officer, adopted.pk, None, "Lý do", Changes())


def test_a_plan_has_one_draft_at_a_time(people, adopted, one, less):
    with refused("đang có một dự thảo"):
        draft_adjustment(people.officer, adopted.pk, None, "Lý do", less)


def test_the_draft_is_changed_in_its_place_with_a_record(people, adopted, one, line):
    begun = length()
    again = draft_adjustment(people.officer, adopted.pk, one.pk, " Lý do khác ", Changes({line.pk: 1}))
    assert (again.pk, again.reason, again.changes["amounts"]) == (one.pk, "Lý do khác", {str(line.pk): 1})
    assert trail(begun) == ["update planadjustment"]


def test_a_draft_that_was_adopted_or_discarded_meanwhile_is_told(people, adopted, one, less):
    adopt_adjustment(people.leader, one.pk, DECISION)
    for act in (
        lambda: draft_adjustment(people.officer, adopted.pk, one.pk, "Lý do", Changes(budgets={"local": 10**9})),
        lambda: discard_adjustment(people.officer, one.pk),
        lambda: adopt_adjustment(people.leader, one.pk, DECISION),
    ):
        with refused("không còn là dự thảo"):
            act()


def test_discarding_leaves_the_plan_and_a_record(people, adopted, one):
    begun = length()
    assert discard_adjustment(people.officer, one.pk) == adopted
    assert not adopted.adjustments.exists()
    assert trail(begun) == ["delete planadjustment"]
    assert audit.history(adopted).first().action == "delete"


def test_who_drafted_it_does_not_adopt_it_whatever_their_roles(people, province, one):
    grant(None, people.officer, Role.LEADER, province, DAY)
    with refused("Người soạn không được tự duyệt", kind=PermissionDenied):
        adopt_adjustment(User.objects.get(pk=people.officer.pk), one.pk, DECISION)


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision(" ", DAY), "decision"),
        (Decision("2/QĐ", FAR), "decided_on"),
        (Decision("2/QĐ", DAY.replace(day=DAY.day - 1)), "decided_on"),
    ],
)
def test_the_decision_has_a_number_and_a_day_between_the_plan_and_now(people, one, decision, field):
    with refused(field=field):
        adopt_adjustment(people.leader, one.pk, decision)


def test_it_changes_lines_budgets_and_goals_and_keeps_a_version(people, adopted, line, target):
    new = NewLine("national", machinery().pk, "Mô hình", 50)
    changes = Changes(
        {line.pk: 300 * MILLION}, {"local": 300 * MILLION, "national": 50}, {target.pk: Decimal(9)}, (new,)
    )
    one = draft_adjustment(people.officer, adopted.pk, None, "Lý do", changes)
    begun = length()
    adopt_adjustment(people.leader, one.pk, DECISION)
    assert trail(begun) == [
        "adopt planadjustment", "update planbudget", "create planbudget", "update planline", "create planline",
        "update goaltarget", "create planversion",
    ]  # fmt: skip
    money = {each.programme_id or each.source: each.amount for each in adopted.budgets.all()}
    assert money == {"local": 300 * MILLION, "national": 50, "ocop": 10 * MILLION}
    assert {each.name: each.amount for each in adopted.lines.all()} == {"Máy móc": 300 * MILLION, "Mô hình": 50}
    target.refresh_from_db()
    assert target.value == 9


def test_the_new_version_keeps_the_projects_of_the_first_and_the_reason(people, adopted, one):
    adopt_adjustment(people.leader, one.pk, DECISION)
    first, second = adopted.versions.order_by("number")
    assert second.content["projects"] == first.content["projects"] != []
    assert (second.number, second.reason, second.decision) == (2, "Vì lý do thử.", "2/QĐ")
    assert second.sha256 == audit.digest(second.content)


def test_money_that_was_committed_meanwhile_stops_it_whole(people, one, line):
    commit_to_line(people.leader, line.pk, 1, 350 * MILLION)
    with refused(r"đã giao cho đề án 350\.000\.000"):
        adopt_adjustment(people.leader, one.pk, DECISION)


@pytest.mark.parametrize("wrong", ["line", "target", "budget"])
def test_what_cannot_be_in_one_place_changes_nothing_in_the_others(people, adopted, line, target, wrong):
    changes = {
        "line": Changes({line.pk: 1}, lines=(NewLine("local", None, "", 5),)),
        "target": Changes({line.pk: 1}, targets={target.pk: Decimal(-1)}),
        "budget": Changes({line.pk: 1}, budgets={"national": -1}),
    }[wrong]
    one = draft_adjustment(people.officer, adopted.pk, None, "Lý do", changes)
    with refused(field={"line": "name", "target": "value", "budget": "amount"}[wrong]):
        adopt_adjustment(people.leader, one.pk, DECISION)


def test_a_draft_tells_each_new_value_beside_the_present_one(people, adopted, line, target):
    commit_to_line(people.leader, line.pk, 1, 100 * MILLION)
    new = NewLine("local", None, "Hội chợ", 50 * MILLION)
    changes = Changes({line.pk: 300 * MILLION}, {"national": 5}, {target.pk: Decimal(9)}, (new,))
    rows = told(draft_adjustment(people.officer, adopted.pk, None, "Lý do", changes))
    assert [(row["old"], row["new"], row["gap"]) for row in rows] == [
        ("–", "5 ₫", "+5 ₫"),
        ("400.000.000 ₫", "300.000.000 ₫", "-100.000.000 ₫"),
        ("–", "50.000.000 ₫", "+50.000.000 ₫"),
        ("5 ₫", "9 ₫", ""),
    ]
    assert rows[1]["held"] == "100.000.000 ₫"
