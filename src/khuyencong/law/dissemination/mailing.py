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
    title = _("Gửi thư: %(document)s") % {"document": dispatch.document}
    return redirect("job", jobs.start(request.user, title, send, dispatch=dispatch.pk, root=_root(request)).pk)


@jobs.work
def send(run: jobs.Run, dispatch: int, root: str) -> str:
    """Mail whoever has not been mailed: begun again, it goes on where it ended."""
    actions.mail(Dispatch.objects.get(pk=dispatch), _links(root), run.progress)
    return reverse("law:dispatch", args=[dispatch])


def link_of(request: HttpRequest) -> Callable[[Delivery], str]:
    """The public address of a delivery, as this installation is reached from outside."""
    return _links(_root(request))


def _links(root: str) -> Callable[[Delivery], str]:
    return lambda delivery: root + reverse("law:read", args=[delivery.token])


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
