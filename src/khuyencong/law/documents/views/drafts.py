from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import jobs
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import ChangedMeanwhile, attempt, press
from khuyencong.law.documents import background, comparison_wording, decisions
from khuyencong.law.documents.actions import editions as actions
from khuyencong.law.documents.forms.editions import EditionForm
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.queries import contents, documents
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules.comparison import Change
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

SMALL = 400 * 1024  # bytes of a file whose words are read at once, without a page of progress


@needs(Permission.LAW_DRAFT)
def add(request: HttpRequest) -> HttpResponse:
    """Begin the record of a new document."""
    form = EditionForm(request.POST or None, request.FILES or None, instance=Edition())
    if request.method == "POST" and form.is_valid():
        if done := attempt(
            form, lambda: actions.add_document(request.user, form.values(), form.cleaned_data["upload"])
        ):
            messages.success(request, _("Đã lưu dự thảo. Bây giờ hãy ghi điều khoản và quan hệ, rồi trình duyệt."))
            return _go_on(request, done.result.pk, "law:edition_provisions", form.cleaned_data["upload"])
    return render(request, "law/edition_form.html", {"form": form, "edition": None})


@needs(Permission.LAW_DRAFT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft says of its document."""
    edition = draft_of(request, pk)
    opened = Opened(request, edition)
    form = EditionForm(request.POST or None, request.FILES or None, instance=edition)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["upload"]

        def change(version: str) -> Edition:
            return actions.change_edition(request.user, pk, form.values(), version, upload)

        if opened.save(form, change):
            messages.success(request, _("Đã lưu dự thảo."))
            return _go_on(request, pk, "law:edition", upload)
    context = {"form": form, "edition": documents.edition(request.user, pk), "opened": opened, "part": "facts"}
    return render(request, "law/edition_form.html", context, status=opened.status)


@needs(Permission.LAW_VIEW)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition beside the one before it: what a draft would change, or what a correction changed."""
    edition = documents.edition(request.user, pk)
    old = documents.before(edition)
    is_draft = edition.state == Record.State.DRAFT
    provisions = contents.compare_provisions(old, edition)
    relations = contents.compare_relations(old, edition)
    context = {
        "edition": edition,
        "old": old,
        "is_draft": is_draft,
        "facts": comparison_wording.facts(old, edition),
        "provisions": [pair for pair in provisions if pair.change is not Change.SAME],
        "same_provisions": sum(pair.change is Change.SAME for pair in provisions),
        "relations": [pair for pair in relations if pair.change is not Change.SAME],
        "same_relations": sum(pair.change is Change.SAME for pair in relations),
        "part": "review",
    }
    if is_draft:
        context |= {
            "shifts": contents.shifts(old, edition),
            "problems": contents.problems(edition),
            "doubts": comparison_wording.doubts(edition),
            "mark": contents.content_mark(edition),
            "mine": not decisions.ADOPT.open_to(request.user, [edition]),
            "may_adopt": may(request.user, Permission.LAW_ADOPT),
        }
    return render(request, "law/edition.html", context)


@require_POST
@needs(Permission.LAW_ADOPT)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt a draft as it was shown."""
    told = _("Đã duyệt. Từ bây giờ hệ thống dùng bản này; bản trước vẫn xem lại được.")
    seen = request.POST.get("mark", "")
    try:
        done = press(request, lambda: actions.adopt_edition(request.user, pk, seen), told, denied=True)
    except Edition.DoesNotExist:
        messages.error(request, _("Dự thảo này không còn nữa: người soạn đã bỏ nó."))
        return redirect("law:library")
    except ChangedMeanwhile:
        messages.error(request, _meanwhile(documents.edition(request.user, pk)))
        return redirect("law:edition", pk)
    return redirect("law:document", done.result.document.code) if done else redirect("law:edition", pk)


@require_POST
@needs(Permission.LAW_DRAFT)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    edition = draft_of(request, pk)
    told = _("Đã bỏ dự thảo %(what)s.") % {"what": edition}
    if press(request, lambda: actions.discard_edition(request.user, pk), told):
        return redirect("law:library")
    return redirect("law:edition", pk)


@require_POST
@needs(Permission.LAW_DRAFT)
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has compared the record with the document."""
    edition = documents.edition(request.user, pk)
    press(
        request,
        lambda: actions.verify_edition(request.user, pk),
        _("Đã ghi: bạn đã đối chiếu bản ghi này với văn bản."),
        denied=True,
    )
    if edition.state == Record.State.ADOPTED:
        return redirect("law:document", edition.document.code)
    return redirect("law:edition", pk)


def _go_on(request: HttpRequest, pk: int, to: str, upload: actions.Upload | None) -> HttpResponse:
    """To the next page; by way of a page of progress while the words of a long file are read."""
    if upload is None:
        return redirect(to, pk)
    if len(upload.content) <= SMALL:
        reason = actions.read_text(request.user, pk)
        if reason:
            messages.warning(request, _("Đã giữ tệp, nhưng chưa đọc được chữ trong tệp: %(why)s") % {"why": reason})
        return redirect(to, pk)
    title = _("Đang đọc %(file)s") % {"file": upload.name}
    return redirect(
        "job", jobs.start(request.user, title, background.read_text, edition=pk, to=reverse(to, args=[pk])).pk
    )


def draft_of(request: HttpRequest, pk: int) -> Edition:
    """The draft to work on. Raises PermissionDenied for what was adopted meanwhile."""
    edition = documents.edition(request.user, pk)
    if edition.state != Record.State.DRAFT:
        raise PermissionDenied(_("Bản ghi này đã được duyệt nên không sửa được; hãy soạn bản sửa từ trang văn bản."))
    return edition


def _meanwhile(edition: Edition) -> Any:
    if edition.state != Record.State.DRAFT and edition.adopted_by:
        return _("%(who)s đã duyệt bản này trước bạn; không cần duyệt nữa.") % {"who": edition.adopted_by}
    return _("Dự thảo vừa được sửa trong lúc bạn đang xem. Hãy xem lại các thay đổi dưới đây rồi duyệt.")
