from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.files import downloads
from khuyencong.core.history import sentences
from khuyencong.core.refusals import attempt, press
from khuyencong.core.tables.plain import csv_text
from khuyencong.people.guard import needs
from khuyencong.people.queries import access_of, may
from khuyencong.people.rules import Permission
from khuyencong.yearbook import actions, queries, wording
from khuyencong.yearbook.forms import FigureForm
from khuyencong.yearbook.models import MacroFigure, MacroIndicator


@needs(Permission.REPORTS_VIEW)
def picture(request: HttpRequest) -> HttpResponse:
    """The indicators of the province by year, and apart from them what the programme did in the same years."""
    province = queries.province_of(request.user)
    found = queries.picture(province)
    programme = queries.programme(request.user)
    reaches = access_of(request.user)
    key = province.pk if province else None
    context = {
        "province": province,
        "indicators": [_indicator(indicator, figures) for indicator, figures in found],
        "any": any(figures for _one, figures in found),
        "programme": programme,
        "programme_chart": {
            "years": [one.year for one in programme],
            "support": [one.support for one in programme],
        },
        "whole_province": reaches.reach(Permission.REPORTS_VIEW).covers(None, key),
        "may_edit": reaches.reach(Permission.MACRO_EDIT).covers(None, key),
        "may_verify": reaches.reach(Permission.PLAN_EDIT).covers(None, key),
    }
    return render(request, "yearbook/picture.html", context)


@needs(Permission.REPORTS_VIEW)
def table(request: HttpRequest) -> HttpResponse:
    """All figures of the province as plain rows."""
    rows: list[list[Any]] = [[_("Chỉ tiêu"), _("Đơn vị tính"), _("Năm"), _("Giá trị"), _("Nguồn"), _("Đã xác minh")]]
    for indicator, figures in queries.picture(queries.province_of(request.user)):
        for one in figures:
            checked = _("có") if one.verified else _("không")
            rows.append(
                [indicator, indicator.get_unit_display(), one.year, one.value.normalize(), wording.origin(one), checked]
            )
    return downloads.download(csv_text(rows), f"boi-canh-{clock.today():%Y%m%d}.csv")


@needs(Permission.MACRO_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """Enter a figure with its source."""
    province = queries.province_of(request.user, Permission.MACRO_EDIT)
    asked = MacroIndicator.objects.filter(code=request.GET.get("indicator", "")).first()
    form = FigureForm(request.POST or None, initial={"indicator": asked})
    if request.method == "POST" and form.is_valid() and province is not None:
        if attempt(form, lambda: actions.add_figure(request.user, province, form.cleaned_data)):
            messages.success(request, _("Đã lưu. Lãnh đạo đối chiếu với nguồn rồi xác minh."))
            return redirect("yearbook:picture")
    return render(request, "yearbook/form.html", {"form": form, "figure": None, "province": province})


@needs(Permission.MACRO_EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a figure; its history at the foot."""
    figure = queries.get(request.user, pk, Permission.MACRO_EDIT)
    opened = Opened(
        request,
        figure,
        told=_("Người khác vừa lưu số liệu này. Hãy xem lại rồi bấm Lưu lần nữa nếu vẫn muốn thay."),
    )
    form = FigureForm(request.POST or None, instance=figure)
    if request.method == "POST" and form.is_valid():
        if opened.save(form, partial(actions.change_figure, request.user, pk, form.cleaned_data)):
            messages.success(request, _("Đã lưu. Lãnh đạo đối chiếu với nguồn rồi xác minh."))
            return redirect("yearbook:picture")
    context = {
        "form": form,
        "figure": figure,
        "opened": opened,
        "province": figure.province,
        "history": sentences(figure) if may(request.user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "yearbook/form.html", context, status=opened.status)


@needs(Permission.PLAN_EDIT)
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """A leader has compared the figure with its source."""
    queries.get(request.user, pk, Permission.PLAN_EDIT)
    if done := press(request, lambda: actions.verify_figure(request.user, pk), denied=True):
        messages.success(request, _("Đã xác minh: %(figure)s.") % {"figure": done.result})
    return redirect("yearbook:picture")


def _indicator(indicator: MacroIndicator, figures: list[MacroFigure]) -> dict[str, Any]:
    by_year = {one.year: float(one.value) for one in figures}
    years = range(min(by_year), max(by_year) + 1) if by_year else ()
    return {
        "indicator": indicator,
        "unit": indicator.get_unit_display(),
        "definition": _(indicator.definition),
        "rows": [(one, wording.number(one.value), wording.origin(one)) for one in reversed(figures)],
        "chart": {"years": list(years), "values": [by_year.get(year) for year in years]},
        "chart_id": f"macro-{indicator.code}",
    }
