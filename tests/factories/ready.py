"""A project that has everything any step could ask for, people of every kind, and single things to take away."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from khuyencong.core import clock
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.people.models import RoleGrant, User
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.planning.models import PlanLine
from khuyencong.projects.lifecycle.table import MAIN_LINE, Actor, Fund, State
from khuyencong.projects.models import (
    AppraisalCriterion,
    Attachment,
    Contract,
    CostLine,
    Council,
    Member,
    Payment,
    Project,
    Score,
)
from tests.factories.establishments import make_establishment
from tests.factories.plans import make_line

SUPPORT = 100_000_000
ACCEPTED = 2020
# The states in which the plan line holds money for the project, in which there is a contract, in which it is paid.
_LINE = MAIN_LINE[Fund.LOCAL]
COMMITTED = {*_LINE[_LINE.index(State.PLANNED) :], State.SUSPENDED, State.ADJUSTED, State.TERMINATED}
CONTRACTED = COMMITTED - {State.PLANNED}
PAID = set(_LINE[_LINE.index(State.CONTRACT_CLOSED) :])


@dataclass(frozen=True)
class People:
    """Who there is: as which actor each may act on a project of the commune."""

    officer: User
    commune_officer: User
    leader: User
    other_leader: User
    elsewhere: User
    viewer: User
    analyst: User
    inspector: User
    administrator: User

    @classmethod
    def make(cls, province, commune, other_commune):
        """One of each, without a password: nobody signs in."""

        def person(role, unit, username):
            user = User.objects.create(username=username, full_name=f"Thử {username}", password="!")
            RoleGrant.objects.create(user=user, role=role, unit=unit, valid_from=dt.date(2020, 1, 1))
            return user

        return cls(
            officer=person("officer", province, "p-officer"),
            commune_officer=person("officer", commune, "p-commune"),
            leader=person("leader", province, "p-leader"),
            other_leader=person("leader", province, "p-leader-2"),
            elsewhere=person("officer", other_commune, "p-elsewhere"),
            viewer=person("viewer", province, "p-viewer"),
            analyst=person("analyst", province, "p-analyst"),
            inspector=person("inspector", province, "p-inspector"),
            administrator=person("administrator", province, "p-administrator"),
        )

    def actors(self):
        """Person -> as which actors."""
        return {
            self.officer: {Actor.OFFICER, Actor.PROVINCE_OFFICER},
            self.commune_officer: {Actor.OFFICER},
            self.leader: {Actor.LEADER},
            self.other_leader: {Actor.LEADER},
            self.elsewhere: set(),
            self.viewer: set(),
            self.analyst: set(),
            self.inspector: set(),
            self.administrator: set(),
        }

    def everyone(self):
        """All of them."""
        return list(self.actors())


def eligible_establishment(commune, code="CB-90001", **fields):
    """One that may be supported with machinery."""
    fields = {"legal_form": "household", "status": Establishment.Status.ACTIVE, **fields}
    return make_establishment(
        commune, f"Cơ sở của {code}", code, eligible_group=EligibleGroup.objects.order_by("pk").first(), **fields
    )


def make_bare(people, commune, state=State.DRAFT, fund=Fund.LOCAL, code="DA-2026-0900", drafted_by=None):
    """A project in this state whose sums are right, and which has nothing else."""
    establishment = eligible_establishment(commune, f"CB-9{code[-4:]}")
    project = Project(
        code=code,
        title=f"Đề án {code}",
        activity=ActivityType.objects.get(code="machinery"),
        fund=fund.value,
        state=state.value,
        drafted_by=drafted_by or people.commune_officer,
        support_amount=SUPPORT,
        counterpart=2 * SUPPORT,
        total_cost=3 * SUPPORT,
        accepted_year=ACCEPTED if state in (*PAID, State.ACCEPTED) else None,
    )
    project.fold()
    project.save()
    project.establishments.set([establishment])
    add_costs(project)
    return project


def make_ready(people, commune, state=State.DRAFT, fund=Fund.LOCAL, code="DA-2026-0900", drafted_by=None):
    """The same with every paper, its council in agreement, its money as the state implies, its results reported."""
    project = make_bare(people, commune, state, fund, code, drafted_by)
    establishment = project.establishments.get()
    for kind in Attachment.Kind.values:
        add_paper(project, kind)
    add_council(project, [people.officer, people.analyst, people.viewer], 80)
    for year in range(ACCEPTED + 1, ACCEPTED + 6):
        YearlyResult.objects.create(establishment=establishment, year=year, source="survey", entered_at=clock.now())
    add_money(project, people, state)
    return project


def add_costs(project):
    """One cost line that makes the total."""
    CostLine.objects.create(
        project=project,
        name="Máy sấy",
        unit="cái",
        quantity=1,
        unit_price=project.total_cost,
        amount=project.total_cost,
    )


def add_paper(project, kind):
    """A file of this kind."""
    return Attachment.objects.create(
        project=project,
        kind=kind,
        file="giay-to.pdf",
        name="giay-to.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_at=clock.now(),
    )


def add_council(project, members, points):
    """A council whose members all gave so many points in a hundred."""
    council = Council.objects.create(project=project, named_at=clock.now(), threshold=70)
    criteria = AppraisalCriterion.objects.filter(valid_to=None)
    for user in members:
        seat = Member.objects.create(council=council, user=user, handed_in_at=clock.now())
        for one in criteria:
            Score.objects.create(member=seat, criterion=one, points=round(one.most * points / 100))
    return council


def add_money(project, people, state):
    """The plan line, and of commitment, contract and payment what the state implies."""
    project.plan_line = make_line(
        fund=project.fund, name=f"Dòng {project.code}", amount=5 * SUPPORT, activity=project.activity
    )
    project.save(update_fields=["plan_line"])
    if state in COMMITTED:
        with transaction.atomic():
            commit_to_line(people.leader, project.plan_line_id, project.pk, SUPPORT)
    paid = SUPPORT if state in PAID else 0
    if state in CONTRACTED or state is State.PLANNED:
        contract = Contract.objects.create(
            project=project, number=f"HĐ {project.code}", signed_on=dt.date(2026, 3, 5), amount=SUPPORT, paid=paid
        )
        if paid:
            Payment.objects.create(
                contract=contract,
                kind=Payment.Kind.PAYMENT,
                fund=project.fund,
                amount=paid,
                paid_on=dt.date(2026, 4, 1),
                made_at=clock.now(),
            )
            PlanLine.objects.filter(pk=project.plan_line_id).update(disbursed=paid)
