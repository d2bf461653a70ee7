"""The figures at the head of the dashboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from khuyencong.core.money import vnd_short
from khuyencong.core.periods import Window
from khuyencong.core.templatetags.ui import number
from khuyencong.indicators.asked import Asked, Figuring
from khuyencong.indicators.formula import Number
from khuyencong.planning.indicators import INDICATORS, Unit
from khuyencong.reports.dashboard.filters import Narrowed
from khuyencong.reports.official.wording import plain


@dataclass(frozen=True)
class Card:
    """One figure: what it is, how much, over which years, and how it is counted."""

    what: str
    much: str
    more: str
    definition: str


def cards(store: Figuring, narrowed: Narrowed, this_year: int) -> list[Card]:
    """Money, projects, establishments, leverage over the years chosen; spending of this year against its plan."""
    summed = ("support_accepted", "projects_accepted", "investment_accepted")
    asked = {code: [Asked(code, Window(year), narrowed.where) for year in narrowed.years] for code in summed}
    spent, plan = Asked("disbursed", Window(this_year), narrowed.where), Asked("plan_amount", Window(this_year))
    figures = store.figures([*(one for found in asked.values() for one in found), spent, plan])
    sums = {code: sum(figures.value(one) or 0 for one in found) for code, found in asked.items()}
    years = _("%(first)s–%(last)s") % {"first": narrowed.first, "last": narrowed.last}
    return [
        _card("support_accepted", sums["support_accepted"], years),
        _card("projects_accepted", sums["projects_accepted"], years),
        _card("investment_accepted", sums["investment_accepted"], _leverage(sums)),
        _card(
            "disbursed", figures.value(spent), _against(figures.value(spent), figures.value(plan), narrowed, this_year)
        ),
    ]


def _card(code: str, value: Number, more: str) -> Card:
    told = INDICATORS[code]
    much = "–" if value is None else vnd_short(int(value)) if told.unit is Unit.VND else number(value)
    return Card(str(told.name), much, more, str(told.definition))


def _leverage(sums: Mapping[str, int | Decimal]) -> str:
    if not sums["support_accepted"]:
        return ""
    times = plain(sums["investment_accepted"] / sums["support_accepted"], 2)
    return _("%(times)s đồng trên một đồng hỗ trợ") % {"times": times}


def _against(spent: Number, plan: Number, narrowed: Narrowed, year: int) -> str:
    if narrowed.where or not plan:
        return _("năm %(year)s") % {"year": year}
    share = plain(100 * (spent or 0) / plan, 1)
    return _("%(share)s %% kế hoạch năm %(year)s") % {"share": share, "year": year}
