import json
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from khuyencong.core import drafts as draft_store
from khuyencong.core import jobs
from khuyencong.core.forms import DayField, WholeField
from khuyencong.core.kit_list import sample_list
from khuyencong.core.queue.alive import any_lives
from khuyencong.core.queue.models import Job
from khuyencong.core.requests import HtmxRequest, held_to, person


@held_to("signed-in")
def job(request: HtmxRequest, pk: UUID) -> HttpResponse:
    """The progress of a job, for the person who started it; goes on to the result when it is done."""
    found = _mine(request, pk)
    if found.state == Job.State.DONE and found.next_url:
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": found.next_url})
        return redirect(found.next_url)
    context = {
        "job": found,
        "percent": round(found.share * 100),
        "ahead": jobs.ahead_of(found) if found.state == Job.State.WAITING else 0,
        "nobody_works": found.state == Job.State.WAITING and not any_lives(),
        "look_again": jobs.look_again(found.asked),
        "earlier": jobs.files_of(person(request)).exclude(pk=found.pk)[:10] if found.file else (),
        "days": jobs.KEPT_DAYS,
    }
    return render(request, "core/job_progress.html" if request.htmx else "core/job.html", context)


@held_to("signed-in")
@require_POST
def job_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a job off, by the person who started it."""
    jobs.stop(_mine(request, pk))
    return redirect("job", pk)


@held_to("signed-in")
@require_POST
def job_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try once more what failed or was stopped, by the person who started it."""
    jobs.again(_mine(request, pk))
    return redirect("job", pk)


@held_to("signed-in")
def job_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file that a job made, for the person who started it."""
    found = _mine(request, pk)
    if not found.file:
        raise Http404
    return FileResponse(found.file.open(), as_attachment=True, filename=found.file_name)


def _mine(request: HttpRequest, pk: UUID) -> Job:
    found = get_object_or_404(Job, pk=pk)
    if found.owner_id != request.user.pk:
        raise PermissionDenied(_("Việc này do người khác khởi động."))
    return found


class KitForm(forms.Form):
    """A form with one of each control, shown with its errors."""

    name = forms.CharField(label=gettext_lazy("Tên cơ sở"), help_text=gettext_lazy("Như trong giấy đăng ký."))
    amount = WholeField(label=gettext_lazy("Kinh phí hỗ trợ"))
    form = forms.ChoiceField(
        label=gettext_lazy("Loại hình"),
        required=False,
        choices=[("", "—"), ("1", gettext_lazy("Hợp tác xã"))],
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Nội dung hỗ trợ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", gettext_lazy("Đào tạo nghề")), ("2", gettext_lazy("Máy móc, thiết bị"))],
    )
    why = forms.ChoiceField(
        label=gettext_lazy("Vì sao thay"),
        widget=forms.RadioSelect,
        choices=[("1", gettext_lazy("Quy định thay đổi")), ("2", gettext_lazy("Bản cũ ghi sai"))],
    )
    day = DayField(label=gettext_lazy("Từ ngày"), required=False)
    file = forms.FileField(label=gettext_lazy("Tệp số liệu"), required=False)
    active = forms.BooleanField(label=gettext_lazy("Đang hoạt động"), required=False)


@held_to("kit.view")
def kit(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    form = KitForm({"name": "", "amount": "mười"})
    notes = [
        ("info", "info-circle"),
        ("done", "check-circle-fill"),
        ("needs", "hourglass-split"),
        ("wrong", "x-circle-fill"),
    ]
    shown = {"amount": 1_250_000_000, "form": form, "notes": notes, "list": sample_list().show(request.GET)}
    return render(request, "core/kit.html", shown)


@held_to("signed-in")
def drafts(request: HttpRequest) -> HttpResponse:
    """What this person typed and did not save: GET gives it, POST keeps it, DELETE throws it away."""
    owner, key = person(request).pk, request.GET.get("key", "")
    if request.method == "POST":
        try:
            draft_store.keep(owner, json.loads(request.body))
        except draft_store.AlreadySaved:
            return HttpResponse(status=410)
        except (draft_store.Refused, ValueError, RecursionError):
            return HttpResponse(status=400)
        return HttpResponse(status=204)
    if request.method == "DELETE":
        draft_store.drop(owner, key)
        return HttpResponse(status=204)
    found = draft_store.kept(owner, key)
    return JsonResponse({"pairs": found.pairs, "at": int(found.at.timestamp() * 1000)} if found else {})
