from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.law.dissemination import actions, queries
from khuyencong.law.dissemination.models import Delivery
from khuyencong.law.documents.queries.documents import Reading
from khuyencong.law.documents.queries.standing import edition_of
from khuyencong.people.guard import needs, public
from khuyencong.people.rules import Permission


@needs(Permission.LAW_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """What was sent to the person. The page itself says that it was shown: see law/unread.html."""
    if request.method == "POST":
        actions.receive(request.user)
        return HttpResponse(status=204)
    return render(request, "law/inbox.html", {"inbox": queries.inbox(request.user)})


@needs(Permission.LAW_VIEW)
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a document that was sent to the person, and say that it was understood."""
    delivery = queries.own(request.user, pk)
    if request.method == "POST":
        if request.POST.get("do") == "confirm":
            actions.confirm(request.user, pk)
            messages.success(request, _("Đã ghi nhận: bạn đã đọc và hiểu văn bản này."))
            return redirect("law:reading", pk)
        actions.open_(request.user, pk)
        return HttpResponse(status=204)
    return render(request, "law/reading.html", _document(delivery))


@public
def read(request: HttpRequest, token: UUID) -> HttpResponse:
    """The same for somebody without an account, by the link they were sent.

    Opening is told by the page, not by the request for it: a messenger that fetches a preview has read nothing.
    """
    delivery = queries.by_token(token)
    if request.method == "POST":
        if request.POST.get("do") == "confirm":
            actions.confirm_link(token)
            return redirect("law:read", token)
        actions.open_link(token)
        return HttpResponse(status=204)
    response = render(request, "law/read.html", _document(delivery))
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


def _document(delivery: Delivery) -> dict[str, Any]:
    edition = edition_of(delivery.dispatch.document)
    shown = Reading(edition, clock.today()) if edition else None
    return {
        "delivery": delivery,
        "dispatch": delivery.dispatch,
        "edition": edition,
        "reading": shown,
        "text": shown.text() if shown else [],
    }
