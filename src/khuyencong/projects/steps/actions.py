"""Taking a step of the life cycle: the one way in which a project changes its state."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied

from khuyencong.core import audit, clock
from khuyencong.core.audit import Subject
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.establishments.models import Establishment
from khuyencong.law.documents.queries.parameters import value
from khuyencong.people.models import User
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.planning.models import PlanLine
from khuyencong.projects.appraisal.actions import open_again
from khuyencong.projects.letters.actions.orders import order
from khuyencong.projects.lifecycle import calendar
from khuyencong.projects.lifecycle.deadlines import add_working_days
from khuyencong.projects.lifecycle.table import BY_NAME, Guard, Transition, Verdict, check, day_problem
from khuyencong.projects.proposal.asked import ceiling_of
from khuyencong.projects.record.authors import person
from khuyencong.projects.record.models import Project, Step
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.situation import Obstacle, obstacles, situation


class AlreadyTaken(Exception):
    """The project is no longer where the person saw it: somebody took a step meanwhile."""

    def __init__(self, project: Project) -> None:
        super().__init__(wording.already(project))


@dataclass
class Refused(Exception):
    """The step may not be taken: the verdict, and every obstacle in words."""

    verdict: Verdict
    obstacles: list[Obstacle]

    def __str__(self) -> str:
        return " ".join(wording.refusals(self.verdict, self.obstacles))


def take_step(
    user: User, pk: int, name: str, reason: str = "", day: dt.date | None = None, seen: str | None = None
) -> Step:
    """Move a project along one transition of the table, with its audit record and its letter.

    ``seen``: the state that the person saw; when it is no longer the state, AlreadyTaken is raised. Raises
    PermissionDenied when this person may never take the step, Refused when something is missing, ChangedMeanwhile.
    ``day``: the day on which it happened, today when not given; neither ahead of today nor before the last step.
    """
    transition = BY_NAME[name]
    today = clock.today()
    day = day or today
    turn = _turn(pk, transition)
    with audit.writing(user, *turn):
        if _turn(pk, transition) != turn:
            raise ChangedMeanwhile
        project = Project.objects.select_for_update().get(pk=pk)
        if seen is not None and project.state != seen:
            raise AlreadyTaken(project)
        whoever = person(user, project)
        standing = situation(project, transition, whoever)
        verdict = check(transition, standing, whoever)
        if verdict.wrong_actor:
            raise PermissionDenied(wording.not_yours(transition))
        if verdict.wrong_state:
            raise AlreadyTaken(project)
        found = obstacles(project, day, transition.guards)
        standing = replace(standing, failing=frozenset(one.guard for one in found))
        verdict = check(transition, standing, whoever, reason, day_problem(day, project.state_since, today))
        if not verdict.allowed:
            raise Refused(verdict, found)
        before = audit.snapshot(project)
        step = _write(user, project, transition, reason.strip(), day)
        after = audit.snapshot(project) | {"step": audit.snapshot(step)}
        after |= {"said": step.reason} if step.reason else {}
        audit.record([audit.Change(f"step:{name}", project, before, after)])
        if transition.letter:
            order(user, project, transition.letter, step)
    return step


def _turn(pk: int, transition: Transition) -> list[Subject]:
    """What the step is about: the project, and what its guards look at outside it."""
    subjects: list[Subject] = [(Project, pk)]
    if Guard.PLAN_LINE_HAS_ROOM in transition.guards:
        subjects += [(PlanLine, one) for one in Project.objects.filter(pk=pk).values_list("plan_line", flat=True)]
    if not {Guard.ELIGIBLE, Guard.NO_DOUBLE_FUNDING, Guard.RESULTS_REPORTED}.isdisjoint(transition.guards):
        supported = Establishment.objects.filter(projects=pk).order_by("pk")
        subjects += [(Establishment, one) for one in supported.values_list("pk", flat=True)]
    return subjects


def _write(user: User, project: Project, transition: Transition, reason: str, day: dt.date) -> Step:
    step = Step.objects.create(
        project=project,
        position=project.steps.count() + 1,
        transition=transition.name,
        source=project.state,
        target=transition.target.value,
        taken_by=user,
        taken_at=clock.now(),
        day=day,
        reason=reason,
    )
    effect = _EFFECTS.get(transition.name)
    if effect is not None:
        effect(user, project, day)
    project.state, project.state_since = transition.target.value, day
    days = value(transition.deadline, day)
    project.due_on = add_working_days(day, days, calendar.holidays()) if days is not None else None
    project.save()
    return step


def _fix_ceiling(user: User, project: Project, day: dt.date) -> None:
    """The ceiling of the day of approval stays with the project; the database holds the support to it."""
    found = ceiling_of(project, day)
    project.ceiling = found.amount
    project.ceiling_basis = found.norm.article if found.norm else ""


def _adjusted(user: User, project: Project, day: dt.date) -> None:
    _fix_ceiling(user, project, day)
    last = project.steps.filter(transition="plan").order_by("-position").first()
    if project.plan_line_id and last is not None:
        commit_to_line(user, project.plan_line_id, project.pk, project.support_amount)


def _commit(user: User, project: Project, day: dt.date) -> None:
    if project.plan_line_id:
        commit_to_line(user, project.plan_line_id, project.pk, project.support_amount)


def _release(user: User, project: Project, day: dt.date) -> None:
    """What was not spent goes back to the plan line."""
    contract = getattr(project, "contract", None)
    held = contract.paid - contract.recovered if contract else 0
    if project.plan_line_id:
        commit_to_line(user, project.plan_line_id, project.pk, held)


def _drafted(user: User, project: Project, day: dt.date) -> None:
    """A draft that came from a file has no author: who hands it in answers for it, and may not approve it."""
    if project.drafted_by_id is None:
        project.drafted_by = user


def _returned(user: User, project: Project, day: dt.date) -> None:
    open_again(user, project)


def _lift_ceiling(user: User, project: Project, day: dt.date) -> None:
    """While a change is worked out the old ceiling does not bind; the decision fixes the new one."""
    project.ceiling, project.ceiling_basis = None, ""


def _accepted(user: User, project: Project, day: dt.date) -> None:
    project.accepted_on, project.accepted_year = day, day.year


_EFFECTS: dict[str, Callable[[User, Project, dt.date], None]] = {
    "submit": _drafted,
    "return": _returned,
    "approve": _fix_ceiling,
    "approve-national": _fix_ceiling,
    "plan": _commit,
    "ask-adjustment": _lift_ceiling,
    "adjust": _adjusted,
    "terminate": _release,
    "accept": _accepted,
}
