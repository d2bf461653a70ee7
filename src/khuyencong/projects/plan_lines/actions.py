"""Keeping the choice as lines of the draft, and adopting the plan: one transaction, all projects or none."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.money import vnd
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.adopt import Decision, Recalled, adopt_plan, keep_version
from khuyencong.planning.actions.locking import locked_draft
from khuyencong.planning.models import AnnualPlan, Commitment, PlanLine, PlanState
from khuyencong.projects.money.actions import choose_line
from khuyencong.projects.plan_lines.queries import candidates, choice_mark, funds_of, in_plan
from khuyencong.projects.record.models import Project
from khuyencong.projects.steps.actions import AlreadyTaken, Refused, take_step


def save_choice(user: User, plan_pk: int, keys: Collection[int], version: str | None = None) -> AnnualPlan:
    """Tie these approved proposals to lines of the draft, made by fund and content, and untie the others.

    Raises ValidationError when they pass the money of a fund, or when one of them may not be chosen any more;
    ChangedMeanwhile when somebody else has chosen since the person saw the choice (``version``).
    """
    with audit.writing(user):
        require(user, Permission.PLAN_DRAFT)
        plan = locked_draft(user, plan_pk)
        unchanged(plan, version, choice_mark)
        open_ones = {one.pk: one for one in candidates(user)}
        gone = set(keys) - set(open_ones)
        if gone:
            raise ValidationError(_("Có đề án vừa thay đổi nên không chọn được nữa; hãy tải lại trang và chọn lại."))
        chosen = [open_ones[key] for key in sorted(set(keys))]
        _refuse_over(plan, chosen)
        _untie(plan, {one.pk for one in chosen})
        lines = {(one.fund, one.activity_id): one for one in plan.lines.filter(from_proposals=True)}
        for project in chosen:
            key = (project.fund, project.activity_id)
            line = lines[key] = lines.get(key) or _new_line(plan, project)
            if project.plan_line_id != line.pk:
                choose_line(user, project.pk, line)
        _settle_lines(plan)
    return plan


def adopt(user: User, plan_pk: int, decision: Decision) -> AnnualPlan:
    """Put the plan in force; each project in it takes the step "plan", so that its money is committed.

    Raises ValidationError with every reason, of the plan or of a project; then nothing of it has happened.
    """
    with audit.writing(user):
        audit.alone()  # what is chosen stays so until it is done
        chosen = list(in_plan(AnnualPlan.objects.get(pk=plan_pk)).order_by("code"))
        plan = adopt_plan(user, plan_pk, decision, [_told(one) for one in chosen])
        refused = [words for one in chosen if (words := _plan(user, one, decision))]
        if refused:
            raise ValidationError(refused)
    return plan


def keep_what_stood() -> int:
    """Keep, as version 1, each plan that came into force before versions were kept; how many that were.

    Part of every upgrade: the first adjustment would else be kept as the first version, with the new amounts.
    """
    plans = AnnualPlan.objects.filter(state=PlanState.ADOPTED, versions=None)
    if not plans.exists():
        return 0
    with audit.writing(None):
        found = list(plans.select_for_update(of=("self",)))
        for plan in found:
            tied = Project.objects.filter(plan_line__plan=plan).order_by("code")
            with override("vi"):
                reason = _("Ghi lại khi nâng cấp: kế hoạch có trước khi hệ thống giữ các bản.")
            keep_version(None, plan, Recalled(plan.decision, plan.decided_on), reason, [_told(one) for one in tied])
    return len(found)


def _plan(user: User, project: Project, decision: Decision) -> str:
    """Take the step; why it could not be taken, naming the project."""
    try:
        take_step(user, project.pk, "plan", day=decision.day)
    except (Refused, AlreadyTaken, PermissionDenied) as why:
        return _("Đề án %(code)s (%(title)s): %(why)s") % {"code": project.code, "title": project.title, "why": why}
    return ""


def _told(project: Project) -> dict[str, Any]:
    return {
        "code": project.code,
        "title": project.title,
        "support": project.support_amount,
        "line": project.plan_line_id,
    }


def _refuse_over(plan: AnnualPlan, chosen: list[Project]) -> None:
    problems = []
    for fund in funds_of(plan):
        taken = sum(one.support_amount for one in chosen if one.fund == fund.fund)
        if taken and fund.budget is None:
            problems.append(_("Chưa ghi kinh phí của nguồn %(fund)s.") % {"fund": fund.name})
        elif taken > fund.available:
            problems.append(
                _("Các đề án được chọn của nguồn %(fund)s vượt kinh phí %(over)s; hãy bỏ bớt.")
                % {"fund": fund.name, "over": vnd(taken - fund.available)}
            )
    if problems:
        raise ValidationError(problems)


def _untie(plan: AnnualPlan, keys: set[int]) -> None:
    for project in Project.objects.select_for_update().filter(plan_line__plan=plan).exclude(pk__in=keys):
        before = audit.snapshot(project)
        project.plan_line = None
        project.save(update_fields=["plan_line"])
        # A project that was given up left a commitment of nothing.
        emptied = list(Commitment.objects.filter(project=project.pk, amount=0))
        gone = [audit.Change("delete", one, audit.snapshot(one), None) for one in emptied]
        Commitment.objects.filter(pk__in=[one.pk for one in emptied]).delete()
        audit.record([audit.Change("update", project, before, audit.snapshot(project)), *gone])


def _new_line(plan: AnnualPlan, project: Project) -> PlanLine:
    with override("vi"):  # what is kept must not depend on the language of the screen
        name = str(project.activity)[:180]
    if plan.lines.filter(fund=project.fund, name=name).exists():
        name = f"{name} (đề án)"
    line = PlanLine.objects.create(
        plan=plan, fund=project.fund, activity=project.activity, name=name, amount=0, from_proposals=True
    )
    audit.record([audit.Change("create", line, None, audit.snapshot(line), subject=plan)])
    return line


def _settle_lines(plan: AnnualPlan) -> None:
    """Lines made for proposals hold what these ask for together; those without any go."""
    for line in plan.lines.select_for_update().filter(from_proposals=True):
        before = audit.snapshot(line)
        asked = sum(line.projects.values_list("support_amount", flat=True))
        if asked:
            line.amount = asked
            line.save(update_fields=["amount"])
            audit.record([audit.Change("update", line, before, audit.snapshot(line), subject=plan)])
        else:
            audit.record([audit.Change("delete", line, before, None, subject=plan)])
            line.delete()
