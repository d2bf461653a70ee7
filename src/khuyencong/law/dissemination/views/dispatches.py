from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core import clock, mails
from khuyencong.core.addresses import number_in
from khuyencong.core.files import downloads
from khuyencong.core.history import sentences
from khuyencong.core.refusals import attempt
from khuyencong.law.dissemination import actions, queries
from khuyencong.law.dissemination.forms import AudienceForm
from khuyencong.law.dissemination.listing import delivery_list, dispatch_list, unreached_list
from khuyencong.law.dissemination.mailing import after_sending, link_of
from khuyencong.law.dissemination.models import Dispatch
from khuyencong.law.dissemination.queries import Recipient
from khuyencong.law.dissemination.sheet import unreached_workbook
from khuyencong.law.documents.forms.fields import offered_documents
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_province

INBOX = 50


@needs(Permission.LAW_VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """What was sent and how far it came, for those who send; what came to the person, for everybody."""
    context: dict[str, Any] = {"inbox": queries.inbox(request.user)[:INBOX]}
    if may(request.user, Permission.LAW_SEND):
        context["list"] = dispatch_list().show(request.GET)
    return render(request, "law/dissemination.html", context)


@needs(Permission.LAW_SEND)
def send(request: HttpRequest) -> HttpResponse:
    """Send a document to officers or communes."""
    audiences = _audiences(request)
    initial = {"document": request.GET.get("document", ""), "audience": Dispatch.Audience.COMMUNES}
    form = AudienceForm(_told(audiences), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        recipients = audiences[data["audience"]]
        if data["audience"] == Dispatch.Audience.COMMUNES and data["only"]:
            recipients = queries.commune_officers(_province(), clock.today(), frozenset(data["only"]))
        if done := attempt(
            form, lambda: actions.send(request.user, data["document"], data["audience"], recipients, data["message"])
        ):
            n = done.result.deliveries.count()
            messages.success(request, ngettext("Đã gửi đến %(n)s nơi.", "Đã gửi đến %(n)s nơi.", n) % {"n": n})
            return after_sending(request, done.result)
    return render(request, "law/dispatch_form.html", {"form": form, "documents": offered_documents()})


@needs(Permission.LAW_SEND)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispatch: who received, opened and understood; telling somebody by telephone is recorded here."""
    dispatch = queries.get(pk)
    if request.method == "POST":
        return _tell(request, dispatch)
    context = {
        "dispatch": dispatch,
        "list": delivery_list(dispatch, link_of(request)).show(request.GET),
        "stages": _stages(),
        "mails_stay": not mails.leave() and bool(actions.mailable(dispatch)),
        "history": sentences(dispatch) if may(request.user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "law/dispatch.html", context)


@needs(Permission.LAW_SEND)
def unreached(request: HttpRequest) -> HttpResponse:
    """Who has not been reached, over everything that was sent."""
    shown = unreached_list(link_of(request)).show(request.GET)
    context = {"list": shown, "stages": _stages(), "stage_label": _stages()[shown.asked["stage"]]}
    return render(request, "law/unreached.html", context)


@needs(Permission.LAW_SEND)
def download(request: HttpRequest) -> HttpResponse:
    """The people who were not reached, as a workbook to telephone by."""
    address = link_of(request)
    listing = unreached_list(address)
    stage = listing.asked(request.GET)["stage"]
    content = unreached_workbook(listing.found(request.GET), _stages()[stage], address)
    return downloads.download(content, f"chua-toi-{stage}-{clock.today():%Y%m%d}.xlsx")


def _tell(request: HttpRequest, dispatch: Dispatch) -> HttpResponse:
    delivery = dispatch.deliveries.filter(pk=number_in(request.POST.get("told"))).first()
    if delivery is None:
        raise Http404
    actions.tell(request.user, delivery.pk)
    messages.success(request, _("Đã ghi: %(name)s đã nhận.") % {"name": delivery.name})
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else request.path)


def _stages() -> dict[str, str]:
    return {"delivered": _("Chưa nhận"), "opened": _("Chưa mở"), "confirmed": _("Chưa xác nhận đã hiểu")}


def _audiences(request: HttpRequest) -> dict[str, list[Recipient]]:
    province, today = _province(), clock.today()
    return {
        str(Dispatch.Audience.OFFICERS): queries.officers(province, today, but=request.user),
        str(Dispatch.Audience.COMMUNES): queries.commune_officers(province, today),
    }


def _told(audiences: dict[str, list[Recipient]]) -> dict[str, str]:
    told = {}
    for audience, recipients in audiences.items():
        people = sum(one.user is not None for one in recipients)
        told[audience] = ngettext("%(n)s người", "%(n)s người", people) % {"n": people}
        if len(recipients) > people:
            told[audience] += _("; %(n)s xã, phường chưa có tài khoản, sẽ báo qua điện thoại hoặc đường dẫn") % {
                "n": len(recipients) - people
            }
    return told


def _province() -> Unit:
    found = current_province(settings.PROVINCE_CODE)
    if found is None:
        raise Http404
    return found
