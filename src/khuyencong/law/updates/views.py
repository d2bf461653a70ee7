from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core.refusals import press
from khuyencong.law.documents.models import ReferenceUpdate
from khuyencong.law.updates import actions, queries
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.LAW_DRAFT)
def overview(request: HttpRequest) -> HttpResponse:
    """What the last update of the reference data changed, and what it left as an officer has it."""
    update = ReferenceUpdate.objects.select_related("seen_by").first()
    context = {"update": update}
    if update is not None:
        context |= {name: queries.rows(request.user, update, name) for name in ("kept", "applied", "added")}
    return render(request, "law/updates.html", context)


@require_POST
@needs(Permission.LAW_DRAFT)
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was looked at: it leaves the work lists."""
    get_object_or_404(ReferenceUpdate, pk=pk)
    press(request, lambda: actions.look_through(request.user, pk), _("Đã ghi là đã xem."))
    return redirect("law:updates")
