"""Random people do random things to a project: whatever they try, papers, money, letters and the trail stay right.

What is tried is drawn; half of the time it is what the next step still wants, or the next step itself, so that walks
come far. What is refused must leave nothing behind.
"""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import audit, clock
from khuyencong.core.models import AuditRecord
from khuyencong.establishments.models import YearlyResult
from khuyencong.planning.models import PlanLine
from khuyencong.projects.appraisal import actions as appraisal
from khuyencong.projects.appraisal.queries import criteria_on
from khuyencong.projects.lifecycle.table import BY_NAME, TABLE, Fund, State, next_step, onward
from khuyencong.projects.models import Attachment, Contract, Payment, ProducedDocument, Project, Step
from khuyencong.projects.money import actions as money
from khuyencong.projects.money.actions import choose_line
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.proposal.actions import Content, Line, change_proposal, version_of
from khuyencong.projects.results.queries import result_years
from khuyencong.projects.steps.actions import AlreadyTaken, Refused, take_step
from tests.examples import examples
from tests.factories.plans import make_line
from tests.factories.ready import SUPPORT, People, add_paper, make_bare

pytestmark = pytest.mark.django_db

MOVES = 40
REFUSALS = (PermissionDenied, ValidationError, AlreadyTaken, Refused)


class Walk:
    """One project on its way, and everything one can try on it."""

    def __init__(self, people, commune, fund, draw):
        self.people, self.draw = people, draw
        self.project = make_bare(people, commune, fund=fund)
        self.lines = [
            make_line(fund=fund.value, name=f"Dòng {n}", amount=amount)
            for n, amount in enumerate((2 * SUPPORT, SUPPORT - 1))
        ]

    def whoever(self):
        return self.draw(st.sampled_from(self.people.everyone()))

    def whose(self, transition):
        able = [user for user, actors in self.people.actors().items() if transition.actor in actors]
        return self.draw(st.sampled_from(able))

    def amount(self):
        return self.draw(st.sampled_from([1, SUPPORT // 10, SUPPORT // 2, SUPPORT, SUPPORT + 1]))

    # What can be tried. Each either does one thing or raises one of REFUSALS.

    def step_forward(self):
        transition = next_step(State(self.project.state), Fund(self.project.fund))
        if transition is not None:
            take_step(self.whose(transition), self.project.pk, transition.name, "Lý do")

    def any_step(self):
        transition = self.draw(st.sampled_from(TABLE))
        reason = self.draw(st.sampled_from(["Lý do", ""]))
        day = clock.today() - dt.timedelta(days=self.draw(st.integers(-1, 5)))
        take_step(self.whoever(), self.project.pk, transition.name, reason, day)

    def step_aside(self):
        """Back, to the side or out: by who may, mostly."""
        steps = onward(State(self.project.state), Fund(self.project.fund))
        if steps:
            transition = self.draw(st.sampled_from(steps))
            take_step(self.whose(transition), self.project.pk, transition.name, "Lý do")

    def what_is_missing(self):
        transition = next_step(State(self.project.state), Fund(self.project.fund))
        for kind in transition.papers if transition else ():
            if not self.project.attachments.filter(kind=kind).exists():
                add_paper(self.project, kind)
                return
        {
            State.SUBMITTED: self.council,
            State.DEPARTMENT_APPRAISAL: self.hand_in,
            State.APPROVED: self.line,
            State.PLANNED: self.contract,
            State.CONTRACT_CLOSED: self.pay_the_rest,
            State.MONITORED: self.results,
            State.TERMINATED: self.recover_all,
        }.get(State(self.project.state), self.paper)()

    def paper(self):
        add_paper(self.project, self.draw(st.sampled_from(Attachment.Kind.values)))

    def council(self):
        members = [(self.people.analyst, "chair"), (self.people.viewer, "secretary"), (self.people.officer, "member")]
        appraisal.name_council(self.people.officer, self.project.pk, members, "12/QĐ-SCT", None)

    def hand_in(self):
        council = getattr(self.project, "council", None)
        waiting = council.members.filter(handed_in_at=None, conflict=False).first() if council else None
        if waiting is None:
            return
        share = self.draw(st.sampled_from([0.4, 0.8, 1.0, 1.0, 1.0]))
        points = {one.code: int(one.most * share) for one in criteria_on(clock.today())}
        appraisal.save_sheet(waiting.user, self.project.pk, points, {}, "", hand_in=True)

    def line(self):
        choose_line(self.people.officer, self.project.pk, self.draw(st.sampled_from(self.lines)))

    def contract(self):
        amount = self.amount()
        values = {"number": "05", "signed_on": clock.today(), "amount": amount, "advance_percent": 70}
        money.record_contract(self.people.officer, self.project.pk, values)

    def invoice(self, amount=None):
        values = {
            "seller_tax_code": "0100109106",
            "seller": "Công ty Thử",
            "number": str(self.project.invoices.count() + 1),
            "issued_on": clock.today(),
            "amount": amount or self.amount(),
        }
        return money.add_invoice(self.people.officer, self.project.pk, values)

    def pay(self):
        kind = self.draw(st.sampled_from(["advance", "payment"]))
        invoices = list(self.project.invoices.filter(payment=None).values_list("pk", flat=True))
        key, day = uuid.uuid4(), clock.today()
        money.pay(self.whoever(), self.project.pk, kind, self.amount(), day, key, invoices=invoices)

    def pay_the_rest(self):
        contract = Contract.objects.get(project=self.project)
        left = contract.amount - contract.paid + contract.recovered
        if left:
            one, key = self.invoice(left), uuid.uuid4()
            money.pay(self.people.officer, self.project.pk, "payment", left, clock.today(), key, invoices=[one.pk])

    def recover(self):
        money.recover(self.whoever(), self.project.pk, self.amount(), clock.today(), uuid.uuid4(), "Sai mục đích")

    def recover_all(self):
        contract = Contract.objects.filter(project=self.project).first()
        held = contract.paid - contract.recovered if contract else 0
        if held:
            money.recover(self.people.officer, self.project.pk, held, clock.today(), uuid.uuid4(), "Ngừng")

    def results(self):
        for year in result_years(self.project.accepted_year, self.project.accepted_on):
            for one in self.project.establishments.all():
                YearlyResult.objects.get_or_create(
                    establishment=one, year=year, defaults={"source": "survey", "entered_at": clock.now()}
                )

    def rewrite(self):
        """Another support and another estimate, which may not add up."""
        support = self.draw(st.sampled_from([SUPPORT // 2, SUPPORT, SUPPORT * 3 // 2, SUPPORT * 2]))
        price = support + self.project.counterpart - self.draw(st.sampled_from([0, 0, 1]))
        content = Content(
            {"support_amount": support, "counterpart": self.project.counterpart},
            list(self.project.establishments.select_related("commune")),
            [Line("Máy sấy", "cái", Decimal(1), price)],
        )
        change_proposal(self.whoever(), self.project.pk, content, version_of(self.project))


TRIES = [
    *(Walk.any_step, Walk.step_aside, Walk.step_aside, Walk.paper, Walk.council, Walk.hand_in),
    *(Walk.line, Walk.contract, Walk.invoice, Walk.pay, Walk.recover, Walk.rewrite),
]


def traces():
    """How much everything has left: of a refusal nothing may remain."""
    return (
        Step.objects.count(),
        ProducedDocument.objects.count(),
        Payment.objects.count(),
        AuditRecord.objects.count(),
        list(Contract.objects.values_list("amount", "paid", "recovered")),
        list(PlanLine.objects.order_by("pk").values_list("committed", "disbursed")),
    )


def assert_sound(project):
    """What must hold of a project at every moment of its life."""
    steps = list(project.steps.order_by("position"))
    assert [step.position for step in steps] == list(range(1, len(steps) + 1))
    assert [step.source for step in steps] == [State.DRAFT.value, *(step.target for step in steps)][: len(steps)]
    assert project.state == (steps[-1].target if steps else State.DRAFT)
    days = [step.day for step in steps]
    assert days == sorted(days)
    papers = set(project.attachments.values_list("kind", flat=True))
    for step in steps:
        transition = BY_NAME[step.transition]
        assert set(transition.papers) <= papers, f"{step.transition} without its papers"
        assert not transition.reason or step.reason
        assert [letter.kind for letter in step.letters.all()] == ([transition.letter] if transition.letter else [])
        assert not (transition.four_eyes and step.taken_by == project.drafted_by)
    assert_money(project)


def assert_money(project):
    contract = Contract.objects.filter(project=project).first()
    if contract is not None:
        payments = contract.payments
        paid = payments.exclude(kind="recovery").aggregate(s=Sum("amount"))["s"] or 0
        back = payments.filter(kind="recovery").aggregate(s=Sum("amount"))["s"] or 0
        assert (contract.paid, contract.recovered) == (paid, back)
        assert 0 <= back <= paid
        assert paid - back <= contract.amount
        rewritten = project.steps.filter(transition="ask-adjustment").exists()
        if not (rewritten and project.state in (State.ADJUSTED, State.TERMINATED, State.ARCHIVED)):
            assert contract.amount <= project.support_amount
    assert project.ceiling is None or project.support_amount <= project.ceiling
    assert project.total_cost == project.support_amount + project.counterpart + project.blended
    assert imbalances() == []
    for line in PlanLine.objects.all():
        assert 0 <= line.disbursed <= line.committed <= line.amount


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


REACHED = set()


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(fund=st.sampled_from(Fund), data=st.data())
def test_whatever_is_tried(people, commune, fund, data):
    with transaction.atomic():
        walk = Walk(people, commune, fund, data.draw)
        for _move in range(MOVES):
            helpful = data.draw(st.integers(0, 3))
            attempt = (
                Walk.step_forward if helpful == 0
                else Walk.what_is_missing if helpful < 3
                else data.draw(st.sampled_from(TRIES))
            )  # fmt: skip
            before = traces()
            try:
                with transaction.atomic():
                    attempt(walk)
            except REFUSALS:
                assert traces() == before
            walk.project = Project.objects.get(pk=walk.project.pk)
            REACHED.add(walk.project.state)
            assert_sound(walk.project)
        records = AuditRecord.objects.filter(action__startswith="step:").count()
        assert records == Step.objects.filter(project=walk.project).count()
        assert audit.verify().broken is None
        transaction.set_rollback(True)


def test_the_walks_came_far():
    """A property that is only tried on drafts would say little."""
    if REACHED:
        assert len(REACHED) >= 8, sorted(REACHED)
