from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import clock, drafts
from khuyencong.core.addresses import number_in
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.files import downloads
from khuyencong.core.history import sentences
from khuyencong.establishments import actions, queries, sheets
from khuyencong.establishments.forms import EstablishmentForm, ResultForm
from khuyencong.establishments.listing import registry_list
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.establishments.rules import clean_tax_code
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

TABS = ("facts", "results", "projects", "history")


@needs(Permission.REGISTRY_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """The registry: search, filters, order, pages."""
    return render(request, "establishments/list.html", {"list": registry_list(request.user).show(request.GET)})


@needs(Permission.REGISTRY_VIEW)
def download(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a workbook."""
    content = sheets.registry_workbook(request.user, registry_list(request.user).found(request.GET))
    return downloads.download(content, f"co-so-{clock.today():%Y%m%d}.xlsx")


@needs(Permission.REGISTRY_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One establishment: its facts, results, projects and history."""
    establishment = queries.get(request.user, pk)
    tab = request.GET.get("tab", "facts")
    sees_history = may(request.user, Permission.HISTORY_VIEW, establishment.commune)
    if tab not in TABS or (tab == "history" and not sees_history):
        tab = "facts"
    results = list(establishment.results.order_by("year"))
    projects = list(establishment.projects.select_related("activity").order_by("-accepted_year"))
    due = _year_due(establishment, results)
    context = {
        "establishment": establishment,
        "tab": tab,
        "may_edit": may(request.user, Permission.REGISTRY_EDIT, establishment.commune),
        "may_enter": may(request.user, Permission.RESULTS_EDIT, establishment.commune),
        "may_survey": may(request.user, Permission.PROJECTS_DRAFT, establishment.commune),
        "sees_history": sees_history,
        "sees_contact": queries.sees_contact(request.user, establishment),
        "results": list(reversed(results)),
        "projects": projects,
        "surveys": establishment.surveys.select_related("project", "surveyed_by") if tab == "projects" else (),
        "supported": sorted({p.accepted_year for p in projects if p.accepted_year}),
        "due": due,
        "gaps": _gaps(establishment, results),
        "chart": _chart(results, projects) if tab == "results" else None,
        "history": sentences(establishment) if tab == "history" else [],
    }
    return render(request, "establishments/card.html", context)


@needs(Permission.REGISTRY_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """Put a new establishment into the registry."""
    form = EstablishmentForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = actions.add_establishment(request.user, form.cleaned_data)
        drafts.saved(request)
        messages.success(request, _("Đã thêm “%(name)s”, số đăng ký %(code)s.") % {"name": new.name, "code": new.code})
        return redirect("establishments:card", new.pk)
    context = {"form": form, "establishment": None, "draft_key": "establishment:new"}
    return render(request, "establishments/form.html", context)


@needs(Permission.REGISTRY_EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an establishment."""
    establishment = queries.get(request.user, pk, Permission.REGISTRY_EDIT)
    opened = Opened(request, establishment, told=_changed_meanwhile())
    form = EstablishmentForm(request.user, request.POST or None, instance=establishment)
    if request.method == "POST" and form.is_valid():
        change = partial(actions.change_establishment, request.user, pk, form.cleaned_data)
        if opened.save(form, change):
            drafts.saved(request)
            messages.success(request, _("Đã lưu."))
            return redirect("establishments:card", pk)
    context = {
        "form": form,
        "establishment": Establishment.objects.get(pk=pk),
        "opened": opened,
        "draft_key": f"establishment:{pk}",
    }
    return render(request, "establishments/form.html", context, status=opened.status)


@needs(Permission.RESULTS_EDIT)
def result(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Enter or change the result of one year."""
    establishment = queries.get(request.user, pk, Permission.RESULTS_EDIT)
    found = YearlyResult.objects.filter(establishment=establishment, year=year)
    existing = found.first()
    before = YearlyResult.objects.filter(establishment=establishment, year=year - 1).first()
    opened = Opened(request, existing, again=found.first, told=_changed_meanwhile())
    form = ResultForm(establishment, year, before, request.POST or None, instance=existing)
    if request.method == "POST" and form.is_valid():
        if opened.save(form, partial(actions.save_result, request.user, establishment, year, form.measures())):
            drafts.saved(request)
            messages.success(request, _("Đã lưu kết quả năm %(year)s.") % {"year": str(year)})
            return redirect(f"{establishment_url(pk)}?tab=results")
    context = {
        "form": form,
        "establishment": establishment,
        "year": year,
        "opened": opened,
        "existing": existing,
        "draft_key": f"result:{pk}:{year}",
    }
    return render(request, "establishments/result_form.html", context, status=opened.status)


@needs(Permission.REGISTRY_EDIT)
def duplicates(request: HttpRequest) -> HttpResponse:
    """While one types: establishments that may be the same one."""
    found = queries.similar(
        request.user,
        request.GET.get("name", ""),
        number_in(request.GET.get("commune")),
        _tax_code(request.GET.get("tax_code", "")),
        number_in(request.GET.get("but")),
    )
    return render(request, "establishments/duplicates.html", {"found": found})


def _tax_code(text: str) -> str:
    """The code as it is stored; one that is not finished yet finds nothing."""
    try:
        return clean_tax_code(text)
    except ValueError:
        return ""


def establishment_url(pk: int) -> str:
    """The address of a card."""
    return reverse("establishments:card", args=[pk])


def _year_due(establishment: Establishment, results: list[YearlyResult]) -> int | None:
    """Last year, while its result is missing from an establishment that works."""
    year = clock.today().year - 1
    if establishment.status != Establishment.Status.ACTIVE or any(one.year == year for one in results):
        return None
    return year


def _gaps(establishment: Establishment, results: list[YearlyResult]) -> list[int]:
    """Years without a result, from the one before the first known on, so that one can go back year by year."""
    known = {one.year for one in results}
    first = max(min(known, default=9999) - 1, establishment.founded or 0)
    return [year for year in range(first, clock.today().year) if year not in known]


def _chart(results: list[YearlyResult], projects: list) -> dict[str, list]:
    if not results:
        return {}
    years = list(range(results[0].year, results[-1].year + 1))
    by_year = {one.year: one for one in results}
    return {
        "years": years,
        "revenue": [getattr(by_year.get(year), "revenue", None) for year in years],
        "workers": [getattr(by_year.get(year), "workers", None) for year in years],
        "supported": sorted({p.accepted_year for p in projects if p.accepted_year}),
    }


def _changed_meanwhile() -> str:
    return _(
        "Người khác vừa lưu hồ sơ này trong lúc bạn đang sửa. Những gì bạn nhập vẫn còn ở dưới; hãy xem lại rồi bấm "
        "Lưu lần nữa nếu vẫn muốn thay."
    )
