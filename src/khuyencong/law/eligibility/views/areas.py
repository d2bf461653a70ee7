from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.days import read_day
from khuyencong.core.forms import refuse
from khuyencong.core.versions import ChangedMeanwhile
from khuyencong.law.documents.forms.fields import offered_documents
from khuyencong.law.documents.queries.library import sees_drafts
from khuyencong.law.documents.records import Record
from khuyencong.law.eligibility import actions
from khuyencong.law.eligibility.forms import AreaForm, EndAreasForm
from khuyencong.law.eligibility.listing import area_list
from khuyencong.law.eligibility.models import AreaStatus
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission


@needs(Permission.LAW_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """Every commune with what it counts as on a day, and the drafts that wait."""
    if request.method == "POST":
        return _act(request)
    today = timezone.localdate()
    day = read_day(request.GET.get("day", "")) or today
    listing = area_list(request.GET, today)
    drafts = AreaStatus.objects.filter(state=Record.State.DRAFT).select_related("unit", "document", "drafted_by")
    context = {
        "list": listing.show(request.GET),
        "any": any(one.statuses for one in listing.rows),
        "day": day,
        "is_today": day == today,
        "drafts": list(drafts) if sees_drafts(request.user) else [],
        "may_adopt": may(request.user, Permission.LAW_ADOPT),
        "end_form": EndAreasForm(),
    }
    return render(request, "law/areas.html", context)


@needs(Permission.LAW_DRAFT)
def add(request: HttpRequest) -> HttpResponse:
    """Draft a list of communes."""
    form = AreaForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.draft_areas(
                request.user,
                data["kind"],
                data["chosen"],
                data["valid_from"],
                data["valid_to"],
                data["document"],
                data["source"],
                data["whole_list"],
            )
        except ValidationError as refused:
            refuse(form, refused)
        else:
            told = ngettext(
                "Đã soạn %(n)s dòng, chờ lãnh đạo duyệt.", "Đã soạn %(n)s dòng, chờ lãnh đạo duyệt.", len(made)
            )
            messages.success(request, told % {"n": len(made)})
            return redirect("law:areas")
    return render(request, "law/areas_form.html", {"form": form, "documents": offered_documents()})


def _act(request: HttpRequest) -> HttpResponse:
    pks = [int(text) for text in request.POST.getlist("status") if text.isdigit()]
    do = request.POST.get("do")
    if not pks:
        messages.error(request, _("Chưa chọn dòng nào."))
        return redirect("law:areas")
    try:
        if do == "adopt":
            done = len(actions.adopt_areas(request.user, pks))
            messages.success(request, _("Đã duyệt %(n)s dòng.") % {"n": done})
        elif do == "discard":
            messages.success(request, _("Đã bỏ %(n)s dòng dự thảo.") % {"n": actions.discard_areas(request.user, pks)})
        elif do == "verify":
            messages.success(request, _("Đã xác minh %(n)s dòng.") % {"n": actions.verify_areas(request.user, pks)})
        elif do == "end":
            form = EndAreasForm(request.POST)
            if not form.is_valid():
                messages.error(request, " ".join(form.errors["last"]))
                return redirect("law:areas")
            done = len(actions.end_areas(request.user, pks, form.cleaned_data["last"]))
            messages.success(request, _("Đã soạn %(n)s dòng kết thúc, chờ lãnh đạo duyệt.") % {"n": done})
    except (ChangedMeanwhile, AreaStatus.DoesNotExist):
        messages.warning(request, _("Có dòng vừa được người khác duyệt hoặc bỏ; chưa dòng nào thay đổi. Hãy xem lại."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("law:areas")
