"""Mails of a dispatch leave in the background; the page shows how far it is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import jobs
from khuyencong.law.dissemination import actions
from khuyencong.law.dissemination.models import Delivery, Dispatch
from khuyencong.people.guard import SignedInRequest


def after_sending(request: SignedInRequest, dispatch: Dispatch) -> HttpResponse:
    """On to the dispatch; through the progress of its mails when there are any."""
    card = reverse("law:dispatch", args=[dispatch.pk])
    if not actions.mailable(dispatch):
        return redirect(card)
    address = link_of(request)

    def work(progress: jobs.Progress) -> str:
        actions.mail(dispatch, address, progress)
        return card

    job = jobs.start(request.user, _("Gửi thư: %(document)s") % {"document": dispatch.document}, work)
    return redirect("job", job.pk)


def link_of(request: HttpRequest) -> Callable[[Delivery], str]:
    """The public address of a delivery, as this installation is reached from outside."""
    root = request.build_absolute_uri("/").rstrip("/")
    return lambda delivery: root + reverse("law:read", args=[delivery.token])
