from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.addresses import numbers_in
from khuyencong.core.changed_meanwhile import somebody_was_faster
from khuyencong.core.files.downloads import download
from khuyencong.core.refusals import ChangedMeanwhile, attempt
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.adopt import plan_problems
from khuyencong.planning.forms.decision import DecisionForm
from khuyencong.planning.queries import plans as planning
from khuyencong.projects.plan_lines import actions, queries
from khuyencong.projects.plan_lines.annex import annex as word_of


@needs(Permission.PROJECTS_VIEW)
def build(request: HttpRequest, year: int) -> HttpResponse:
    """Choose approved proposals into a draft: proposed by priority, put in and taken out by hand, kept as lines."""
    plan = planning.get_plan(year)
    if plan.adopted:
        return redirect("planning:plan", year)
    drafting = may(request.user, Permission.PLAN_DRAFT)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            actions.save_choice(request.user, plan.pk, _keys(request.POST), request.POST.get("version"))
        except ValidationError as refused:
            problems = refused.messages
        except ChangedMeanwhile:
            problems, status = [somebody_was_faster()], 409
        else:
            messages.success(request, _("Đã lưu các đề án được chọn; các dòng kế hoạch đã lập theo nguồn và nội dung."))
            return redirect("planning:plan", year)
    found = queries.scored(queries.candidates(request.user), clock.today())
    funds = queries.funds_of(plan)
    known = {one.project.pk for one in found}
    saved = {one.project.pk for one in found if one.project.plan_line_id and one.project.plan_line.plan_id == plan.pk}
    by_rule = queries.proposed(found, funds)
    given = request.POST if request.method == "POST" else request.GET
    if "shown" in given:
        picked = _keys(given) & known
    else:
        picked = by_rule if "propose" in request.GET or not saved else saved
    context = {
        "plan": plan,
        "version": queries.choice_mark(plan),
        "funds": queries.table(found, funds, picked),
        "any": bool(found),
        "later": list(queries.later(request.user)),
        "drafting": drafting,
        "unsaved": picked != saved,
        "is_rule": picked == by_rule,
        "problems": problems,
    }
    template = "projects/in_plan/choice.html" if request.htmx else "projects/in_plan/build.html"
    return render(request, template, context, status=status)


@needs(Permission.PLAN_EDIT)
def adopt(request: HttpRequest, year: int) -> HttpResponse:
    """Put the plan of a year in force, with its projects."""
    plan = planning.get_plan(year)
    if plan.adopted:
        return redirect("planning:plan", year)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.adopt(request.user, plan.pk, form.decision_given()), denied=True):
            messages.success(
                request, _("Đã ban hành kế hoạch năm %(year)s; các đề án trong kế hoạch đã được giao.") % {"year": year}
            )
            return redirect("planning:plan", year)
    chosen = list(queries.in_plan(plan).order_by("fund", "code"))
    context = {
        "plan": plan,
        "form": form,
        "projects": chosen,
        "support": sum(one.support_amount for one in chosen),
        "funds": planning.by_fund(plan),
        "basis": planning.basis_of(plan, clock.today()),
        "problems": plan_problems(plan),
    }
    return render(request, "projects/in_plan/adopt.html", context)


@needs(Permission.PROJECTS_VIEW)
def annex(request: HttpRequest, year: int) -> HttpResponse:
    """The annex of the plan as a Word file."""
    return download(word_of(planning.get_plan(year)), f"phu-luc-ke-hoach-{year}.docx")


def _keys(given: QueryDict) -> set[int]:
    return set(numbers_in(given.getlist("pick")))
