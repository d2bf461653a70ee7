from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock
from khuyencong.core.days import read_day
from khuyencong.core.history import sentences
from khuyencong.core.refusals import press
from khuyencong.law.documents import resting
from khuyencong.law.documents import status_wording as wording
from khuyencong.law.documents import wording as document_wording
from khuyencong.law.documents.actions import editions as actions
from khuyencong.law.documents.models import Edition, LegalDocument
from khuyencong.law.documents.queries import documents
from khuyencong.law.documents.queries import relations as relation_queries
from khuyencong.law.documents.queries.library import may_verify
from khuyencong.law.documents.records import Certainty, Record
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

TABS = ("text", "relations", "resting")
GRAPH_SIDE = 12  # documents drawn on each side; the table below tells all


@needs(Permission.LAW_VIEW)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """A document on a day: facts, time line, text, relations, what rests on it, history."""
    try:
        edition = documents.get(code)
    except Http404:
        return _only_draft(request, code)
    asked = request.GET.get("day", "")
    day = read_day(asked) or clock.today()
    if asked and read_day(asked) is None:
        messages.warning(request, _("Không đọc được ngày “%(day)s”; đang xem hôm nay.") % {"day": asked})
    tab = request.GET.get("tab", "text")
    reading = documents.Reading(edition, day)
    draft = documents.draft_of(edition)
    links = relation_queries.links(edition, day)
    resting_on = resting.on(edition.document)
    context = {
        "edition": edition,
        "name": document_wording.name(edition, edition.document),
        "day": day,
        "is_today": day == clock.today(),
        "asked": bool(asked),
        "reading": reading,
        "reasons": wording.status_reasons(reading.standing),
        "moments": _moments(reading),
        "tab": tab if tab in TABS else TABS[0],
        "draft": draft if documents.sees_drafts(request.user) else None,
        "links": links,
        "resting": resting_on,
        "tags": [tag for tag in edition.tags.split(", ") if tag],
        "in_force_verified": edition.in_force_certainty == Certainty.READ or edition.verified_by_id is not None,
        "summaries": edition.provisions.filter(is_summary=True).exists(),
        "checked": wording.checked(
            clock.day_of(edition.verified_at) if edition.verified_at else None, reading.standing.effects
        ),
        "may_verify": edition.verified_by_id is None and may_verify(request.user, edition),
    }
    if context["tab"] == "text":
        context["text"] = reading.text()
    elif context["tab"] == "relations":
        context["graph"] = graph(relation_queries.neighbours(links, day))
    if may(request.user, Permission.HISTORY_VIEW):
        context["history"] = sentences(edition.document)
    context["editions"] = edition.document.editions.exclude(state=Record.State.DRAFT).order_by("-version")
    return render(request, "law/document.html", context)


@needs(Permission.LAW_VIEW)
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file of an edition as it was uploaded."""
    edition = documents.edition(request.user, pk)
    if not edition.file or not edition.file.storage.exists(edition.file.name):
        raise Http404
    return FileResponse(edition.file.open("rb"), as_attachment=True, filename=edition.file_name or edition.file.name)


@require_POST
@needs(Permission.LAW_DRAFT)
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a correction: a draft with everything copied; goes on with the draft that is there already."""
    edition = documents.get(code)
    draft = documents.draft_of(edition)
    if draft is None:
        told = _("Đã chép toàn bộ bản ghi thành dự thảo. Bản đang dùng không đổi cho tới khi duyệt.")
        done = press(request, lambda: actions.copy_edition(request.user, edition), told)
        if not done:
            return redirect("law:document", code)
        draft = done.result
    return redirect("law:edition_edit", draft.pk)


@dataclass(frozen=True)
class Side:
    """One side of the graph: what is drawn, how high each line ends (in percent), how many are left out."""

    boxes: list[tuple[relation_queries.Neighbour, float]]
    more: int

    @classmethod
    def of(cls, found: list[relation_queries.Neighbour]) -> "Side":
        """The first documents of a side, in rows of one height."""
        drawn = found[:GRAPH_SIDE]
        return cls(
            [(one, round((row + 0.5) * 100 / len(drawn), 2)) for row, one in enumerate(drawn)], len(found) - len(drawn)
        )


def graph(found: list[relation_queries.Neighbour]) -> dict[str, Side]:
    """What stands left and right of the document."""
    return {
        "up": Side.of([one for one in found if one.links[0].upstream]),
        "down": Side.of([one for one in found if not one.links[0].upstream]),
    }


def _moments(reading: documents.Reading) -> list[dict[str, object]]:
    """The time line; ``now``: the entry whose state holds on the day shown."""
    found = reading.moments()
    past = [one.day for one in found if one.day <= reading.day]
    return [
        {
            "day": one.day,
            "label": document_wording.moment_day(one, reading.edition),
            "standing": one.standing,
            "words": document_wording.moment(one, reading.edition),
            "now": bool(past) and one.day == past[-1],
        }
        for one in found
    ]


def _only_draft(request: HttpRequest, code: str) -> HttpResponse:
    """A document that was never adopted: to its draft, for those who may see it."""
    document = LegalDocument.objects.filter(code=code).first()
    draft = Edition.objects.filter(document=document, state=Record.State.DRAFT).first() if document else None
    if draft is None or not documents.sees_drafts(request.user):
        raise Http404
    return redirect("law:edition", draft.pk)
