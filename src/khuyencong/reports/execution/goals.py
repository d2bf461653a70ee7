"""How far the goals of a year have come and where they are heading: counted from the records, by the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from khuyencong.core.periods import Window
from khuyencong.indicators import formula
from khuyencong.indicators.asked import Asked
from khuyencong.indicators.compute import Store
from khuyencong.indicators.facts.load import load_with_coming
from khuyencong.indicators.formula import Number
from khuyencong.people.models import User
from khuyencong.planning import wording
from khuyencong.planning.indicators import INDICATORS
from khuyencong.planning.models import AnnualPlan, Goal, GoalTarget
from khuyencong.reports.execution.rules import Forecast


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


def standings(user: User, plan: AnnualPlan, ahead: Iterable[int], money: Forecast) -> list[Standing]:
    """The goals of the year, of its own plan and of the period.

    ``ahead``: the projects that are due to be accepted by the end of the year; ``money``: what is paid and will be.
    """
    found = [(one, False) for one in targets_of(plan.goals.all(), plan.year)]
    if plan.period:
        own = {one.goal.indicator for one, _period in found}
        of_period = targets_of(plan.period.goals.all(), plan.year)
        found += [(one, True) for one in of_period if one.goal.indicator not in own]
    if not found:
        return []
    known = _Known(user, {one.goal.indicator for one, _period in found}, plan.year, list(ahead), money)
    return [
        Standing(target, period, *(_decimal(read(target.goal.indicator)) for read in (known.so_far, known.foreseen)))
        for target, period in found
    ]


def targets_of(goals: QuerySet[Goal], year: int) -> QuerySet[GoalTarget]:
    """What these goals want for a year."""
    return GoalTarget.objects.filter(goal__in=goals, year=year).select_related("goal")


class _Known:
    """The values of a year by the indicator catalogue: as recorded, and with what is still to come in it."""

    def __init__(self, user: User, codes: Iterable[str], year: int, ahead: list[int], money: Forecast) -> None:
        self.money, self.window = money, Window(year)
        asked = [Asked(code, self.window) for code in codes if code in INDICATORS]
        now, later = load_with_coming(user, ahead, year)
        with Store(now) as store:
            self.now = store.figures(asked)
        with Store(later) as store:
            self.later = store.figures(asked)

    def so_far(self, code: str) -> Number:
        """The value of an indicator as recorded; None where nobody knows it."""
        return self.now.value(Asked(code, self.window)) if code in INDICATORS else None

    def foreseen(self, code: str) -> Number:
        """The value as it will be at the end of the year if everything that is due comes."""
        meant = INDICATORS.get(code)
        if meant is not None and meant.formula:
            return formula.value(meant.formula, self.foreseen)
        if code == "disbursed":
            return (self.so_far(code) or 0) + self.money.expected
        return self.later.value(Asked(code, self.window)) if meant else None


def _decimal(value: Number) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(Decimal("0.01"))
