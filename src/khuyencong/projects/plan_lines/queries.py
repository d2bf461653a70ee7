"""The proposals that could come into a draft plan, in order, with what fits into its money."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import QuerySet

from khuyencong.core.audit import digest
from khuyencong.establishments.eligibility import priority_facts_of
from khuyencong.law.eligibility import wording as eligibility_wording
from khuyencong.law.eligibility.priority import Score, score
from khuyencong.law.eligibility.queries import criteria
from khuyencong.people.models import User
from khuyencong.planning.models import AnnualPlan, Fund, PlanState
from khuyencong.planning.rules.choice import Candidate, choose, in_order
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import projects

APPRAISED = (State.SUBMITTED, State.DEPARTMENT_APPRAISAL, State.MINISTRY_APPRAISAL)


@dataclass(frozen=True)
class Scored:
    """A proposal with its priority: the mean over its establishments, of how many, and each one's parts in words."""

    project: Project
    points: Fraction
    most: int
    parts: tuple[tuple[str, int, tuple[tuple[str, str, int], ...]], ...]

    @property
    def shown(self) -> float:
        """The points as a page shows them."""
        return float(self.points)


@dataclass
class Row:
    """A proposal in the table. ``running``: what the chosen ones take down to here; ``missing``: what it lacks."""

    scored: Scored
    chosen: bool
    running: int = 0
    missing: int = 0


@dataclass
class FundChoice:
    """One fund of the plan: its money, what other lines hold of it, the chosen proposals and the others."""

    fund: str
    name: str
    budget: int | None
    reserved: int
    chosen: list[Row] = field(default_factory=list)
    outside: list[Row] = field(default_factory=list)
    rest: list[Row] = field(default_factory=list)

    @property
    def available(self) -> int:
        """What proposals may take, in VND."""
        return max(0, (self.budget or 0) - self.reserved)

    @property
    def taken(self) -> int:
        """What the chosen ones take."""
        return sum(row.scored.project.support_amount for row in self.chosen)

    @property
    def left(self) -> int:
        """What they leave; below zero: they pass the money."""
        return self.available - self.taken


def candidates(user: User) -> QuerySet[Project]:
    """Approved proposals within reach that no adopted plan holds."""
    return (
        projects(user)
        .filter(state=State.APPROVED)
        .exclude(plan_line__plan__state=PlanState.ADOPTED)
        .select_related("activity", "plan_line")
        .prefetch_related("establishments__commune", "establishments__eligible_group")
        .order_by("code")
    )


def later(user: User) -> QuerySet[Project]:
    """Proposals that are still appraised: they may come later."""
    found = projects(user).filter(state__in=APPRAISED).select_related("activity")
    return found.prefetch_related("establishments__commune").order_by("fund", "code")


def in_plan(plan: AnnualPlan) -> QuerySet[Project]:
    """The approved proposals tied to the lines of a draft plan."""
    return Project.objects.filter(plan_line__plan=plan, state=State.APPROVED).select_related("activity", "plan_line")


def choice_mark(plan: AnnualPlan) -> str:
    """Tells one choice for the plan from another, for whoever had it open."""
    return digest({"chosen": sorted(in_plan(plan).values_list("pk", flat=True))})


def scored(found: Iterable[Project], day: dt.date) -> list[Scored]:
    """Each proposal with its priority on the day."""
    asked = list(found)
    firms = {one.pk: one for project in asked for one in project.establishments.all()}
    held, facts = criteria(), priority_facts_of(firms.values(), day)
    scores = {pk: score(held, facts[pk], day) for pk in firms}
    made = []
    for project in asked:
        own = [(one.name, scores[one.pk]) for one in project.establishments.all()]
        points = Fraction(sum(one.points for _name, one in own), len(own)) if own else Fraction(0)
        most = max((one.most for _name, one in own), default=0)
        made.append(Scored(project, points, most, tuple((name, one.points, _parts(one)) for name, one in own)))
    return made


def proposed(found: Iterable[Scored], funds: Iterable[FundChoice]) -> set[int]:
    """The keys that the rule proposes to take."""
    choice = choose((_candidate(one) for one in found), {one.fund: one.available for one in funds})
    return {one.key for of_fund in choice.values() for one in of_fund.chosen}


def funds_of(plan: AnnualPlan) -> list[FundChoice]:
    """The funds of the plan with their money; lines that were not made for proposals hold theirs."""
    budgets = {one.source: one.amount for one in plan.budgets.all()}
    other = list(plan.lines.filter(from_proposals=False))
    return [
        FundChoice(
            fund.value, str(fund.label), budgets.get(fund.value), sum(one.amount for one in other if one.fund == fund)
        )
        for fund in Fund
    ]


def table(found: Iterable[Scored], funds: list[FundChoice], picked: Collection[int]) -> list[FundChoice]:
    """Fill the funds: the picked ones, those that found no room any more, and those that would still fit."""
    by_key = {one.project.pk: one for one in found}
    by_fund = {one.fund: one for one in funds}
    order = in_order(_candidate(one) for one in by_key.values())
    for one in order:
        if one.key in picked:
            fund = by_fund[one.fund]
            fund.chosen.append(Row(by_key[one.key], True, running=fund.taken + one.support))
    for one in order:
        if one.key not in picked:
            fund = by_fund[one.fund]
            missing = one.support - fund.left
            row = Row(by_key[one.key], False, missing=max(0, missing))
            (fund.outside if missing > 0 else fund.rest).append(row)
    return funds


def _candidate(one: Scored) -> Candidate:
    project = one.project
    return Candidate(project.pk, project.code, project.fund, project.support_amount, one.points)


def _parts(one: Score) -> tuple[tuple[str, str, int], ...]:
    return tuple((part.criterion.name, eligibility_wording.part(part), part.points) for part in one.parts)
