from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core import clock
from khuyencong.core.addresses import numbers_in
from khuyencong.core.days import read_day
from khuyencong.core.refusals import ChangedMeanwhile, attempt, press
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
    today = clock.today()
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
        if done := attempt(
            form,
            lambda: actions.draft_areas(
                request.user,
                data["kind"],
                data["chosen"],
                data["valid_from"],
                data["valid_to"],
                data["document"],
                data["source"],
                data["whole_list"],
            ),
        ):
            told = ngettext(
                "Đã soạn %(n)s dòng, chờ lãnh đạo duyệt.", "Đã soạn %(n)s dòng, chờ lãnh đạo duyệt.", len(done.result)
            )
            messages.success(request, told % {"n": len(done.result)})
            return redirect("law:areas")
    return render(request, "law/areas_form.html", {"form": form, "documents": offered_documents()})


def _act(request: HttpRequest) -> HttpResponse:
    pks = numbers_in(request.POST.getlist("status"))
    do = request.POST.get("do")
    if not pks:
        messages.error(request, _("Chưa chọn dòng nào."))
        return redirect("law:areas")
    try:
        if do == "adopt":
            told = _("Đã duyệt %(n)s dòng.")
            press(request, lambda: actions.adopt_areas(request.user, pks), lambda made: told % {"n": len(made)})
        elif do == "discard":
            told = _("Đã bỏ %(n)s dòng dự thảo.")
            press(request, lambda: actions.discard_areas(request.user, pks), lambda n: told % {"n": n})
        elif do == "verify":
            told = _("Đã xác minh %(n)s dòng.")
            press(request, lambda: actions.verify_areas(request.user, pks), lambda n: told % {"n": n})
        elif do == "end":
            form = EndAreasForm(request.POST)
            if not form.is_valid():
                messages.error(request, " ".join(form.errors["last"]))
                return redirect("law:areas")
            told, last = _("Đã soạn %(n)s dòng kết thúc, chờ lãnh đạo duyệt."), form.cleaned_data["last"]
            press(request, lambda: actions.end_areas(request.user, pks, last), lambda made: told % {"n": len(made)})
    except (ChangedMeanwhile, AreaStatus.DoesNotExist):
        messages.warning(request, _("Có dòng vừa được người khác duyệt hoặc bỏ; chưa dòng nào thay đổi. Hãy xem lại."))
    return redirect("law:areas")
