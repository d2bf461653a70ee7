"""Plans of years: drafted by an officer, adopted by a leader, then changed only by an adopted adjustment."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuyencong.core import audit, clock
from khuyencong.law.models import ActivityType, LegalDocument
from khuyencong.planning.actions import adjustments, goals, lines, plans
from khuyencong.planning.actions.adopt import Decision, adopt_plan
from khuyencong.planning.actions.plans import Content, Money
from khuyencong.planning.models import Commitment, Goal, PlanBudget, PlanLine, PlanVersion
from khuyencong.planning.queries.plans import differences
from khuyencong.planning.rules.changes import Changes, NewLine
from tests.factories.plans import make_line, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.clock]
MILLION = 1_000_000
YEAR = clock.today().year
DAY = clock.today()


@pytest.fixture
def leader(person, province):
    return person("leader", province)


@pytest.fixture
def other_leader(person, province):
    return person("leader", province, "leader-2")


def basis(*codes):
    return tuple(LegalDocument.objects.filter(code__in=codes or ("45-2012-nd-cp",)))


@pytest.fixture
def draft(officer):
    content = Content(None, (Money("local", 500 * MILLION), Money("blended", 10, "ocop")), basis())
    plan = plans.draft_plan(officer, YEAR, content)
    line = {"fund": "local", "activity": None, "name": "Máy móc", "amount": 400 * MILLION}
    lines.save_line(officer, plan.pk, None, line)
    return plan


def test_a_draft_is_begun_once_a_year_by_an_officer_of_the_province(officer, leader, commune_officer):
    plan = plans.draft_plan(officer, 2031, Content(budgets=(Money("local", 5), Money("national", 0))))
    assert [(one.source, one.amount) for one in plan.budgets.all()] == [("local", 5)], "nothing is no budget"
    with pytest.raises(ValidationError, match="đã có kế hoạch"):
        plans.draft_plan(officer, 2031, Content())
    for other in (leader, commune_officer):
        with pytest.raises(PermissionDenied):
            plans.draft_plan(other, 2032, Content())


def test_both_work_on_the_lines_of_a_draft_and_nobody_on_those_of_an_adopted_plan(
    draft, officer, leader, other_leader, commune_officer
):
    line = lines.save_line(leader, draft.pk, None, {"fund": "local", "name": "Hội chợ", "amount": 1})
    with pytest.raises(PermissionDenied):
        lines.save_line(commune_officer, draft.pk, None, {"fund": "local", "name": "Khác", "amount": 1})
    with pytest.raises(ValidationError, match="Đã có dòng “Hội chợ”"):
        lines.save_line(officer, draft.pk, None, {"fund": "local", "name": "Hội chợ", "amount": 1})
    lines.remove_line(officer, draft.pk, line.pk)
    adopt_plan(other_leader, draft.pk, Decision("1/QĐ", DAY))
    for user in (officer, leader):
        with pytest.raises(ValidationError, match="chỉ sửa bằng quyết định điều chỉnh"):
            lines.save_line(user, draft.pk, PlanLine.objects.get().pk, {"amount": 1})
        with pytest.raises(ValidationError, match="điều chỉnh"):
            plans.change_plan(user, draft.pk, Content())


def test_adopting_freezes_the_first_version_with_its_hash(draft, officer, leader):
    plan = adopt_plan(leader, draft.pk, Decision(" 12/QĐ-UBND ", DAY), [{"code": "DA-1", "title": "T", "support": 1}])
    assert (plan.state, plan.decision, plan.adopted_by) == ("adopted", "12/QĐ-UBND", leader)
    version = PlanVersion.objects.get()
    assert version.number == 1
    assert audit.digest(version.content) == version.sha256
    assert version.content["lines"][0]["amount"] == 400 * MILLION
    assert version.content["projects"][0]["code"] == "DA-1"
    assert audit.verify().broken is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda plan: plan.lines.all().delete(), "chưa có dòng nào"),
        (lambda plan: plan.legal_basis.clear(), "căn cứ pháp lý"),
        (lambda plan: plan.budgets.filter(source="local").delete(), "Chưa ghi kinh phí"),
        (lambda plan: plan.lines.update(amount=501 * MILLION), "vượt kinh phí"),
        (lambda plan: plan.legal_basis.set(basis("136-2007-qd-ttg")), "136/2007/QĐ-TTg"),
    ],
)
def test_a_plan_that_cannot_be_is_not_adopted_and_stays_as_it_was(draft, leader, change, words):
    change(draft)
    with pytest.raises(ValidationError, match=words):
        adopt_plan(leader, draft.pk, Decision("1/QĐ", DAY))
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not PlanVersion.objects.exists()


def test_who_adopts_is_another_and_a_leader_and_the_day_has_come(draft, officer, leader):
    with pytest.raises(PermissionDenied):
        adopt_plan(officer, draft.pk, Decision("1/QĐ", DAY))
    for decision in (Decision(" ", DAY), Decision("1/QĐ", DAY + dt.timedelta(days=1))):
        with pytest.raises(ValidationError):
            adopt_plan(leader, draft.pk, decision)
    draft.drafted_by = leader
    draft.save()
    with pytest.raises(PermissionDenied, match="Người soạn"):
        adopt_plan(leader, draft.pk, Decision("1/QĐ", DAY))


def test_a_goal_belongs_to_a_draft_and_to_the_catalogue(draft, officer, leader, other_leader):
    goal = goals.save_goal(officer, draft, "disbursed", {YEAR: Decimal(5)}, (Decimal(1), YEAR - 1))
    assert goals.save_goal(leader, draft, "disbursed", {YEAR: Decimal(7)}).pk == goal.pk
    assert [one.value for one in goal.targets.all()] == [7]
    for code, targets in (("happiness", {YEAR: Decimal(1)}), ("disbursed", {})):
        with pytest.raises(ValidationError):
            goals.save_goal(officer, draft, code, targets)
    adopt_plan(other_leader, draft.pk, Decision("1/QĐ", DAY))
    with pytest.raises(ValidationError, match="điều chỉnh"):
        goals.remove_goal(officer, goal.pk)


@pytest.fixture
def adopted(draft, officer, leader):
    goals.save_goal(officer, draft, "disbursed", {YEAR: Decimal(5)})
    return adopt_plan(leader, draft.pk, Decision("1/QĐ", DAY))


def test_an_adjustment_changes_the_plan_only_when_it_is_adopted(adopted, officer, leader):
    line, target = adopted.lines.get(), Goal.objects.get().targets.get()
    new = NewLine("local", ActivityType.objects.get(code="fair").pk, "Hội chợ", 150 * MILLION)
    changes = Changes({line.pk: 350 * MILLION}, {}, {target.pk: Decimal(4)}, (new,))
    made = adjustments.draft_adjustment(officer, adopted.pk, None, "Vì lý do thử.", changes)
    line.refresh_from_db()
    assert line.amount == 400 * MILLION
    with pytest.raises(PermissionDenied):
        adjustments.adopt_adjustment(officer, made.pk, Decision("2/QĐ", DAY))
    adjustments.adopt_adjustment(leader, made.pk, Decision("2/QĐ", DAY))
    line.refresh_from_db()
    target.refresh_from_db()
    assert (line.amount, target.value, adopted.lines.count()) == (350 * MILLION, 4, 2)
    version, rows = differences(adopted, 2)
    assert version.decision == "2/QĐ"
    assert len(rows) == 3
    with pytest.raises(ValidationError, match="không còn là dự thảo"):
        adjustments.adopt_adjustment(leader, made.pk, Decision("3/QĐ", DAY))


def test_an_adjustment_is_refused_with_its_bound(adopted, officer, leader):
    line = adopted.lines.get()
    with pytest.raises(ValidationError, match="vượt kinh phí"):
        adjustments.draft_adjustment(officer, adopted.pk, None, "Thử", Changes({line.pk: 501 * MILLION}))
    made = adjustments.draft_adjustment(officer, adopted.pk, None, "Thử", Changes({line.pk: 100 * MILLION}))
    with pytest.raises(ValidationError, match="đang có một dự thảo"):
        adjustments.draft_adjustment(officer, adopted.pk, None, "Thử", Changes({line.pk: 99 * MILLION}))
    # Money was committed meanwhile: what was possible when it was drafted is not so now.
    Commitment.objects.create(line=line, project=1, amount=200 * MILLION)
    PlanLine.objects.filter(pk=line.pk).update(committed=200 * MILLION)
    with pytest.raises(ValidationError, match=r"200\.000\.000"):
        adjustments.adopt_adjustment(leader, made.pk, Decision("2/QĐ", DAY))
    line.refresh_from_db()
    assert line.amount == 400 * MILLION
    adjustments.discard_adjustment(officer, made.pk)
    assert not adopted.adjustments.exists()


def test_the_database_holds_what_belongs_to_a_plan(draft):
    for wrong in (
        lambda: PlanBudget.objects.create(annual=draft, source="local", amount=1),
        lambda: PlanBudget.objects.create(annual=draft, source="blended", amount=1),
        lambda: PlanBudget.objects.create(source="national", amount=1),
        lambda: Goal.objects.create(indicator="disbursed"),
        lambda: make_line(YEAR, name="Máy móc"),
        lambda: make_plan(YEAR + 1).adjustments.create(reason="x", drafted_at=clock.now(), state="adopted"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
