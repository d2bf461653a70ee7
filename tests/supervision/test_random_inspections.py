"""Random people inspect, find, put right and close: whatever they try, payment waits exactly while it must."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.projects.models import Contract, Hold
from khuyencong.projects.money import actions as money
from khuyencong.supervision import actions
from khuyencong.supervision.models import Finding, Visit
from tests.supervision.inspecting import DAY, FAR, answer, find

pytestmark = pytest.mark.django_db

MOVES = 20
REFUSALS = (PermissionDenied, ValidationError)
AMOUNTS = st.sampled_from([None, 10, 20])


class Walk:
    """A project with some visits, and everything one can try on them."""

    def __init__(self, people, project, draw):
        self.people, self.project, self.draw = people, project, draw

    def whoever(self):
        able = [self.people.inspector, self.people.officer]
        return self.draw(st.sampled_from([*able, *able, self.people.leader, self.people.elsewhere]))

    def one_of(self, model):
        return self.draw(st.sampled_from([None, *model.objects.order_by("pk")]))

    # What can be tried. Each either does one thing or raises one of REFUSALS.

    def draft_the_plan(self):
        actions.draft_plan(self.whoever(), FAR.year, 3)

    def plan_a_visit(self):
        sent = self.draw(st.sampled_from([self.people.inspector, self.people.officer]))
        actions.plan_visit(self.whoever(), self.project, DAY, sent, self.one_of(Finding))

    def call_off(self):
        if visit := self.one_of(Visit):
            actions.change_visit(self.whoever(), visit.pk, FAR, self.people.inspector, self.draw(st.booleans()))

    def answer(self):
        if visit := self.one_of(Visit):
            answer(self.whoever(), visit)

    def find(self):
        if visit := self.one_of(Visit):
            find(self.whoever(), visit, to_recover=self.draw(AMOUNTS))

    def put_right(self):
        if finding := self.one_of(Finding):
            actions.report_remedy(self.whoever(), finding.pk, self.draw(st.sampled_from(["Đã đổi.", ""])))

    def close(self):
        if finding := self.one_of(Finding):
            actions.close_finding(self.whoever(), finding.pk)

    def recover(self):
        money.recover(self.people.officer, self.project.pk, 10, DAY, uuid.uuid4(), "Theo kết luận")

    def everything(self):
        return [
            self.draft_the_plan, self.plan_a_visit, self.call_off, self.answer, self.find, self.find, self.put_right,
            self.close, self.close, self.recover,
        ]  # fmt: skip

    def state(self):
        models = (Visit, Finding, Hold)
        return [list(one.objects.order_by("pk").values()) for one in models], AuditRecord.objects.count()

    def take(self):
        before = self.state()
        try:
            with transaction.atomic():
                self.draw(st.sampled_from(self.everything()))()
        except REFUSALS:
            assert self.state() == before
        self.check()

    def check(self):
        open_ones = {f"finding:{one.pk}" for one in Finding.objects.exclude(state="closed")}
        assert set(Hold.objects.filter(lifted_at=None).values_list("source", flat=True)) == open_ones
        closed = Finding.objects.filter(state="closed")
        assert all(one.remedy_note and one.closed_at for one in closed)
        assert sum(one.to_recover or 0 for one in closed) <= Contract.objects.get().recovered
        own = {self.project.drafted_by_id, self.project.responsible_id}
        assert not Visit.objects.filter(inspector__in=own - {None}).exists()


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_tried_payment_waits_exactly_while_something_is_open(people, contracted, planned, data):
    with transaction.atomic():
        money.pay(people.officer, contracted.pk, "advance", 1000, DAY, uuid.uuid4())
        walk = Walk(people, contracted, data.draw)
        for _number in range(MOVES):
            walk.take()
        assert audit.verify().broken is None
        transaction.set_rollback(True)
