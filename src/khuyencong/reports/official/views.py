from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.files.downloads import download
from khuyencong.core.history import sentences
from khuyencong.core.refusals import attempt, press
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.reports.official import actions, due, queries
from khuyencong.reports.official.cell_page import part_of
from khuyencong.reports.official.cells import explain
from khuyencong.reports.official.forms import DraftForm, ReturnForm, SignForm, WordsForm
from khuyencong.reports.official.listing import report_list
from khuyencong.reports.official.models import Report
from khuyencong.reports.official.paper import paper
from khuyencong.reports.official.sections import SECTIONS
from khuyencong.reports.official.snapshot import value_at
from khuyencong.reports.official.tables import correction_of, table_of
from khuyencong.reports.official.wording import exactly, head_of
from khuyencong.reports.official.workbook import workbook


@needs(Permission.REPORTS_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """What is due, and every report so far."""
    today = clock.today()
    owed = due.owed(request.user, today)
    context = {
        "list": report_list(request.user).show(request.GET),
        "owed": [one for one in owed if not one.done],
        "sent": due.from_communes(request.user, today),
        "today": today,
        "writing": may(request.user, Permission.REPORTS_DRAFT),
    }
    return render(request, "reports/official/index.html", context)


@needs(Permission.REPORTS_DRAFT)
def add(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    chosen = {
        name: request.GET[name] for name in ("unit", "kind", "period_kind", "number", "year") if name in request.GET
    }
    form = DraftForm(request.user, request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if done := attempt(form, lambda: actions.draft(request.user, told["kind"], told["unit"], told["period"])):
            messages.success(
                request, _("Đã lập báo cáo từ số liệu hiện có. Hãy xem và sửa phần lời trước khi trình ký.")
            )
            return redirect("official:report", done.result.pk)
    return render(request, "reports/official/add.html", {"form": form})


@needs(Permission.REPORTS_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """A report: its words, its forms, what changed since it was signed, its history."""
    report = queries.get(request.user, pk)
    context = {
        "report": report,
        "tables": [table_of(one) for one in queries.filled(request.user, report)],
        "sections": [(SECTIONS[code], text) for code, text in report.sections.items()],
        "changed": [correction_of(one) for one in queries.corrections(request.user, report)],
        "history": sentences(report) if may(request.user, Permission.HISTORY_VIEW) else None,
        "newer": queries.newer(report),
        "writing": queries.holds(request.user, Permission.REPORTS_DRAFT, report.unit),
        "signing": queries.holds(request.user, Permission.REPORTS_SIGN, report.unit),
        "sign_form": SignForm(),
        "return_form": ReturnForm(),
        "over": report.period.last_day < clock.today(),
    }
    return render(request, "reports/official/card.html", context)


@needs(Permission.REPORTS_DRAFT)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    report = queries.get(request.user, pk, Permission.REPORTS_DRAFT)
    opened = Opened(request, report)
    form = WordsForm(report, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and opened.save(form, partial(actions.write, request.user, pk, form.cleaned_data))
    ):
        messages.success(request, _("Đã lưu phần lời của báo cáo."))
        return redirect("official:report", pk)
    context = {"form": form, "report": report, "opened": opened}
    return render(request, "reports/official/write.html", context, status=opened.status)


@needs(Permission.REPORTS_DRAFT)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it before whoever signs."""
    return _done(request, pk, lambda: actions.send(request.user, pk), _("Đã trình ký báo cáo."))


@needs(Permission.REPORTS_SIGN)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign it under its number."""
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["number"][0])
        return redirect("official:report", pk)
    number = form.cleaned_data["number"]
    return _done(request, pk, lambda: actions.sign(request.user, pk, number), _("Đã ký báo cáo. Số liệu đã được chốt."))


@needs(Permission.REPORTS_SIGN)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to its author."""
    reason = request.POST.get("reason", "")[:2000]
    return _done(request, pk, lambda: actions.send_back(request.user, pk, reason), _("Đã trả lại báo cáo."))


@needs(Permission.REPORTS_DRAFT)
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version of a signed report."""
    queries.get(request.user, pk)
    done = press(
        request, lambda: actions.correct(request.user, pk), _("Đã lập báo cáo điều chỉnh với số liệu hiện nay.")
    )
    return redirect("official:report", done.result.pk if done else pk)


@needs(Permission.REPORTS_VIEW)
def cell(request: HttpRequest, pk: int, form: str, row: str, column: int) -> HttpResponse:
    """The records behind one cell."""
    report = queries.get(request.user, pk)
    told = next((one for one in queries.present_forms(report) if one.code == form), None)
    found = explain(request.user, report, told, row, column) if told else None
    if found is None:
        raise Http404
    signed = value_at(report.snapshot, form, row, column) if report.snapshot else None
    context = {
        "report": report, "found": found, "head": head_of(told, column), "title": _(told.title),
        "label": found.label,
        "now": exactly(found.value, found.cell.unit),
        "signed": "" if signed is None else exactly(signed, found.cell.unit),
        "parts": [part_of(one, place, request.GET) for place, one in enumerate(found.parts)],
    }  # fmt: skip
    return render(request, "reports/official/cell.html", context)


@needs(Permission.REPORTS_VIEW)
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a Word paper."""
    report = queries.get(request.user, pk)
    return download(paper(report, queries.filled(request.user, report)), f"{queries.file_name(report)}.docx")


@needs(Permission.REPORTS_VIEW)
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms as a workbook."""
    report = queries.get(request.user, pk)
    tables = [table_of(one) for one in queries.filled(request.user, report)]
    return download(workbook(report, tables), f"{queries.file_name(report)}.xlsx")


def _done(request: HttpRequest, pk: int, act: Callable[[], Report], told: str) -> HttpResponse:
    queries.get(request.user, pk)
    press(request, act, told)
    return redirect("official:report", pk)
