"""Where a project is on its way, whose move it is, and by when."""

import datetime as dt
from dataclasses import dataclass

from khuyencong.law.documents.queries.parameters import parameter
from khuyencong.law.models import Parameter
from khuyencong.projects.lifecycle import calendar, course
from khuyencong.projects.lifecycle.deadlines import working_days_between
from khuyencong.projects.lifecycle.table import BY_NAME, Fund, State, Transition, next_step
from khuyencong.projects.record.models import Project, Step


@dataclass(frozen=True)
class Move:
    """The next step, and how much time it has: working days left, negative when they are over."""

    transition: Transition
    due_on: dt.date | None
    left: int | None
    rule: Parameter | None

    @property
    def overdue(self) -> bool:
        """Whether the deadline has passed."""
        return self.left is not None and self.left < 0


def stops_of(project: Project) -> tuple[course.Stop, ...]:
    """The line of the life cycle with the days of this project."""
    taken = [course.Taken(State(step.target), step.day) for step in _taken(project)]
    return course.line(Fund(project.fund), State(project.state), taken)


def reason_of(project: Project) -> Step | None:
    """The step that brought the project where it is, when somebody had to say why."""
    last = next(reversed(_taken(project)), None)
    return last if last is not None and last.reason and last.target == project.state else None


def move_of(project: Project, today: dt.date) -> Move | None:
    """The next step, with the rule that its deadline comes from; None when nothing waits any more."""
    upcoming = next_step(State(project.state), Fund(project.fund))
    if upcoming is None:
        return None
    left = None
    if project.due_on is not None:
        left = working_days_between(today, project.due_on, calendar.holidays())
        if left == 0 and project.due_on < today:
            left = -1  # a weekend lies between: over all the same
    return Move(upcoming, project.due_on, left, _rule(project))


def _rule(project: Project) -> Parameter | None:
    last = next(reversed(_taken(project)), None)
    if last is None or last.transition not in BY_NAME or project.due_on is None:
        return None
    return parameter(BY_NAME[last.transition].deadline, last.day)


def _taken(project: Project) -> list[Step]:
    """The steps in order; read once where the project was read with them."""
    return sorted(project.steps.all(), key=lambda one: one.position)
