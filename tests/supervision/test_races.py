"""Several people press the same button at once: nothing is planned twice or closed twice, nor with the same money."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.people.models import User
from khuyencong.projects.money import actions as money
from khuyencong.supervision import actions
from khuyencong.supervision.models import Finding, InspectionPlan, Visit
from tests.projects.steps.test_races import all_at_once
from tests.supervision.inspecting import DAY, answer, find

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 8


def anew(user):
    """The person as a request of their own has them."""
    return User.objects.get(pk=user.pk)


def test_all_who_draft_the_plan_of_a_year_leave_one_plan_with_each_project_once(people, contracted):
    results = all_at_once(*[lambda: actions.draft_plan(anew(people.inspector), 2099, 5)] * CROWD)
    assert set(results) == {InspectionPlan.objects.get()}
    assert Visit.objects.get().project == contracted
    assert audit.verify().broken is None


def test_a_visit_is_done_once_with_one_set_of_minutes(people, planned):
    answer(people.inspector, planned)
    results = all_at_once(*[lambda: actions.finish_visit(anew(people.inspector), planned.pk, DAY)] * CROWD)
    assert sum(isinstance(one, ValidationError) for one in results) == CROWD - 1
    assert planned.project.letters.filter(kind="inspection").count() == 1


def test_a_finding_is_closed_once(people, planned):
    finding = find(people.inspector, planned)
    actions.report_remedy(people.officer, finding.pk, "Đã đổi.")
    all_at_once(*[lambda: actions.close_finding(anew(people.inspector), finding.pk)] * CROWD)
    assert AuditRecord.objects.filter(action="close").count() == 1


def test_the_same_money_does_not_close_two_findings(people, planned, contracted):
    money.pay(people.officer, contracted.pk, "advance", 1000, DAY, uuid.uuid4())
    found = [find(people.inspector, planned, to_recover=100) for _number in range(2)]
    for one in found:
        actions.report_remedy(people.officer, one.pk, "Đang thu")
    money.recover(people.officer, contracted.pk, 100, DAY, uuid.uuid4(), "Theo kết luận")
    works = [lambda one=one: actions.close_finding(anew(people.inspector), one.pk) for one in found * 4]
    all_at_once(*works)
    assert Finding.objects.filter(state="closed").count() == 1
    assert audit.verify().broken is None
