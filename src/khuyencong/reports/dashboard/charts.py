"""The charts of the dashboard as data: one table of numbers each, drawn by the browser and downloaded as it is."""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.periods import Window
from khuyencong.planning.indicators import INDICATORS, Unit
from khuyencong.projects.models import Project
from khuyencong.reports.dashboard.filters import Narrowed
from khuyencong.reports.indicators.compute import Asked, Store
from khuyencong.reports.indicators.formula import Number
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


def charts(store: Store, narrowed: Narrowed, today: dt.date, name: Namer) -> list[Chart]:
    """Every chart, the money first."""
    this_year = today.year
    ended = replace(narrowed, last=min(narrowed.last, this_year - 1))  # results are told once a year is over
    return [
        support_by_year(store, narrowed),
        pace(store, narrowed, today),
        by_content(store, narrowed, name),
        leverage(store, narrowed),
        workers(store, ended),
        revenue(store, ended),
        reported(store, ended),
    ]


def support_by_year(store: Store, narrowed: Narrowed) -> Chart:
    """Support by year of acceptance and fund."""
    asked = {
        fund: [Asked("support_accepted", Window(year), (*narrowed.where, ("fund", (fund,)))) for year in narrowed.years]
        for fund in Project.Fund.values
    }
    figures = store.figures([one for found in asked.values() for one in found])
    series = tuple(
        Series(str(Project.Fund(fund).label), tuple(figures.value(one) for one in found))
        for fund, found in asked.items()
    )
    return _by_year(
        "support", _("Mỗi năm hỗ trợ bao nhiêu, từ nguồn nào?"), "stacked", "support_accepted", narrowed, series
    )


def pace(store: Store, narrowed: Narrowed, today: dt.date) -> Chart:
    """Disbursement of this year up to this month, summed up, beside the plan spent evenly over the year."""
    this_year = today.year
    spent = [Asked("disbursed", Window(this_year, 1, month), narrowed.where) for month in range(1, today.month + 1)]
    plan = Asked("plan_amount", Window(this_year), narrowed.only("content"))
    figures = store.figures([*spent, plan])
    whole = None if narrowed.only("commune", "district") else figures.value(plan)
    even = tuple(None if whole is None else whole * month // 12 for month in range(1, 13))
    return Chart(
        "pace", _("Giải ngân năm %(year)s có theo kịp kế hoạch không?") % {"year": this_year}, "lines", Unit.VND,
        _("Tháng"), tuple(str(month) for month in range(1, 13)),
        (Series(_("Đã giải ngân, lũy kế"), (*(figures.value(one) for one in spent), *[None] * (12 - today.month))),
         Series(_("Kế hoạch, chia đều"), even)),
        str(INDICATORS["disbursed"].source),
        _("Kế hoạch là của cả tỉnh, không có cho từng địa bàn.") if narrowed.only("commune", "district") else "",
    )  # fmt: skip


def by_content(store: Store, narrowed: Narrowed, name: Namer) -> Chart:
    """Support by content over the years chosen."""
    asked = [Asked("support_accepted", Window(year), narrowed.where) for year in narrowed.years]
    figures = store.figures(asked, ("content",))
    sums = {member: sum(figures.value(one, member) or 0 for one in asked) for member in figures.members}
    shown = sorted((member for member in sums if sums[member]), key=lambda member: -sums[member])
    return Chart(
        "content", _("Kinh phí hỗ trợ đi vào nội dung nào?"), "bars", Unit.VND, _("Nội dung"),
        tuple(name("content", member[0]) for member in shown),
        (Series(str(INDICATORS["support_accepted"].name), tuple(sums[member] for member in shown)),),
        str(INDICATORS["support_accepted"].source),
    )  # fmt: skip


def leverage(store: Store, narrowed: Narrowed) -> Chart:
    """Investment on one đồng of support, by year."""
    return _one_line("leverage", _("Một đồng hỗ trợ đi cùng bao nhiêu đồng đầu tư?"), "leverage", store, narrowed)


def workers(store: Store, narrowed: Narrowed) -> Chart:
    """Workers of supported establishments that reported."""
    return _one_line(
        "workers",
        _("Cơ sở đã được hỗ trợ có bao nhiêu lao động?"),
        "workers_supported",
        store,
        narrowed,
        _reported_note(),
    )


def revenue(store: Store, narrowed: Narrowed) -> Chart:
    """Revenue of supported establishments that reported."""
    return _one_line(
        "revenue",
        _("Doanh thu của cơ sở đã được hỗ trợ ra sao?"),
        "revenue_supported",
        store,
        narrowed,
        _reported_note(),
    )


def reported(store: Store, narrowed: Narrowed) -> Chart:
    """How many establishments reported their results: how sure the two charts before are."""
    places = narrowed.only("commune", "district")
    series = []
    for code in ("results_reported", "results_reported_supported"):
        asked = [Asked(code, Window(year), places) for year in narrowed.years]
        figures = store.figures(asked)
        series.append(Series(str(INDICATORS[code].name), tuple(figures.value(one) for one in asked)))
    return _by_year(
        "reported", _("Bao nhiêu cơ sở có báo cáo kết quả?"), "lines", "results_reported", narrowed, tuple(series)
    )


def _one_line(code: str, title: str, indicator: str, store: Store, narrowed: Narrowed, note: str = "") -> Chart:
    told = INDICATORS[indicator]
    of_results = told.measure is not None and told.measure.table == "results"
    where = narrowed.only("commune", "district") if of_results else narrowed.where
    asked = [Asked(indicator, Window(year), where) for year in narrowed.years]
    figures = store.figures(asked)
    series = (Series(str(told.name), tuple(figures.value(one) for one in asked)),)
    return _by_year(code, title, "lines", indicator, narrowed, series, note)


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
