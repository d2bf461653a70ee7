from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core import clock
from khuyencong.core.days import read_day
from khuyencong.core.lists import Chip, Select
from khuyencong.core.refusals import ChangedMeanwhile, attempt, press
from khuyencong.core.text import fold
from khuyencong.law.documents.forms.fields import offered_documents
from khuyencong.law.documents.queries.library import sees_drafts
from khuyencong.law.documents.records import Record
from khuyencong.law.eligibility import actions
from khuyencong.law.eligibility.forms import AreaForm, EndAreasForm
from khuyencong.law.eligibility.models import AreaStatus
from khuyencong.law.eligibility.queries import statuses_on
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.places.queries import current_communes


@needs(Permission.LAW_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """Every commune with what it counts as on a day, and the drafts that wait."""
    if request.method == "POST":
        return _act(request)
    today = clock.today()
    day = read_day(request.GET.get("day", "")) or today
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    communes = [
        unit for unit in current_communes(settings.PROVINCE_CODE) if all(w in unit.folded for w in fold(words).split())
    ]
    held: dict[int, list[AreaStatus]] = {}
    for one in statuses_on(day).select_related("document"):
        held.setdefault(one.unit_id, []).append(one)
    if kind in AreaStatus.Kind.values:
        communes = [unit for unit in communes if any(one.kind == kind for one in held.get(unit.pk, []))]
    elif kind == "none":
        communes = [unit for unit in communes if unit.pk not in held]
    drafts = AreaStatus.objects.filter(state=Record.State.DRAFT).select_related("unit", "document", "drafted_by")
    shown = [(str(value), str(label).capitalize()) for value, label in AreaStatus.Kind.choices]
    select = Select("kind", _("Diện"), [*shown, ("none", _("Không thuộc diện nào"))], kind)
    chips = [Chip("kind", dict(select.choices).get(kind, kind))] if kind else []
    context = {
        "rows": [(unit, held.get(unit.pk, [])) for unit in communes],
        "any": bool(held),
        "day": day,
        "is_today": day == today,
        "select": select,
        "words": words,
        "chips": [Chip("q", _("Tìm: %(text)s") % {"text": words}), *chips] if words else chips,
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
    pks = [int(text) for text in request.POST.getlist("status") if text.isdigit()]
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
