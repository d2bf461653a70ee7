"""Twenty people press the same button at once: one of them is first, the others are told, nothing is doubled."""

import datetime as dt
import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from khuyencong.core import audit, jobs
from khuyencong.core.models import AuditRecord
from khuyencong.people.models import User
from khuyencong.planning.models import Commitment, PlanLine
from khuyencong.projects.lifecycle.table import Fund, State
from khuyencong.projects.models import Contract, Payment, ProducedDocument, Project, Step
from khuyencong.projects.money import actions as money
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.steps.actions import AlreadyTaken, take_step
from tests.factories.ready import SUPPORT, People, make_ready

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 20
DAY = dt.date(2026, 3, 10)


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


def all_at_once(*works):
    """Run every work in a thread of its own, let them begin together, and give what each returned or raised."""
    ready, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number):
        try:
            ready.wait(60)
            results[number] = works[number]()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return results


def step_of(user, project, name, seen):
    return lambda: take_step(User.objects.get(pk=user.pk), project.pk, name, "Lý do", seen=seen)


def one_and_the_others(results, kind):
    """The one that came through, and the words that the others were told."""
    through = [one for one in results if not isinstance(one, Exception)]
    told = [str(one) for one in results if isinstance(one, Exception)]
    assert {type(one) for one in results if isinstance(one, Exception)} == {kind}
    assert (len(through), len(told)) == (1, CROWD - 1)
    return through[0], told


@pytest.mark.parametrize("fund", Fund)
def test_of_twenty_who_approve_one_does_and_the_others_are_told_who(people, commune, fund):
    state, name = {
        Fund.LOCAL: (State.DEPARTMENT_APPRAISAL, "approve"),
        Fund.NATIONAL: (State.MINISTRY_APPRAISAL, "approve-national"),
    }[fund]
    project = make_ready(people, commune, state, fund)
    leaders = (people.leader, people.other_leader)
    works = [step_of(leaders[number % 2], project, name, state.value) for number in range(CROWD)]
    step, told = one_and_the_others(all_at_once(*works), AlreadyTaken)
    project.refresh_from_db()
    assert (project.state, Step.objects.get()) == (State.APPROVED, step)
    assert all("“Đã phê duyệt”" in words and str(step.taken_by) in words for words in told)
    jobs.work_off()
    letter = ProducedDocument.objects.get()
    assert (letter.number, letter.step) == (1, step)
    assert AuditRecord.objects.filter(action=f"step:{name}").count() == 1
    assert audit.verify().broken is None


def test_of_one_who_approves_one_who_rejects_and_one_who_returns_only_the_first_counts(people, commune):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    names = [("approve", people.leader), ("reject", people.other_leader), ("return", people.officer)]
    works = [step_of(names[number % 3][1], project, names[number % 3][0], None) for number in range(CROWD)]
    results = all_at_once(*works)
    taken = list(Step.objects.order_by("position").values_list("transition", flat=True))
    project.refresh_from_db()
    # A rejection may still follow an approval nowhere in the table: whichever came first ended the matter.
    assert len(taken) == 1, taken
    assert sum(not isinstance(one, Exception) for one in results) == 1
    assert ProducedDocument.objects.count() == (taken != ["return"])
    assert audit.verify().broken is None


def test_of_twenty_who_assign_the_plan_the_line_holds_the_money_once(people, commune):
    project = make_ready(people, commune, State.APPROVED)
    works = [step_of(people.leader, project, "plan", State.APPROVED.value) for _number in range(CROWD)]
    one_and_the_others(all_at_once(*works), AlreadyTaken)
    assert PlanLine.objects.get().committed == SUPPORT
    assert Commitment.objects.get().amount == SUPPORT
    assert imbalances() == []


def test_of_twenty_projects_only_as_many_are_planned_as_the_line_pays_for(people, commune):
    projects = [make_ready(people, commune, State.APPROVED, code=f"DA-2026-{number:04}") for number in range(CROWD)]
    line = PlanLine.objects.order_by("pk").first()
    PlanLine.objects.filter(pk=line.pk).update(amount=3 * SUPPORT + 1)
    Project.objects.update(plan_line=line)
    results = all_at_once(*(step_of(people.leader, one, "plan", State.APPROVED.value) for one in projects))
    told = [str(one) for one in results if isinstance(one, Exception)]
    assert len(told) == CROWD - 3
    assert all("Dòng kế hoạch chỉ còn 1 ₫" in words for words in told)
    assert PlanLine.objects.get(pk=line.pk).committed == 3 * SUPPORT
    assert Project.objects.filter(state=State.PLANNED).count() == 3
    jobs.work_off()
    numbers = ProducedDocument.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3], "a number lost or given twice"
    assert imbalances() == []


def pay(people, project, amount, key):
    return lambda: money.pay(User.objects.get(pk=people.officer.pk), project.pk, Payment.Kind.ADVANCE, amount, DAY, key)


def test_of_twenty_payments_that_each_take_more_than_half_one_is_made(people, commune):
    project = make_ready(people, commune, State.IN_PROGRESS)
    works = [pay(people, project, SUPPORT * 6 // 10, uuid.uuid4()) for _number in range(CROWD)]
    payment, told = one_and_the_others(all_at_once(*works), ValidationError)
    assert all("40.000.000 ₫" in words for words in told), "what is left of the contract"
    assert Payment.objects.get() == payment
    contract = Contract.objects.get()
    assert (contract.paid, contract.recovered) == (payment.amount, 0)
    assert PlanLine.objects.get().disbursed == payment.amount
    assert imbalances() == []
    assert audit.verify().broken is None


def test_the_same_form_sent_twenty_times_pays_once_and_shows_everybody_the_payment(people, commune):
    project = make_ready(people, commune, State.IN_PROGRESS)
    key = uuid.uuid4()
    results = all_at_once(*(pay(people, project, 1_000_000, key) for _number in range(CROWD)))
    assert set(results) == {Payment.objects.get()}
    assert Contract.objects.get().paid == 1_000_000
    assert PlanLine.objects.get().disbursed == 1_000_000


def test_who_pays_and_who_ends_the_project_at_once_leave_its_money_whole(people, commune):
    project = make_ready(people, commune, State.IN_PROGRESS)
    works = [pay(people, project, 10_000_000, uuid.uuid4()) for _number in range(CROWD // 2)]
    works += [step_of(people.leader, project, "terminate", State.IN_PROGRESS.value) for _number in range(CROWD // 2)]
    results = all_at_once(*works)
    assert {type(one) for one in results if isinstance(one, Exception)} <= {ValidationError, AlreadyTaken}
    assert Step.objects.get().transition == "terminate"
    contract, line = Contract.objects.get(), PlanLine.objects.get()
    made = sum(isinstance(one, Payment) for one in results)
    assert contract.paid == made * 10_000_000 == line.disbursed == line.committed
    assert imbalances() == []
    assert audit.verify().broken is None
