from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.addresses import year_in
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.planning.models import AnnualPlan, Fund, PlanState
from khuyencong.planning.queries.plans import get_plan
from khuyencong.reports.execution import queries

# How the projects are told apart; the first is what opens.
VIEWS = ("lines", "contents", "places", "months")


@needs(Permission.PROJECTS_VIEW)
def now(request: HttpRequest) -> HttpResponse:
    """The execution of the year asked for, else of this year's plan, or of the latest one before."""
    if asked := year_in(request.GET.get("year")):
        return redirect("execution:year", asked)
    adopted = AnnualPlan.objects.filter(state=PlanState.ADOPTED)
    latest = adopted.filter(year__lte=clock.today().year).order_by("-year").first()
    latest = latest or adopted.order_by("year").first()
    if latest is not None:
        return redirect("execution:year", latest.year)
    return render(request, "reports/execution/none.html")


@needs(Permission.PROJECTS_VIEW)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """How far the money of a year's plan went, by line, content, place and month; where it is heading."""
    plan = get_plan(year)
    if not plan.adopted:
        return redirect("planning:plan", year)
    found = queries.execution(request.user, plan, clock.today())
    view = request.GET.get("by", VIEWS[0])
    view = view if view in VIEWS else VIEWS[0]
    years = list(AnnualPlan.objects.filter(state=PlanState.ADOPTED).order_by("-year").values_list("year", flat=True))
    context = {
        "plan": plan,
        "found": found,
        "view": view,
        "rows": {"lines": found.lines, "contents": found.contents, "places": found.places}.get(view, ()),
        "years": years,
        "head": {"lines": _("Dòng kế hoạch"), "contents": _("Nội dung"), "places": _("Xã, phường")}.get(view, ""),
        "goals": [(one, one.words()) for one in found.goals],
        "shares": [
            (str(fund.label), None if share is None else float(100 * share))
            for fund in Fund
            for share in [found.shares[fund.value]]
        ],
        "running": plan.year == clock.today().year,
        "ended": plan.year < clock.today().year,
    }
    return render(request, "reports/execution/year.html", context)
