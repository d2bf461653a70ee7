"""Random people do random things to the plan of a year: what is in force is within its money, kept whole, and told.

What is refused leaves nothing behind; only what an adopted adjustment says ever changes a plan in force.
"""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.planning.actions.adjustments import adopt_adjustment, discard_adjustment, draft_adjustment
from khuyencong.planning.actions.adopt import Decision, adopt_plan
from khuyencong.planning.actions.goals import save_goal
from khuyencong.planning.actions.lines import remove_line, save_line
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.planning.actions.plans import Content, Money, change_plan
from khuyencong.planning.models import AnnualPlan, Fund, PlanAdjustment
from khuyencong.planning.queries.content import content_of
from khuyencong.planning.rules.changes import Changes, NewLine
from tests.factories.plans import DAY, basis

pytestmark = pytest.mark.django_db

MOVES = 20
REFUSALS = (PermissionDenied, ValidationError, IntegrityError)
FUNDS = st.sampled_from(Fund.values)
AMOUNTS = st.sampled_from([0, 100, 400, 900])
NAMES = st.sampled_from(["Máy móc", "Hội chợ"])


class Walk:
    """A plan on its way, and everything one can try on it."""

    def __init__(self, people, plan, draw):
        self.people, self.plan, self.draw = people, plan, draw

    def whoever(self):
        able = [self.people.officer, self.people.leader, self.people.other_leader]
        return self.draw(st.sampled_from([*able, *able, self.people.commune_officer, self.people.viewer]))

    def line(self):
        return self.draw(st.sampled_from([None, *self.plan.lines.values_list("pk", flat=True)]))

    def decision(self):
        return Decision(self.draw(st.sampled_from(["9/QĐ", "9/QĐ", ""])), DAY)

    # What can be tried. Each either does one thing or raises one of REFUSALS.

    def change_the_money(self):
        money = tuple(Money(fund, self.draw(AMOUNTS)) for fund in Fund.values)
        change_plan(self.whoever(), self.plan.pk, Content(budgets=money, basis=basis()))

    def enter_a_line(self):
        values = {"fund": self.draw(FUNDS), "name": self.draw(NAMES), "amount": self.draw(AMOUNTS)}
        save_line(self.whoever(), self.plan.pk, self.line(), values)

    def take_a_line_out(self):
        if line := self.line():
            remove_line(self.whoever(), self.plan.pk, line)

    def set_a_goal(self):
        save_goal(self.whoever(), self.plan, "disbursed", {2026: Decimal(self.draw(AMOUNTS))})

    def commit(self):
        if line := self.line():
            commit_to_line(self.people.leader, line, self.draw(st.integers(1, 2)), self.draw(AMOUNTS))

    def adopt(self):
        adopt_plan(self.whoever(), self.plan.pk, self.decision())

    def draft_an_adjustment(self):
        lines = {line: self.draw(AMOUNTS) for line in [self.line()] if line}
        money = {self.draw(FUNDS): self.draw(AMOUNTS)} if self.draw(st.booleans()) else {}
        new = (NewLine(self.draw(FUNDS), None, self.draw(NAMES), 50),) if self.draw(st.booleans()) else ()
        one = PlanAdjustment.objects.filter(state="draft").first()
        key = one.pk if one and self.draw(st.booleans()) else None
        draft_adjustment(self.whoever(), self.plan.pk, key, "Lý do", Changes(lines, money, {}, new))

    def discard(self):
        if one := PlanAdjustment.objects.last():
            discard_adjustment(self.whoever(), one.pk)

    def adopt_an_adjustment(self):
        if one := PlanAdjustment.objects.last():
            adopt_adjustment(self.whoever(), one.pk, self.decision())

    def everything(self):
        return [
            self.change_the_money, self.enter_a_line, self.take_a_line_out, self.set_a_goal, self.commit,
            self.draft_an_adjustment, self.discard, self.adopt_an_adjustment, self.adopt_an_adjustment,
        ]  # fmt: skip

    def state(self):
        return content_of(AnnualPlan.objects.get(pk=self.plan.pk)), PlanAdjustment.objects.count()

    def take(self):
        before, told = self.state(), AuditRecord.objects.count()
        act = self.draw(st.sampled_from([*self.everything(), self.adopt]))
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            assert self.state() == before
            assert AuditRecord.objects.count() == told
        self.check(before[0], act)

    def check(self, before, act):
        plan = AnnualPlan.objects.get(pk=self.plan.pk)
        for line in plan.lines.all():
            assert 0 <= line.committed <= line.amount
        if not plan.adopted:
            assert not plan.versions.exists()
            return
        assert plan.drafted_by != plan.adopted_by
        budgets = {one.source: one.amount for one in plan.budgets.all()}
        for fund in Fund.values:
            lines = [one.amount for one in plan.lines.all() if one.fund == fund]
            assert sum(lines) <= budgets.get(fund, 0)
        versions = list(plan.versions.order_by("number"))
        assert [one.number for one in versions] == list(range(1, len(versions) + 1))
        assert len(versions) == 1 + plan.adjustments.filter(state="adopted").count()
        assert all(audit.digest(one.content) == one.sha256 for one in versions)
        now = content_of(plan)
        assert now["lines"] == versions[-1].content["lines"] and now["budgets"] == versions[-1].content["budgets"]
        if act not in (self.adopt, self.adopt_an_adjustment):
            assert now == before, "a plan in force changed without a decision"


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_tried_a_plan_in_force_is_whole(people, draft, data):
    with transaction.atomic():
        walk = Walk(people, draft, data.draw)
        for _number in range(MOVES):
            walk.take()
        assert audit.verify().broken is None
        transaction.set_rollback(True)


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_so_is_one_that_was_in_force_from_the_start(people, adopted, data):
    with transaction.atomic():
        walk = Walk(people, adopted, data.draw)
        for _number in range(MOVES):
            walk.take()
        assert audit.verify().broken is None
        transaction.set_rollback(True)
