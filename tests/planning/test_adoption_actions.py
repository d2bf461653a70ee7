"""Putting a plan in force: by another than who drafted it, on a day that has come, with money and a legal basis."""

import pytest
from django.core.exceptions import PermissionDenied

from khuyencong.core import audit
from khuyencong.people.actions.accounts import grant
from khuyencong.people.models import User
from khuyencong.people.rules import Role
from khuyencong.planning.actions.adopt import Decision, adopt_period, adopt_plan
from khuyencong.planning.actions.periods import adjust_period, save_period
from khuyencong.planning.actions.plans import Content, change_plan
from khuyencong.planning.models import PeriodPlan, PlanLine
from tests.factories.plans import DAY, FAR, MILLION, basis, make_plan, period_content
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

LEADERS = {"leader", "other_leader"}
DECISION = Decision("1/QĐ", DAY)


def also_a_leader(user, province):
    """The same person with the role of a leader too, as they come with the next request."""
    grant(None, user, Role.LEADER, province, DAY)
    return User.objects.get(pk=user.pk)


def test_leaders_of_the_province_decide(people, draft, period):
    assert who_may(people, lambda user: adopt_plan(user, draft.pk, DECISION)) == LEADERS
    assert who_may(people, lambda user: adopt_period(user, period.pk, DECISION)) == LEADERS


def test_who_drafted_it_does_not_adopt_it_whatever_their_roles(people, province, draft, period):
    both = also_a_leader(people.officer, province)
    for act in (adopt_plan, adopt_period):
        with refused("Người soạn không được tự duyệt", kind=PermissionDenied):
            act(both, (draft if act is adopt_plan else period).pk, DECISION)


@pytest.mark.parametrize(
    ("decision", "field"), [(Decision("  ", DAY), "decision"), (Decision("1/QĐ", FAR), "decided_on")]
)
def test_a_decision_has_a_number_and_a_day_that_has_come(people, draft, period, decision, field):
    with refused(field=field):
        adopt_plan(people.leader, draft.pk, decision)
    with refused(field=field):
        adopt_period(people.leader, period.pk, decision)


def test_it_is_adopted_once(people, adopted, adopted_period):
    for act, plan in ((adopt_plan, adopted), (adopt_period, adopted_period)):
        with refused("đã được ban hành"):
            act(people.other_leader, plan.pk, DECISION)


def test_everything_that_stands_in_the_way_is_told_at_once(people, draft):
    change_plan(people.officer, draft.pk, Content(basis=basis("136-2007-qd-ttg")))
    PlanLine.objects.create(plan=draft, fund="national", name="Chưa có tiền", amount=0)
    for words in ("“Chưa có tiền” chưa ghi số tiền", "Chưa ghi kinh phí của nguồn", "136/2007/QĐ-TTg không dùng được"):
        with refused(words):
            adopt_plan(people.leader, draft.pk, DECISION)


def test_a_basis_that_has_not_begun_on_the_day_is_refused(people, draft):
    change_plan(people.officer, draft.pk, Content(budgets=(), basis=basis("235-2025-nd-cp")))
    draft.lines.update(amount=1)
    with refused("235/2025/NĐ-CP không dùng được"):
        adopt_plan(people.leader, draft.pk, Decision("1/QĐ", DAY.replace(year=2020)))


def test_a_period_needs_a_basis(people):
    bare = save_period(people.officer, None, period_content())
    bare.legal_basis.clear()
    with refused("chưa có căn cứ pháp lý nào"):
        adopt_period(people.leader, bare.pk, DECISION)


def test_the_trail_tells_who_adopted_what_and_its_version(people, draft):
    begun = length()
    adopt_plan(people.leader, draft.pk, Decision(" 1/QĐ ", DAY))
    assert trail(begun) == ["adopt annualplan", "create planversion"]
    assert {one.actor_id for one in audit.history(draft)[:2]} == {people.leader.pk}
    draft.refresh_from_db()
    assert (draft.decision, draft.decided_on, draft.adopted_by) == ("1/QĐ", DAY, people.leader)


def test_the_version_stays_as_it_was_whatever_becomes_of_the_plan(people, adopted):
    version = adopted.versions.get()
    adopted.lines.update(amount=1)
    version.refresh_from_db()
    assert version.content["lines"][0]["amount"] == 400 * MILLION
    assert version.content["projects"] == [{"code": "DA-1", "title": "Đề án", "support": 1}]
    assert (version.number, version.by, version.sha256) == (1, people.leader, audit.digest(version.content))


def test_an_adjusted_period_takes_the_years_over_with_a_record_for_each(people, adopted_period):
    years = [make_plan(year, period=adopted_period) for year in (2026, 2027)]
    other = make_plan(2028)
    new = adjust_period(people.officer, adopted_period.pk, "Ngân sách tăng.")
    begun = length()
    adopt_period(people.leader, new.pk, DECISION)
    assert trail(begun) == ["adopt periodplan", "follow annualplan", "follow annualplan"]
    for year in (*years, other):
        year.refresh_from_db()
    assert [one.period for one in (*years, other)] == [new, new, None]
    assert PeriodPlan.objects.get(pk=adopted_period.pk).outdated


def test_a_period_is_not_adjusted_before_it_was_adopted(people, adopted_period):
    new = adjust_period(people.officer, adopted_period.pk, "Ngân sách tăng.")
    with refused("không thể trước ngày ban hành", "decided_on"):
        adopt_period(people.leader, new.pk, Decision("2/KH", DAY.replace(day=DAY.day - 1)))
