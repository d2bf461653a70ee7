"""What will not go by itself in the plan of a year: which line or goal, why, and where it is seen to."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core.money import vnd
from khuyencong.planning.models import PlanLine
from khuyencong.reports.execution import rules
from khuyencong.reports.execution.goals import Standing
from khuyencong.reports.execution.rules import Case, Money


@dataclass(frozen=True)
class Warned:
    """A warning in words, with its link."""

    what: str
    about: str
    why: str
    url: str


def warnings(
    lines: Iterable[PlanLine],
    cases: Iterable[Case],
    shares: Mapping[str, Fraction | None],
    goals: Iterable[Standing],
    year: int,
    today: dt.date,
) -> Iterator[Warned]:
    """Lines without projects, lines behind an even pace that will not catch up, goals out of reach."""
    known = list(cases)
    listing = reverse("projects:list")
    by_line = rules.grouped(known, lambda one: one.line)
    for line in lines:
        money = by_line.get(line.pk, Money())
        if line.amount and not money.projects:
            why = _("%(money)s chưa có đề án nào.") % {"money": vnd(line.amount)}
            yield Warned(_("Dòng chưa có đề án"), line.name, why, f"{listing}?state=approved&fund={line.fund}")
        else:
            yield from _slow(line, money, known, shares, year, today)
    for goal in goals:
        if goal.missing is not None:
            yield _missed(goal, year, today.year > year)


def _slow(
    line: PlanLine, money: Money, cases: list[Case], shares: Mapping[str, Fraction | None], year: int, today: dt.date
) -> Iterator[Warned]:
    url = f"{reverse('projects:list')}?line={line.pk}"
    told = {"paid": vnd(money.disbursed), "planned": vnd(line.amount)}
    if today.year > year:
        if money.disbursed < line.amount:
            why = _("Cả năm chi %(paid)s trên %(planned)s.") % told
            yield Warned(_("Chưa chi hết"), line.name, why, url)
        return
    own = [(one.fund, one.left) for one in cases if one.line == line.pk and one.in_year]
    foreseen = rules.forecast(money.disbursed, own, shares).total
    pace = rules.pace_on(line.amount, year, today)
    if rules.slow(line.amount, money.disbursed, pace, foreseen):
        told |= {"pace": vnd(pace), "foreseen": vnd(foreseen)}
        why = _("Đã chi %(paid)s, chi đều thì đến nay phải được %(pace)s; dự báo cả năm %(foreseen)s trên %(planned)s.")
        yield Warned(_("Chi chậm"), line.name, why % told, url)


def _missed(goal: Standing, year: int, ended: bool) -> Warned:
    url, told = f"{reverse('projects:list')}?plan={year}", goal.words()
    if ended:
        why = _("Cả năm %(foreseen)s, phải đạt %(target)s: còn thiếu %(missing)s.") % told
        return Warned(_("Không đạt mục tiêu"), goal.target.goal.name, why, url)
    why = _("Dự báo đến hết năm %(foreseen)s, phải đạt %(target)s: còn thiếu %(missing)s.") % told
    return Warned(_("Khó đạt mục tiêu"), goal.target.goal.name, why, url)
