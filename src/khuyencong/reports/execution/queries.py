"""Everything the page of a year's execution shows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core.money import vnd
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.planning.models import AnnualPlan, Fund, PlanLine
from khuyencong.reports.execution import facts, rules
from khuyencong.reports.execution.goals import Standing, standings
from khuyencong.reports.execution.rules import Case, Forecast, Kind, Money, Month


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is of, its money, and the projects behind it in the list."""

    name: str
    money: Money
    query: str


@dataclass(frozen=True)
class Warned:
    """Something that will not go by itself: what, why, and where it is seen to."""

    kind: Kind
    about: str
    why: str
    url: str


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
    goals = tuple(standings(user, plan, ahead, forecast, planned))
    pace = rules.even_pace(planned, (day - dt.date(plan.year, 1, 1)).days + 1, _days(plan.year))
    whole = facts.sees_all(user)
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
        pace=pace,
        forecast=forecast,
        shares=shares,
        goals=goals,
        warnings=tuple(_warnings(user, plan, lines, cases, shares, day, goals, due)) if whole else (),
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
            query = f"?plan={year}&activity={code}" if code else f"?plan={year}"
            yield Row(names.get(code, _("Dòng dùng cho mọi nội dung")), money, query)


def _places(year: int, cases: list[Case]) -> Iterable[Row]:
    found = rules.by_place(cases)
    for (code, name), money in sorted(found.items(), key=lambda one: (-one[1].assigned, one[0])):
        yield Row(name, money, f"?plan={year}&commune={code}")


def _warnings(
    user: User, plan: AnnualPlan, lines: list[PlanLine], cases: list[Case], shares: dict[str, Fraction | None],
    day: dt.date, goals: Iterable[Standing], due: list[tuple[str, int]],
) -> Iterable[Warned]:  # fmt: skip
    listing = reverse("projects:list")
    by_line = rules.grouped(cases, lambda one: one.line)
    gone, days = (day - dt.date(plan.year, 1, 1)).days + 1, _days(plan.year)
    for one in lines:
        money = by_line.get(one.pk, Money())
        if one.amount and not money.projects:
            why = _("%(money)s chưa có đề án nào.") % {"money": vnd(one.amount)}
            yield Warned(Kind.EMPTY_LINE, one.name, why, f"{listing}?state=approved&fund={one.fund}")
            continue
        own = [(case.fund, case.left) for case in cases if case.line == one.pk and case.in_year] if due else []
        foreseen = rules.forecast(money.disbursed, own, shares).total
        pace = rules.even_pace(one.amount, gone, days)
        if rules.slow(one.amount, money.disbursed, pace, foreseen):
            why = _(
                "Đã chi %(paid)s, chi đều thì đến nay phải được %(pace)s; dự báo cả năm %(foreseen)s trên %(planned)s."
            ) % {"paid": vnd(money.disbursed), "pace": vnd(pace), "foreseen": vnd(foreseen), "planned": vnd(one.amount)}
            yield Warned(Kind.SLOW, one.name, why, f"{listing}?line={one.pk}")
    for goal in goals:
        if goal.missing is not None:
            told = goal.words()
            why = _("Dự báo đến hết năm %(foreseen)s, phải đạt %(target)s: còn thiếu %(missing)s.") % told
            yield Warned(Kind.OUT_OF_REACH, str(goal.target.goal), why, f"{listing}?plan={plan.year}")


def _days(year: int) -> int:
    return (dt.date(year, 12, 31) - dt.date(year, 1, 1)).days + 1
