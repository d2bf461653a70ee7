"""The projects of a year's plan with how far their money went, within the reach of the person asking."""

import datetime as dt
from fractions import Fraction

from khuyencong.people.models import User
from khuyencong.planning.models import AnnualPlan, Commitment, Fund
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Contract, Payment, Project
from khuyencong.projects.record.queries import projects
from khuyencong.reports.execution.rules import Case, Money, usual_share

# Their money is on its way.
_LIVE = (
    State.PLANNED, State.CONTRACTED, State.IN_PROGRESS, State.SUSPENDED, State.ADJUSTED, State.ACCEPTED,
    State.CONTRACT_CLOSED,
)  # fmt: skip


def cases(user: User, plan: AnnualPlan) -> list[Case]:
    """Every project within reach that a line of the plan pays for."""
    found = (
        projects(user)
        .filter(plan_line__plan=plan)
        .select_related("contract", "activity")
        .prefetch_related("establishments__commune")
        .order_by("pk")
    )
    held = dict(Commitment.objects.filter(line__plan=plan).values_list("project", "amount"))
    return [_case(one, held.get(one.pk, 0), plan.year) for one in found]


def payments(keys: list[int], year: int) -> list[tuple[int, int]]:
    """(month, amount) of every payment of the projects within the year; what came back below zero."""
    rows = Payment.objects.filter(contract__project__in=keys, paid_on__year=year)
    return [
        (day.month, -amount if kind == Payment.Kind.RECOVERY else amount)
        for day, kind, amount in rows.values_list("paid_on", "kind", "amount")
    ]


def shares(user: User, year: int) -> dict[str, Fraction | None]:
    """Fund -> the share that projects of earlier plans were paid within the year of their plan."""
    past = Contract.objects.filter(project__in=projects(user), project__plan_line__plan__year__lt=year)
    promised = {
        pk: (fund, plan_year, amount)
        for pk, fund, plan_year, amount in past.values_list(
            "pk", "project__fund", "project__plan_line__plan__year", "amount"
        )
    }
    paid: dict[int, int] = dict.fromkeys(promised, 0)
    rows = Payment.objects.filter(contract__in=promised).values_list("contract", "kind", "amount", "paid_on__year")
    for pk, kind, amount, paid_year in rows:
        if paid_year <= promised[pk][1]:
            paid[pk] += -amount if kind == Payment.Kind.RECOVERY else amount
    return {
        fund.value: usual_share(
            (max(0, paid[pk]), amount) for pk, (of, _year, amount) in promised.items() if of == fund.value
        )
        for fund in Fund
    }


def _case(project: Project, held: int, year: int) -> Case:
    contract = getattr(project, "contract", None)
    net = contract.paid - contract.recovered if contract else 0
    accepted = project.support_amount if project.accepted_year else 0
    promised = contract.amount if contract else held
    live = State(project.state) in _LIVE
    due = (contract.ends_on if contract else None) or project.ends_on
    return Case(
        project.pk,
        project.plan_line_id or 0,
        project.fund,
        project.activity.code,
        tuple((one.commune.code, one.commune.name) for one in sorted(project.establishments.all(), key=_key)),
        Money(1, 0, held, contract.amount if contract else 0, net, accepted),
        left=max(0, promised - net) if live else 0,
        in_year=live and (due is None or due <= dt.date(year, 12, 31)),
    )


def _key(one: object) -> int:
    return int(getattr(one, "pk", 0))
