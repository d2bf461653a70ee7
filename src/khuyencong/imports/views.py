from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import jobs
from khuyencong.core.files import downloads
from khuyencong.core.refusals import press
from khuyencong.core.tables import workbooks
from khuyencong.core.tables.planning import Decision, Fate, Plan
from khuyencong.core.tables.reading import TableError, Unsettled
from khuyencong.core.workbooks.book import SheetColumn, list_workbook
from khuyencong.imports import actions, background
from khuyencong.imports.batches import actions as batches
from khuyencong.imports.forms import UploadForm
from khuyencong.imports.models import ImportBatch
from khuyencong.imports.own import at, mine, sheets_of
from khuyencong.imports.taking_back import actions as taking_back
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

SHOWN = 200  # rows of each fate on the preview page; the numbers always tell all
SMALL = 300  # rows that are written at once, without a page of progress


@needs(Permission.DATA_IMPORT)
def start(request: HttpRequest) -> HttpResponse:
    """Step 1: choose what to bring in, and the file."""
    kinds = _kinds(request)
    kind = request.POST.get("kind") or request.GET.get("kind") or next(iter(kinds))
    if kind not in kinds:
        raise PermissionDenied(_("Tài khoản của bạn không nhập được loại số liệu này."))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = actions.receive(request.user, kind, form.cleaned_data["file"].file)
        return redirect("imports:preview", batch.pk)
    recent = ImportBatch.objects.filter(owner=request.user)[:8]
    return render(request, "imports/start.html", {"form": form, "kinds": kinds, "kind": kind, "recent": recent})


@needs(Permission.DATA_IMPORT)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty workbook to fill in."""
    importer = actions.IMPORTERS.get(kind)
    if importer is None:
        raise Http404
    content = workbooks.template(str(importer.title), importer.columns())
    return downloads.download(content, f"mau-{kind}.xlsx")


@needs(Permission.DATA_IMPORT)
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Step 2: what will happen; step 3: confirm."""
    batch = mine(request, pk)
    if batch.state != ImportBatch.State.PLANNED:
        context = {
            "batch": batch,
            "list_url": _list_url(batch.kind),
            "touches": batch.touches.all()[:SHOWN],
            "taken_back": batch.state == ImportBatch.State.TAKEN_BACK,
            "may_take_back": taking_back.may_take_back(batch),
            "limit": SHOWN,
        }
        return render(request, "imports/done.html", context)
    try:
        plan = _plan(batch, request)
    except Unsettled:
        return redirect(at("columns", batch, request))
    except TableError as error:
        context = {"batch": batch, "reason": str(error), "chosen": request.GET.getlist("sheet")}
        return render(request, "imports/unreadable.html", context)
    if not all(one.known for one in plan.table.headings):
        return redirect(at("columns", batch, request))
    if "keep" in request.POST:
        actions.keep_odd_numbers(request.user, batch, request.POST.getlist("right"))
        return redirect(at("preview", batch, request))
    if "letters" in request.POST:
        actions.keep_letters(request.user, batch, request.POST["letters"] == "keep")
        return redirect(at("preview", batch, request))
    if request.method == "POST":
        return _confirm(request, batch, plan)
    context = {
        "batch": batch,
        "plan": plan,
        "asked": f"?{request.GET.urlencode()}" if request.GET else "",
        "seen": plan.fingerprint(),
        "counts": plan.counts(),
        "doubts": any(problem.doubt for planned in plan.of(Fate.ERROR)[:SHOWN] for problem in planned.problems),
        "title": actions.IMPORTERS[batch.kind].title,
        "shown": {fate.value: plan.of(fate)[:SHOWN] for fate in Fate},
        "limit": SHOWN,
        "writes": len(plan.of(Fate.NEW)) + len(plan.of(Fate.CHANGED)) + len(plan.of(Fate.DUPLICATE)),
    }
    return render(request, "imports/preview.html", context)


@needs(Permission.DATA_IMPORT)
def touched(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every row that the import made or changed, as a workbook."""
    batch = mine(request, pk)
    columns = [
        SheetColumn(_("Bản ghi"), 60, value=lambda one: one.label),
        SheetColumn(_("Việc đã làm"), value=lambda one: _("sửa") if one.before else _("thêm mới")),
    ]
    content = list_workbook(_("Bản ghi của lần nhập"), columns, batch.touches.iterator(chunk_size=2000))
    return downloads.download(content, f"ban-ghi-{Path(batch.file_name).stem}.xlsx")


@require_POST
@needs(Permission.DATA_IMPORT)
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put everything back to what it was before the import."""
    batch = mine(request, pk)
    press(request, lambda: taking_back.take_back(request.user, batch), _("Đã rút lại lần nhập: mọi bản ghi như trước."))
    return redirect("imports:preview", batch.pk)


@needs(Permission.DATA_IMPORT)
def refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows with errors as a workbook with the reasons."""
    batch = mine(request, pk)
    importer = actions.IMPORTERS[batch.kind]
    try:
        plan = _plan(batch, request)
    except TableError:
        return redirect("imports:preview", batch.pk)
    content = workbooks.refused_rows(str(importer.title), importer.columns(), plan.of(Fate.ERROR))
    return downloads.download(content, f"dong-loi-{Path(batch.file_name).stem}.xlsx")


def _confirm(request: HttpRequest, batch: ImportBatch, plan: Plan) -> HttpResponse:
    words = {decision.value for decision in Decision}
    default = request.POST.get("duplicates", "skip")
    decisions = {
        planned.row.key: Decision(chosen)
        for planned in plan.of(Fate.DUPLICATE)
        if (chosen := request.POST.get(f"row-{planned.row.key}", "")) in words
    }
    choice = actions.Choice(
        only_good=request.POST.get("only_good") == "yes",
        default=Decision(default if default in words else "skip"),
        decisions=decisions,
    )
    seen, sheets = request.POST.get("seen", ""), request.POST.getlist("sheet")
    if len(plan.rows) > SMALL:
        title = _("Đang nhập %(file)s") % {"file": batch.file_name}
        given = {
            "batch": str(batch.pk),
            "choice": background.plain(choice),
            "seen": seen,
            "sheets": sheets,
            "answers": plan.table.answers.plain(),
        }
        return redirect("job", jobs.start(request.user, title, background.confirm, **given).pk)
    try:
        batches.confirm_batch(batch, request.user, choice, lambda share, words: None, seen, sheets, plan.table.answers)
    except (actions.PlanChanged, actions.HasErrors) as error:
        messages.warning(request, background.why_not(error))
    return redirect("imports:preview", batch.pk)


def _plan(batch: ImportBatch, request: HttpRequest) -> Plan:
    answers = actions.answers_for(request.user, batch.kind, batch)
    path, sheets = actions.path_of(batch), sheets_of(request, batch)
    return actions.plan_file(batch.kind, path, request.user, batch.file_name, sheets, answers)


def _kinds(request: HttpRequest) -> dict[str, str]:
    """What this person may bring in: projects only those who may write them."""
    found = {kind: str(importer.title) for kind, importer in actions.IMPORTERS.items()}
    if not may(request.user, Permission.PROJECTS_EDIT):
        found.pop("projects")
    return found


def _list_url(kind: str) -> str:
    return reverse("projects:list" if kind == "projects" else "establishments:list")
