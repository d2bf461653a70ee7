from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.files.downloads import download
from khuyencong.core.listing.beside import chips_of
from khuyencong.core.tables.plain import csv_text
from khuyencong.indicators import headline as programme
from khuyencong.indicators.formula import Number
from khuyencong.indicators.sums import sums
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.planning.indicators import Unit
from khuyencong.reports.dashboard.cards import cards
from khuyencong.reports.dashboard.charts import BILLION, CHARTS, Chart, Seen
from khuyencong.reports.dashboard.filters import Filters, narrowed, selects
from khuyencong.reports.dashboard.sureness import headline
from khuyencong.reports.official.queries import namer
from khuyencong.reports.official.wording import plain, shown, unit_of


@needs(Permission.REPORTS_VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Money, results, pace and how sure all of it is."""
    today = clock.today()
    filters = Filters.read(request.GET)
    found = narrowed(filters, today.year)
    chosen = selects(request.user, filters, found, today.year)
    store = sums(request.user, today.year)
    seen = Seen(store, found, today, namer())
    drawn = [make(seen) for make in CHARTS.values()]
    figures = cards(store, found, today.year)
    context = {
        "today": today,
        "filters": filters,
        "selects": chosen,
        "chips": chips_of([one for one in chosen if one.name in ("place", "content")]),
        "narrowed": found,
        "cards": figures,
        "charts": [_told(one) for one in drawn],
        "data": {one.code: one.drawn() for one in drawn},
        "headline": headline(request.user),
        "state": programme.data_state(request.user),
    }
    return render(request, "reports/dashboard/page.html", context)


@needs(Permission.REPORTS_VIEW)
def table(request: HttpRequest, code: str) -> HttpResponse:
    """The numbers of one chart as CSV, money in whole VND."""
    if code not in CHARTS:
        raise Http404
    today = clock.today()
    found = narrowed(Filters.read(request.GET), today.year)
    chart = CHARTS[code](Seen(sums(request.user, today.year), found, today, namer()))
    return download(_csv(chart), f"{code}-{today:%Y-%m-%d}.csv")


def _told(chart: Chart) -> dict:
    """A chart with its table in words."""

    def read(value: Number) -> str:
        if value is None or chart.unit is not Unit.VND:
            return shown(value, chart.unit)
        return plain(Decimal(value) / chart.scale, 3)

    rows = [(label, [read(value) for value in values]) for label, values in chart.rows]
    unit = _("tỷ đồng") if chart.scale == BILLION else unit_of(chart.unit)
    return {"chart": chart, "rows": rows, "unit": unit}


def _csv(chart: Chart) -> str:
    rows = ([label, *values] for label, values in chart.rows)
    return csv_text([[chart.across, *(one.name for one in chart.series)], *rows])
