"""How far the goals of a year have come and where they are heading: counted from the records, by the catalogue."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.people.models import User
from khuyencong.people.queries import within
from khuyencong.people.rules import Permission
from khuyencong.planning import wording
from khuyencong.planning.indicators import INDICATORS, Aggregate, Measure
from khuyencong.planning.models import AnnualPlan, GoalTarget
from khuyencong.projects.models import Payment, Project, Step
from khuyencong.projects.queries import projects
from khuyencong.reports.execution.rules import Forecast, formula

_COLUMNS = {
    "lead": "",
    "support": "support_amount",
    "counterpart": "counterpart",
    "blended": "blended",
    "investment": "total_cost",
    "jobs": "expected_jobs",
}
_STEPS = {
    "submitted": ("submit",),
    "approved": ("approve", "approve-national"),
    "planned": ("plan",),
    "contracted": ("contract",),
    "accepted": ("accept",),
    "settled": ("settle",),
    "terminated": ("reject", "withdraw", "terminate"),
}
# What a project of this year's plan that is still on its way will add by the end of the year.
_AHEAD = {"planned", "contracted", "accepted"}


@dataclass(frozen=True)
class Standing:
    """A goal of the year: the value to reach, the value so far and the one foreseen; None: not known."""

    target: GoalTarget
    period: bool
    so_far: Decimal | None
    foreseen: Decimal | None

    @property
    def missing(self) -> Decimal | None:
        """How much the foreseen value lacks; None when it reaches, or is not known."""
        if self.foreseen is None or self.foreseen >= self.target.value:
            return None
        return self.target.value - self.foreseen

    def words(self) -> dict[str, str]:
        """The values in their unit."""
        code = self.target.goal.indicator
        told = {"target": self.target.value, "so_far": self.so_far, "foreseen": self.foreseen, "missing": self.missing}
        return {name: wording.quantity(code, value) for name, value in told.items()}


def standings(user: User, plan: AnnualPlan, ahead: Iterable[int], money: Forecast, amount: int) -> list[Standing]:
    """The goals of the year, of its own plan and of the period.

    ``ahead``: the projects that are due to be accepted by the end of the year; ``money``: what is paid and will be;
    ``amount``: what the lines of the plan make together.
    """
    of_year = GoalTarget.objects.filter(goal__annual=plan, year=plan.year)
    of_period = GoalTarget.objects.filter(goal__period=plan.period_id, year=plan.year) if plan.period_id else ()
    told = {one.goal.indicator for one in of_year.select_related("goal")}
    found = [(one, False) for one in of_year.select_related("goal")]
    if plan.period_id:
        found += [(one, True) for one in of_period.select_related("goal") if one.goal.indicator not in told]
    known = _Known(user, plan.year, list(ahead), money, amount)
    made = []
    for target, period in found:
        so_far, foreseen = (known.value(target.goal.indicator, later) for later in (False, True))
        made.append(Standing(target, period, _decimal(so_far), _decimal(foreseen)))
    return made


class _Known:
    """The values of a year, each counted once."""

    def __init__(self, user: User, year: int, ahead: list[int], money: Forecast, amount: int) -> None:
        self.user, self.year, self.ahead, self.money, self.amount = user, year, ahead, money, amount
        self.mine = projects(user)
        self.kept: dict[tuple[str, bool], Fraction | None] = {}

    def value(self, code: str, foreseen: bool) -> Fraction | None:
        """The value of an indicator so far, or as foreseen at the end of the year."""
        if (code, foreseen) not in self.kept:
            self.kept[code, foreseen] = self._count(code, foreseen)
        return self.kept[code, foreseen]

    def _count(self, code: str, foreseen: bool) -> Fraction | None:
        meant = INDICATORS.get(code)
        if meant is None:
            return None
        if meant.formula:
            parts = {name: self.value(name, foreseen) for name in meant.formula.split() if name in INDICATORS}
            return formula(meant.formula, parts)
        if code == "disbursed":
            return Fraction(self.money.total if foreseen else self.money.paid)
        if code == "plan_amount":
            return Fraction(self.amount)
        if code == "recovered":
            back = Payment.objects.filter(contract__project__in=self.mine, kind="recovery", paid_on__year=self.year)
            return Fraction(back.aggregate(total=Sum("amount"))["total"] or 0)
        if meant.measure is None:
            return None
        if meant.measure.table == "milestones":
            return self._milestones(meant.measure, foreseen)
        return self._results(meant.measure, code) if meant.measure.table == "results" else None

    def _milestones(self, measure: Measure, foreseen: bool) -> Fraction:
        event = str(dict(measure.where)["event"][0])
        there = set(
            Step.objects.filter(project__in=self.mine, transition__in=_STEPS[event], day__year=self.year).values_list(
                "project", flat=True
            )
        )
        if event == "accepted":  # a record of the past may know its year and not its day
            there |= set(self.mine.filter(accepted_year=self.year).values_list("pk", flat=True))
        if foreseen and event in _AHEAD:
            there |= set(self.ahead)
        found = Project.objects.filter(pk__in=there)
        if measure.aggregate is Aggregate.DISTINCT:
            return Fraction(found.order_by().values("establishments").exclude(establishments=None).distinct().count())
        column = _COLUMNS[measure.column]
        if not column:
            return Fraction(len(there))
        return Fraction(found.aggregate(total=Sum(column))["total"] or 0)

    def _results(self, measure: Measure, code: str) -> Fraction | None:
        rows = YearlyResult.objects.filter(
            within(self.user, Permission.REGISTRY_VIEW, "establishment__commune"), year=self.year
        )
        if code.endswith("_supported"):
            until = dt.date(self.year, 12, 31).year
            firms = Establishment.objects.filter(projects__accepted_year__lte=until)
            rows = rows.filter(establishment__in=firms)
        if not rows.exists():
            return None
        if measure.aggregate is Aggregate.DISTINCT:
            return Fraction(rows.values("establishment").distinct().count())
        total: Any = rows.aggregate(total=Sum(measure.column))["total"]
        return None if total is None else Fraction(total)


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))
