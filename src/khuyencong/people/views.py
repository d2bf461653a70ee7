import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from khuyencong.core import clock
from khuyencong.core.forms import DayField
from khuyencong.core.refusals import attempt
from khuyencong.people import assignments as charge
from khuyencong.people.actions import addresses
from khuyencong.people.actions.assignments import assign_all, end
from khuyencong.people.guard import needs, public
from khuyencong.people.models import OfficerAssignment, User
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes


class AssignmentForm(forms.Form):
    """Who takes charge of which communes from when."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("Cán bộ"), queryset=User.objects.none(), empty_label=gettext_lazy("chọn")
    )
    units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Xã, phường"),
        queryset=Unit.objects.none(),
        help_text=gettext_lazy("Giữ phím Ctrl để chọn nhiều nơi."),
    )
    valid_from = DayField(label=gettext_lazy("Từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = charge.officers(clock.today())
        self.fields["units"].queryset = current_communes(settings.PROVINCE_CODE)
        self.fields["units"].widget.attrs["size"] = 8
        self.fields["valid_from"].initial = clock.today()


@public
def address(request: HttpRequest, proof: str) -> HttpResponse:
    """What the mail that checks an address leads to; looking at it confirms nothing yet."""
    found = addresses.asked(proof)
    if found and request.method == "POST":
        addresses.confirm(proof)
        return redirect("people:address", proof)
    user, told = found or (None, "")
    response = render(request, "people/address.html", {"address": told, "confirmed": user and user.email == told})
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Permission.WORK_HAND_OVER)
def assignments(request: HttpRequest) -> HttpResponse:
    """Who is in charge where; communes without anybody first."""
    form = AssignmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: assign_all(request.user, given["user"], given["units"], given["valid_from"])):
            messages.success(request, _("Đã phân công."))
            return redirect("people:assignments")
    found = charge.charges(clock.today())
    context = {"form": form, "charges": found, "without": sum(not one.now for one in found)}
    return render(request, "people/assignments.html", context)


@needs(Permission.WORK_HAND_OVER)
@require_POST
def end_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody stop being in charge of a commune, today being the last day."""
    get_object_or_404(OfficerAssignment, pk=pk)
    end(request.user, pk, clock.today() - dt.timedelta(days=1))
    messages.success(request, _("Đã ghi: không còn phụ trách."))
    return redirect("people:assignments")
