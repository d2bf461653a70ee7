"""Everything the page of a year's execution shows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.people.queries import over_a_province
from khuyencong.people.rules import Permission
from khuyencong.planning.models import AnnualPlan, Fund, PlanLine
from khuyencong.reports.execution import facts, rules
from khuyencong.reports.execution.goals import Standing, standings
from khuyencong.reports.execution.rules import Case, Forecast, Money, Month
from khuyencong.reports.execution.warnings import Warned, warnings


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is of, its money, and the projects behind it in the list."""

    name: str
    money: Money
    query: str


@dataclass(frozen=True)
class Execution:
    """How the plan of a year stands on a day."""

    plan: AnnualPlan
    day: dt.date
    lines: tuple[Row, ...]
    funds: tuple[Row, ...]
    contents: tuple[Row, ...]
    places: tuple[Row, ...]
    total: Money
    months: tuple[Month, ...]
    outside: int
    pace: int
    forecast: Forecast
    shares: dict[str, Fraction | None]
    goals: tuple[Standing, ...]
    warnings: tuple[Warned, ...]
    whole: bool

    @property
    def foreseen_gap(self) -> int:
        """What the forecast lacks of the plan; 0 when it reaches it."""
        return max(0, self.total.planned - self.forecast.total)


def execution(user: User, plan: AnnualPlan, today: dt.date) -> Execution:
    """The year's plan as it stands today, or as it ended."""
    cases = facts.cases(user, plan)
    lines = list(plan.lines.select_related("activity").order_by("fund", "activity__position", "name"))
    planned = sum(one.amount for one in lines)
    paid = facts.payments([one.key for one in cases], plan.year)
    in_year = sum(amount for _month, amount in paid)
    day = min(max(today, dt.date(plan.year, 1, 1)), dt.date(plan.year, 12, 31))
    shares = facts.shares(user, plan.year)
    due = [(one.fund, one.left) for one in cases if one.in_year] if today.year <= plan.year else []
    total = sum((one.money for one in cases), Money()) + Money(planned=planned)
    forecast = rules.forecast(total.disbursed, due, shares)
    ahead = [one.key for one in cases if one.in_year] if today.year <= plan.year else []
    goals = tuple(standings(user, plan, ahead, forecast))
    whole = over_a_province(user, Permission.PROJECTS_VIEW)  # else lines and projects cannot be compared
    return Execution(
        plan=plan,
        day=day,
        lines=tuple(_lines(plan.year, lines, cases)),
        funds=tuple(_funds(plan.year, lines, cases)),
        contents=tuple(_contents(plan.year, lines, cases)),
        places=tuple(_places(plan.year, cases)),
        total=total,
        months=rules.by_month(paid, planned),
        outside=total.disbursed - in_year,
        pace=rules.pace_on(planned, plan.year, today),
        forecast=forecast,
        shares=shares,
        goals=goals,
        warnings=tuple(warnings(lines, cases, shares, goals, plan.year, today)) if whole else (),
        whole=whole,
    )


def _lines(year: int, lines: list[PlanLine], cases: list[Case]) -> Iterable[Row]:
    by_line = rules.grouped(cases, lambda one: one.line)
    for one in lines:
        money = by_line.get(one.pk, Money()) + Money(planned=one.amount)
        yield Row(f"{one.name} ({one.get_fund_display()})", money, f"?line={one.pk}")


def _funds(year: int, lines: list[PlanLine], cases: list[Case]) -> Iterable[Row]:
    by_fund = rules.grouped(cases, lambda one: one.fund)
    for fund in Fund:
        planned = sum(one.amount for one in lines if one.fund == fund)
        if planned or fund.value in by_fund:
            money = by_fund.get(fund.value, Money()) + Money(planned=planned)
            yield Row(str(fund.label), money, f"?plan={year}&fund={fund.value}")


def _contents(year: int, lines: list[PlanLine], cases: list[Case]) -> Iterable[Row]:
    by_content = rules.grouped(cases, lambda one: one.content)
    planned: dict[str, int] = {}
    for one in lines:
        code = one.activity.code if one.activity else ""
        planned[code] = planned.get(code, 0) + one.amount
    names = {one.code: str(one) for one in ActivityType.objects.all()}
    for code in [*names, ""]:
        money = by_content.get(code, Money()) + Money(planned=planned.get(code, 0))
        if money != Money():
            # No project is of no content: that row is about lines, and no list stands behind it.
            query = f"?plan={year}&activity={code}" if code else ""
            yield Row(names.get(code, _("Dòng dùng cho mọi nội dung")), money, query)


def _places(year: int, cases: list[Case]) -> Iterable[Row]:
    found = rules.by_place(cases)
    for (code, name), money in sorted(found.items(), key=lambda one: (-one[1].assigned, one[0])):
        yield Row(name, money, f"?plan={year}&commune={code}")
