from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from khuyencong.core.history import sentences
from khuyencong.law.actions import records
from khuyencong.law.actions import review as actions
from khuyencong.law.forms.fields import offered_documents
from khuyencong.law.forms.review import DutyForm
from khuyencong.law.models import LocalDuty, Record
from khuyencong.law.queries.library import sees_drafts
from khuyencong.law.queries.norms import article
from khuyencong.law.queries.review import duties_in_use
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
        "today": timezone.localdate(),
    }
    return render(request, "law/duties.html", context)


@needs(Permission.LAW_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty; adopting, verifying and discarding are done here."""
    duty = _find(request, pk)
    if request.method == "POST":
        return _act(request, duty)
    user = request.user
    is_draft, own = duty.state == Record.State.DRAFT, duty.drafted_by_id == user.pk
    context = {
        "record": duty,
        "article": article(duty.path, duty.document),
        "heir": duty.replaced_by.exclude(state=Record.State.DRAFT).first(),
        "is_draft": is_draft,
        "own": own,
        "may_adopt": is_draft and may(user, Permission.LAW_ADOPT) and not own,
        "may_edit": may(user, Permission.LAW_DRAFT) and duty.state != Record.State.SUPERSEDED,
        "may_verify": may(user, Permission.LAW_DRAFT) and not duty.verified and not (is_draft and own),
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
    copy = LocalDuty.objects.get(pk=pk)
    copy.pk, copy.replaces_id = None, pk
    copy._state.adding = True
    copy.verified_by = copy.verified_at = copy.adopted_by = copy.adopted_at = None
    copy.certainty = LocalDuty._meta.get_field("certainty").default
    return _edit(request, copy)


def _edit(request: HttpRequest, duty: LocalDuty) -> HttpResponse:
    version = request.POST.get("version") or records.version_of(duty)
    form = DutyForm(request.POST or None, instance=duty)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.draft_duty(request.user, form.instance, version)
        except records.ChangedMeanwhile:
            form.add_error(None, _changed_meanwhile())
            version = records.version_of(LocalDuty.objects.get(pk=duty.pk))
        except ValidationError as refused:
            for name, reasons in refused.message_dict.items():
                form.add_error(name if name in form.fields else None, reasons)
        else:
            messages.success(request, _("Đã lưu dự thảo. Dự thảo chỉ có tác dụng khi được duyệt."))
            return redirect("law:duty", saved.pk)
    context = {"form": form, "record": duty, "version": version, "documents": offered_documents()}
    return render(request, "law/duty_form.html", context)


def _act(request: HttpRequest, duty: LocalDuty) -> HttpResponse:
    do = request.POST.get("do")
    try:
        if do == "adopt":
            actions.adopt_duty(request.user, duty.pk)
            messages.success(request, _("Đã duyệt. Yêu cầu này được rà soát từ nay."))
        elif do == "verify":
            records.verify(request.user, LocalDuty, duty.pk)
            messages.success(request, _("Đã ghi nhận: bạn đã đối chiếu với điều khoản."))
        elif do == "discard":
            records.discard(request.user, LocalDuty, duty.pk)
            messages.success(request, _("Đã bỏ dự thảo. Lịch sử vẫn giữ nội dung của nó."))
            return redirect("law:duties")
    except records.ChangedMeanwhile:
        messages.warning(request, _changed_meanwhile())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("law:duty", duty.pk)


def _find(request: HttpRequest, pk: int) -> LocalDuty:
    found = (
        LocalDuty.objects.select_related("document", "drafted_by", "adopted_by", "verified_by").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    if found.state == Record.State.DRAFT and not sees_drafts(request.user):
        raise PermissionDenied(_("Dự thảo chưa duyệt chỉ dành cho người soạn và người duyệt."))
    return found


def _changed_meanwhile() -> str:
    return _("Người khác vừa lưu hoặc duyệt bản này. Những gì bạn nhập vẫn còn; hãy xem lại rồi làm lần nữa.")
