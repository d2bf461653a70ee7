"""What one step would ask and do: shown before anybody takes it."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from khuyencong.law.documents.queries.parameters import parameter
from khuyencong.law.models import Parameter
from khuyencong.people.models import User
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.lifecycle import calendar
from khuyencong.projects.lifecycle.deadlines import add_working_days
from khuyencong.projects.lifecycle.table import (
    BY_NAME,
    Fund,
    Guard,
    Situation,
    State,
    Transition,
    Verdict,
    check,
    day_problem,
    next_step,
    onward,
)
from khuyencong.projects.papers import wording as papers_wording
from khuyencong.projects.record.authors import person
from khuyencong.projects.record.decisions import STEP
from khuyencong.projects.record.models import Project
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.situation import Obstacle, obstacles, situation

# On which tab of the project's page a guard's matter is put right.
_TAB = {
    Guard.COUNCIL_NAMED: "appraisal",
    Guard.APPRAISAL_COMPLETE: "appraisal",
    Guard.APPRAISAL_PASSED: "appraisal",
    Guard.PLAN_LINE_HAS_ROOM: "money",
    Guard.CONTRACT_RECORDED: "money",
    Guard.PAID_AS_ACCEPTED: "money",
    Guard.RECOVERED: "money",
    Guard.NO_OPEN_HOLD: "inspection",
}


@dataclass(frozen=True)
class Need:
    """One thing the step asks for: there or not, in words, and the tab where it is seen to."""

    met: bool
    words: str
    tab: str = "file"


@dataclass(frozen=True)
class Next:
    """Who moves after the step, and by when."""

    step: Transition | None
    rule: Parameter | None
    due_on: dt.date | None


@dataclass(frozen=True)
class Outlook:
    """A step held against the project on a day."""

    transition: Transition
    verdict: Verdict
    needs: tuple[Need, ...]
    letter: str
    fund: Fund
    day: dt.date

    @cached_property
    def following(self) -> Next:
        """Who moves then; asked for by the page of the step alone."""
        rule = parameter(self.transition.deadline, self.day)
        due_on = add_working_days(self.day, rule.whole, calendar.holidays()) if rule else None
        return Next(next_step(self.transition.target, self.fund), rule, due_on)

    @property
    def yours(self) -> bool:
        """Whether this person is one who takes such a step."""
        return not (self.verdict.wrong_actor or self.verdict.same_eyes)

    @property
    def missing(self) -> int:
        """How many things are not there."""
        return sum(not need.met for need in self.needs)


def outlook(user: User, project: Project, name: str, day: dt.date, today: dt.date) -> Outlook:
    """Everything that a person wants to know before they take a step."""
    transition = BY_NAME[name]
    found = obstacles(project, day, transition.guards)
    whoever = person(user, project)
    standing = replace(situation(project, transition, whoever), failing=frozenset(one.guard for one in found))
    wrong_day = day_problem(day, project.state_since, today)
    verdict = check(transition, standing, whoever, wrong_day=wrong_day)
    needs = [
        *(Need(paper in standing.papers, papers_wording.paper_label(paper)) for paper in transition.papers),
        *(_need(guard, found) for guard in transition.guards),
    ]
    letter = str(KINDS[transition.letter].name) if transition.letter else ""
    return Outlook(transition, verdict, tuple(needs), letter, standing.fund, day)


def steps_for(user: User, project: Project) -> list[Transition]:
    """The steps from here that this person may take when nothing is missing, the way forward first."""
    actors = person(user, project)
    state, fund = State(project.state), Fund(project.fund)
    own = [one for one in onward(state, fund) if one.actor in actors.actors]
    standing = Situation(state, fund, STEP.hands(project) if any(one.four_eyes for one in own) else frozenset())
    return [one for one in own if not check(one, standing, actors).same_eyes]


def _need(guard: Guard, found: list[Obstacle]) -> Need:
    told = next((one.words for one in found if one.guard is guard), "")
    return Need(not told, told or str(wording.GUARDS[guard]), _TAB.get(guard, "file"))
