"""No project is ever stuck: from any state, by any way round, what stands on somebody's list leads on.

People here know nothing but their lists. Each does what the first line that they can follow says; a line that leads
nowhere yet (a leader's, who waits for somebody) is passed over. The way round is taken once: returned, withdrawn,
refused, suspended, adjusted, terminated, from every state from which that is possible, in both funds.
"""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from khuyencong.core import clock
from khuyencong.planning.models import AnnualPlan, PlanState
from khuyencong.projects.appraisal import actions as appraisal
from khuyencong.projects.appraisal.queries import criteria_of
from khuyencong.projects.lifecycle.table import BY_NAME, MAIN_LINE, TABLE, Fund, Guard, State
from khuyencong.projects.models import Council, Member, Project
from khuyencong.projects.money import actions as money
from khuyencong.projects.papers.actions import add_papers
from khuyencong.projects.record.authors import person
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.actions import Refused, take_step
from khuyencong.projects.work import waiting
from tests.factories.plans import make_line, make_plan
from tests.factories.ready import SUPPORT, People, make_bare
from tests.projects.papers.test_papers import checked

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

# Here the years have to pass, or nothing waits.
ENDS = {State.MONITORED, State.ARCHIVED}
WAYS_ROUND = ("return", "withdraw", "reject", "suspend", "ask-adjustment", "terminate")


class Office:
    """The people of an office, a project, and what each line of a list makes them do."""

    def __init__(self, people, commune, fund):
        self.people, self.fund = people, fund
        self.project = make_bare(people, commune, State.DRAFT, fund, drafted_by=people.commune_officer).pk
        make_plan(clock.today().year, PlanState.DRAFT)
        make_line(clock.today().year, fund=fund.value, amount=5 * SUPPORT)
        self.council = [people.analyst, people.viewer, people.inspector]
        self.acts = {wording.step_label(name): self._step(name) for name in BY_NAME} | {
            "Chấm phiếu thẩm định": self.score,
            "Bổ sung thành viên hội đồng": lambda user: self.name_council(user, people.administrator),
            "Đưa quyết định của Bộ vào hồ sơ": lambda user: self.bring(user, "ministry-decision"),
            "Chọn dòng kế hoạch": lambda user: money.choose_line(
                user, self.project, AnnualPlan.objects.get().lines.get()
            ),
            "Chi hoặc thu lại cho khớp hợp đồng": self.pay,
        }

    @property
    def state(self):
        return State(Project.objects.values_list("state", flat=True).get(pk=self.project))

    def lines(self):
        """Who has what on their list."""
        for user in self.people.everyone():
            for item in waiting(type(user).objects.get(pk=user.pk), clock.today()):
                yield user, item.verb, item.why

    def go_on(self):
        """Somebody follows a line of their list; what everybody saw when nobody could."""
        seen = []
        for user, verb, why in self.lines():
            act = self.adopt if verb.startswith("Ban hành kế hoạch") else self.acts.get(verb)
            seen.append((user.username, verb, why))
            if act is None:
                continue
            try:
                with transaction.atomic():
                    act(user)
            except (Refused, ValidationError) as refused:
                seen.append(str(refused))
            else:
                return []
        return seen

    def walk(self, to):
        for _step in range(60):
            if self.state in to:
                return
            assert self.go_on() == [], self.state
        raise AssertionError(f"nobody gets out of {self.state}")

    def _step(self, name):
        def act(user):
            # What is theirs to lay ready stands on the page of the step.
            for paper in BY_NAME[name].papers:
                if name != "approve-national":
                    self.bring(user, paper)
            if Guard.COUNCIL_NAMED in BY_NAME[name].guards and not Council.objects.exists():
                self.name_council(user)
            if name == "contract":
                signed = {"number": "1", "signed_on": clock.today(), "amount": SUPPORT, "advance_percent": 0}
                money.record_contract(user, self.project, signed)
            if name == "archive-terminated":
                self.take_back(user)
            take_step(user, self.project, name, "Có lý do")

        return act

    def bring(self, user, kind):
        add_papers(user, self.project, kind, [checked()])

    def name_council(self, user, *more):
        roles = ["chair", "secretary", "member", "member"]
        members = list(zip([*self.council, *more], roles, strict=False))
        appraisal.name_council(user, self.project, members, "1/QĐ", None)

    def score(self, user):
        seat = Member.objects.get(user=user)
        if user == self.people.inspector and not seat.conflict:
            appraisal.declare_conflict(user, self.project, "Có vốn góp")
            return
        points = {one.code: one.most for one in criteria_of(seat.council)}
        appraisal.save_sheet(user, self.project, points, {}, "", hand_in=True)

    def adopt(self, user):
        AnnualPlan.objects.update(state=PlanState.ADOPTED, decision="1/QĐ", decided_on=clock.today())

    def pay(self, user):
        bill = {"seller_tax_code": "0100109106", "seller": "Thử", "number": uuid.uuid4().hex[:8]}
        paper = money.add_invoice(user, self.project, bill | {"issued_on": clock.today(), "amount": 3 * SUPPORT})
        money.pay(user, self.project, "payment", SUPPORT, clock.today(), uuid.uuid4(), invoices=[paper.pk])

    def take_back(self, user):
        contract = getattr(Project.objects.get(pk=self.project), "contract", None)
        held = contract.paid - contract.recovered if contract else 0
        if held:
            money.recover(user, self.project, held, clock.today(), uuid.uuid4(), "Ngừng thực hiện")

    def go_round(self, name):
        """Whoever may takes a way round; nobody's list asks for it."""
        project = Project.objects.get(pk=self.project)
        users = [one for one in self.people.everyone() if BY_NAME[name].actor in person(one, project).actors]
        take_step(users[0], self.project, name, "Có lý do")


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


WALKS = [
    pytest.param(fund, one.name, source, id=f"{fund}-{one.name}-{source}")
    for fund in Fund
    for one in TABLE
    if one.name in WAYS_ROUND and fund in one.funds
    for source in sorted(one.sources & set(MAIN_LINE[fund]))
]


@pytest.mark.parametrize("fund", Fund)
def test_the_lists_lead_from_the_draft_to_where_the_years_pass_and_out_of_every_way_round(fund, people, commune):
    """Each way round is followed until the project is past where it left, or at an end."""
    office, line = Office(people, commune, fund), MAIN_LINE[fund]
    while office.state not in ENDS:
        source = office.state
        for name in WAYS_ROUND:
            if fund in BY_NAME[name].funds and source in BY_NAME[name].sources:
                with transaction.atomic():
                    office.go_round(name)
                    office.walk({*ENDS, *line[line.index(source) + 1 :]} - {office.state})
                    transaction.set_rollback(True)
        office.walk(set(State) - {source})
    assert office.state == State.MONITORED


@pytest.mark.proof("work-lists")
@pytest.mark.parametrize(("fund", "name", "source"), WALKS)
def test_the_lists_lead_on_to_the_end_after_every_way_round(fund, name, source, people, commune):
    office = Office(people, commune, fund)
    office.walk({source})
    office.go_round(name)
    assert office.state != source
    office.walk(ENDS)
