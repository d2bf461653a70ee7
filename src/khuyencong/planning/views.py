from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning import actions
from khuyencong.planning.forms import PlanLineForm
from khuyencong.planning.models import PlanLine


@needs(Permission.PROJECTS_VIEW)
def lines(request: HttpRequest) -> HttpResponse:
    """The lines of one year: given, committed, spent, left, by fund."""
    years = list(PlanLine.objects.values_list("year", flat=True).distinct().order_by("-year"))
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else (years[0] if years else timezone.localdate().year)
    found = PlanLine.objects.filter(year=year).select_related("activity").order_by("fund", "name")
    context = {
        "year": year,
        "years": years,
        "lines": found,
        "sums": found.aggregate(amount=Sum("amount"), committed=Sum("committed"), disbursed=Sum("disbursed")),
        "changing": may(request.user, Permission.PLAN_EDIT),
    }
    return render(request, "planning/lines.html", context)


@needs(Permission.PLAN_EDIT)
def line(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter or change a line."""
    present = get_object_or_404(PlanLine, pk=pk) if pk else None
    form = PlanLineForm(request.POST or None, instance=present)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_line(request.user, pk, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("Đã lưu dòng kế hoạch."))
            return redirect(f"{reverse('planning:lines')}?year={saved.year}")
    return render(request, "planning/line.html", {"form": form, "line": present})
