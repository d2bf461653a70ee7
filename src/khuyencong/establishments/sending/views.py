from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from khuyencong.core.refusals import attempt
from khuyencong.establishments.listing import registry_list
from khuyencong.establishments.sending import queries
from khuyencong.law.dissemination import actions as dissemination
from khuyencong.law.dissemination.forms import SendForm
from khuyencong.law.dissemination.mailing import after_sending
from khuyencong.law.documents.forms.fields import offered_documents
from khuyencong.law.models import Dispatch
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.LAW_SEND)
def send(request: HttpRequest) -> HttpResponse:
    """Send a document to the establishments of the list as it is filtered."""
    params = request.GET.dict()
    found = queries.chosen(request.user, params)
    form = SendForm(request.POST or None, initial={"document": request.GET.get("document", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done := attempt(
            form,
            lambda: dissemination.send(
                request.user,
                data["document"],
                Dispatch.Audience.ESTABLISHMENTS,
                queries.recipients(found),
                data["message"],
            ),
        ):
            n = done.result.deliveries.count()
            messages.success(request, ngettext("Đã gửi đến %(n)s cơ sở.", "Đã gửi đến %(n)s cơ sở.", n) % {"n": n})
            return after_sending(request, done.result)
    context = {
        "form": form,
        "documents": offered_documents(),
        "chips": [one for one in registry_list(request.user).show(params).chips if one.name != "status"],
        "count": found.count(),
        "with_mail": found.exclude(email="").count(),
        "with_phone": found.filter(email="").exclude(phone="").count(),
        "without": found.filter(Q(email="") & Q(phone="")).count(),
        "some": found[:5],
    }
    return render(request, "establishments/send.html", context)
