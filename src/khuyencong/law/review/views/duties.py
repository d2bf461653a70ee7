from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.history import sentences
from khuyencong.law.documents import decisions
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.forms.fields import offered_documents
from khuyencong.law.documents.queries.library import may_verify, sees_drafts
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.views.deeds import act, changed_meanwhile
from khuyencong.law.norms.queries import article
from khuyencong.law.review import actions
from khuyencong.law.review.forms import DutyForm
from khuyencong.law.review.models import LocalDuty
from khuyencong.law.review.queries import duties_in_use
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission


@needs(Permission.LAW_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """What higher documents ask of the province."""
    drafts = LocalDuty.objects.filter(state=Record.State.DRAFT).select_related("document", "drafted_by")
    context = {
        "duties": [(one, article(one.path, one.document)) for one in duties_in_use()],
        "drafts": [(one, article(one.path, one.document)) for one in drafts] if sees_drafts(request.user) else [],
        "today": clock.today(),
    }
    return render(request, "law/duties.html", context)


@needs(Permission.LAW_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty; adopting, verifying and discarding are done here."""
    duty = _find(request, pk)
    if request.method == "POST":
        return _act(request, duty)
    user = request.user
    is_draft, own = duty.state == Record.State.DRAFT, not decisions.ADOPT.open_to(user, [duty])
    context = {
        "record": duty,
        "article": article(duty.path, duty.document),
        "heir": duty.replaced_by.exclude(state=Record.State.DRAFT).first(),
        "is_draft": is_draft,
        "own": own,
        "may_adopt": is_draft and may(user, Permission.LAW_ADOPT) and not own,
        "may_edit": may(user, Permission.LAW_DRAFT) and duty.state != Record.State.SUPERSEDED,
        "may_verify": not duty.verified and may_verify(user, duty),
        "history": sentences(duty) if may(user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "law/duty.html", context)


@needs(Permission.LAW_DRAFT)
def add(request: HttpRequest) -> HttpResponse:
    """Draft a duty."""
    return _edit(request, LocalDuty())


@needs(Permission.LAW_DRAFT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; for an adopted duty, draft its correction."""
    duty = _find(request, pk)
    if duty.state == Record.State.DRAFT:
        return _edit(request, duty)
    waiting = duty.replaced_by.filter(state=Record.State.DRAFT).first()
    if waiting is not None:
        return redirect("law:duty_edit", waiting.pk)
    if duty.state == Record.State.SUPERSEDED:
        messages.info(request, _("Bản này đã được thay; hãy soạn từ bản đang áp dụng."))
        return redirect("law:duty", pk)
    return _edit(request, records.successor(duty))


def _edit(request: HttpRequest, duty: LocalDuty) -> HttpResponse:
    opened = Opened(request, duty, told=changed_meanwhile())
    form = DutyForm(request.POST or None, instance=duty)
    if request.method == "POST" and form.is_valid():
        if done := opened.save(form, partial(actions.draft_duty, request.user, form.instance)):
            messages.success(request, _("Đã lưu dự thảo. Dự thảo chỉ có tác dụng khi được duyệt."))
            return redirect("law:duty", done.result.pk)
    context = {"form": form, "record": duty, "opened": opened, "documents": offered_documents()}
    return render(request, "law/duty_form.html", context, status=opened.status)


def _act(request: HttpRequest, duty: LocalDuty) -> HttpResponse:
    told = _("Đã duyệt. Yêu cầu này được rà soát từ nay.")
    if act(request, duty, lambda: actions.adopt_duty(request.user, duty.pk), told):
        return redirect("law:duty", duty.pk)
    return redirect("law:duties")


def _find(request: HttpRequest, pk: int) -> LocalDuty:
    found = (
        LocalDuty.objects.select_related("document", "drafted_by", "adopted_by", "verified_by").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    if found.state == Record.State.DRAFT and not sees_drafts(request.user):
        raise PermissionDenied(_("Dự thảo chưa duyệt chỉ dành cho người soạn và người duyệt."))
    return found
