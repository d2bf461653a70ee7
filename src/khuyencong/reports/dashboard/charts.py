"""The charts of the dashboard as data: one table of numbers each, drawn by the browser and downloaded as it is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.periods import Window
from khuyencong.indicators.asked import Asked, Figuring, Where
from khuyencong.indicators.formula import Number
from khuyencong.planning.indicators import INDICATORS, Unit
from khuyencong.projects.models import Project
from khuyencong.reports.dashboard.filters import Narrowed
from khuyencong.reports.official.queries import Namer

MILLION, BILLION = 10**6, 10**9
MUCH = 100 * BILLION


@dataclass(frozen=True)
class Series:
    """One line or set of bars; a value for each label, None where nobody knows."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True)
class Chart:
    """``kind``: "bars", "stacked" or "lines"; ``across``: what the labels are."""

    code: str
    title: str
    kind: str
    unit: Unit
    across: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    source: str
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for one in self.series for value in one.values)

    @property
    def rows(self) -> list[tuple[str, list[Number]]]:
        """Label and a value for each series."""
        return [(label, [one.values[at] for one in self.series]) for at, label in enumerate(self.labels)]

    @property
    def scale(self) -> int:
        """What its numbers are divided by to be read: money in million VND, much money in billion."""
        if self.unit is not Unit.VND:
            return 1
        return (
            BILLION if max((value or 0 for one in self.series for value in one.values), default=0) >= MUCH else MILLION
        )

    def drawn(self) -> dict[str, Any]:
        """For the browser: numbers as numbers, in its scale."""
        series = [
            {"name": one.name, "values": [None if v is None else float(v) / self.scale for v in one.values]}
            for one in self.series
        ]
        return {**asdict(self), "series": series}


@dataclass(frozen=True)
class Seen:
    """What the charts are made of: the facts, what they are narrowed to, the day, and words for members."""

    store: Figuring
    narrowed: Narrowed
    today: dt.date
    name: Namer

    @property
    def ended(self) -> Narrowed:
        """The years that are over: results are told only then."""
        return replace(self.narrowed, last=min(self.narrowed.last, self.today.year - 1))


def support_by_year(seen: Seen) -> Chart:
    """Support by year of acceptance and fund."""
    narrowed = seen.narrowed
    asked = {
        fund: [Asked("support_accepted", Window(year), (*narrowed.where, ("fund", (fund,)))) for year in narrowed.years]
        for fund in Project.Fund.values
    }
    figures = seen.store.figures([one for found in asked.values() for one in found])
    series = tuple(
        Series(str(Project.Fund(fund).label), tuple(figures.value(one) for one in found))
        for fund, found in asked.items()
    )
    return _by_year(
        "support", _("Mỗi năm hỗ trợ bao nhiêu, từ nguồn nào?"), "stacked", "support_accepted", narrowed, series
    )


def pace(seen: Seen) -> Chart:
    """Disbursement of this year up to this month, summed up, beside the plan spent evenly over the year."""
    year, month, narrowed = seen.today.year, seen.today.month, seen.narrowed
    spent = [Asked("disbursed", Window(year, 1, last), narrowed.where) for last in range(1, month + 1)]
    plan = Asked("plan_amount", Window(year), narrowed.only("content"))
    figures = seen.store.figures([*spent, plan])
    place = narrowed.only("commune", "district")
    whole = None if place else figures.value(plan)
    even = tuple(None if whole is None else whole * last // 12 for last in range(1, 13))
    return Chart(
        "pace", _("Giải ngân năm %(year)s có theo kịp kế hoạch không?") % {"year": year}, "lines", Unit.VND,
        _("Tháng"), tuple(str(last) for last in range(1, 13)),
        (Series(_("Đã giải ngân, lũy kế"), (*(figures.value(one) for one in spent), *[None] * (12 - month))),
         Series(_("Kế hoạch, chia đều"), even)),
        str(INDICATORS["disbursed"].source),
        _("Kế hoạch là của cả tỉnh, không có cho từng địa bàn.") if place else "",
    )  # fmt: skip


def by_content(seen: Seen) -> Chart:
    """Support by content over the years chosen."""
    asked = [Asked("support_accepted", Window(year), seen.narrowed.where) for year in seen.narrowed.years]
    figures = seen.store.figures(asked, ("content",))
    sums = {member: sum(figures.value(one, member) or 0 for one in asked) for member in figures.members}
    shown = sorted((member for member in sums if sums[member]), key=lambda member: -sums[member])
    return Chart(
        "content", _("Kinh phí hỗ trợ đi vào nội dung nào?"), "bars", Unit.VND, _("Nội dung"),
        tuple(seen.name("content", member[0]) for member in shown),
        (Series(str(INDICATORS["support_accepted"].name), tuple(sums[member] for member in shown)),),
        str(INDICATORS["support_accepted"].source),
    )  # fmt: skip


def leverage(seen: Seen) -> Chart:
    """Investment on one đồng of support, by year."""
    title = _("Một đồng hỗ trợ đi cùng bao nhiêu đồng đầu tư?")
    return _lines("leverage", title, ["leverage"], seen.store, seen.narrowed, seen.narrowed.where)


def workers(seen: Seen) -> Chart:
    """Workers of supported establishments that reported."""
    title = _("Cơ sở đã được hỗ trợ có bao nhiêu lao động?")
    return _of_results("workers", title, ["workers_supported"], seen, _reported_note())


def revenue(seen: Seen) -> Chart:
    """Revenue of supported establishments that reported."""
    title = _("Doanh thu của cơ sở đã được hỗ trợ ra sao?")
    return _of_results("revenue", title, ["revenue_supported"], seen, _reported_note())


def reported(seen: Seen) -> Chart:
    """How many establishments reported their results: how sure the two charts before are."""
    title = _("Bao nhiêu cơ sở có báo cáo kết quả?")
    return _of_results("reported", title, ["results_reported", "results_reported_supported"], seen)


# Every chart by its code, the money first.
CHARTS: dict[str, Callable[[Seen], Chart]] = {
    "support": support_by_year,
    "pace": pace,
    "content": by_content,
    "leverage": leverage,
    "workers": workers,
    "revenue": revenue,
    "reported": reported,
}


def _of_results(code: str, title: str, indicators: list[str], seen: Seen, note: str = "") -> Chart:
    """Results know where an establishment lies, and nothing of contents."""
    where = seen.narrowed.only("commune", "district")
    return _lines(code, title, indicators, seen.store, seen.ended, where, note)


def _lines(
    code: str, title: str, indicators: list[str], store: Figuring, narrowed: Narrowed, where: Where, note: str = ""
) -> Chart:
    asked = {one: [Asked(one, Window(year), where) for year in narrowed.years] for one in indicators}
    figures = store.figures([one for found in asked.values() for one in found])
    series = tuple(
        Series(str(INDICATORS[one].name), tuple(figures.value(each) for each in found)) for one, found in asked.items()
    )
    return _by_year(code, title, "lines", indicators[0], narrowed, series, note)


def _by_year(
    code: str, title: str, kind: str, indicator: str, narrowed: Narrowed, series: tuple[Series, ...], note: str = ""
) -> Chart:
    told = INDICATORS[indicator]
    labels = tuple(str(year) for year in narrowed.years)
    return Chart(code, title, kind, told.unit, _("Năm"), labels, series, str(told.source), note)


def _reported_note() -> str:
    return _(
        "Cộng các cơ sở có báo cáo; số cơ sở báo cáo mỗi năm một khác, nên đường này không phải tác dụng của hỗ trợ."
    )
