from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core import clock
from khuyencong.core.refusals import attempt
from khuyencong.people import assignments
from khuyencong.people.guard import needs
from khuyencong.people.models import User
from khuyencong.people.rules import Permission
from khuyencong.work import actions, handover
from khuyencong.work.context import current_work
from khuyencong.work.reminders import unreached


class HandOverForm(forms.Form):
    """From whom, to whom."""

    old = forms.ModelChoiceField(
        label=gettext_lazy("Người giao"), queryset=User.objects.order_by("full_name"), empty_label=gettext_lazy("chọn")
    )
    new = forms.ModelChoiceField(
        label=gettext_lazy("Người nhận"),
        queryset=User.objects.filter(is_active=True).order_by("full_name"),
        empty_label=gettext_lazy("chọn"),
    )
    leaving = forms.BooleanField(
        label=gettext_lazy("Người giao nghỉ việc: kết thúc vai trò và khóa tài khoản"), required=False
    )


@needs(Permission.HOME_VIEW)
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that waits for me."""
    return render(request, "work/mine.html", {"work": current_work(request.user), "unreached": unreached(request.user)})


@needs(Permission.HOME_VIEW)
def count(request: HttpRequest) -> HttpResponse:
    """The number in the top bar, for a page that came before it was counted."""
    return render(request, "work/count.html", {"work": current_work(request.user), "comes": True})


@needs(Permission.HOME_VIEW)
def summary(request: HttpRequest) -> HttpResponse:
    """What waits for me, for the home page; and the number in the top bar with it."""
    return render(request, "work/summary_comes.html", {"work": current_work(request.user)})


@needs(Permission.WORK_HAND_OVER)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand all work of one person to another: look first, then confirm."""
    form = HandOverForm(request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        old, new, leaving = form.cleaned_data["old"], form.cleaned_data["new"], form.cleaned_data["leaving"]
        if "confirm" in request.POST:
            if done := attempt(form, lambda: actions.hand_over(request.user, old, new, leaving)):
                messages.success(request, _("Đã chuyển %(n)s việc từ %(old)s sang %(new)s.") % {
                    "n": done.result, "old": old, "new": new})  # fmt: skip
                return redirect("work:hand_over")
        else:
            held = handover.charges(old)
            preview = {
                "charges": [(one.name, list(one.rows)) for one in held],
                "communes": list(assignments.assigned_on(clock.today()).filter(user=old).select_related("unit")),
                "sheets": list(handover.sheets(old)),
                "problems": handover.unfit(new, held),
            }
            preview["nothing"] = not preview["communes"] and not any(rows for _name, rows in preview["charges"])
    return render(request, "work/hand_over.html", {"form": form, "preview": preview})
