"""The projects that a draft touches: those that wait for acceptance, and those of the last years as a yardstick."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from khuyencong.core.per_request import once
from khuyencong.establishments.models import Establishment
from khuyencong.law.eligibility.queries import areas_on
from khuyencong.law.models import SupportNorm
from khuyencong.law.norms.ceiling import Case, Ceiling, ceiling
from khuyencong.law.norms.queries import as_rule, norm_areas, norm_set, put_among
from khuyencong.law.norms.rules import Norm
from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Project
from khuyencong.projects.record.queries import projects

YEARS = 3  # how many past years serve as a yardstick
# Caps that count what a project's list of establishments tells; anything else counts as one.
_COUNTED = ("establishment", "enterprise")


@dataclass(frozen=True)
class Effect:
    """One project and its ceiling without and with the draft."""

    project: Project
    before: Ceiling
    after: Ceiling

    @property
    def changed(self) -> bool:
        """Whether the draft makes any difference to it."""
        return self.before.amount != self.after.amount

    @property
    def difference(self) -> int | None:
        """How much more, in VND; None while there is no norm on one side."""
        if self.before.amount is None or self.after.amount is None:
            return None
        return self.after.amount - self.before.amount

    @property
    def above(self) -> bool:
        """Whether more was asked for than would be allowed."""
        return self.after.amount is not None and self.project.support_amount > self.after.amount


@dataclass(frozen=True)
class Sums:
    """Sums in VND over projects; a project without a norm on one side counts there as nothing."""

    count: int
    changed: int
    asked: int
    before: int
    after: int

    @property
    def difference(self) -> int:
        """How much more there would be at most."""
        return self.after - self.before

    @classmethod
    def of(cls, effects: Iterable[Effect]) -> "Sums":
        """Added up."""
        known = list(effects)
        return cls(
            len(known),
            sum(one.changed for one in known),
            sum(one.project.support_amount for one in known),
            sum(one.before.amount or 0 for one in known),
            sum(one.after.amount or 0 for one in known),
        )


@dataclass(frozen=True)
class Yardstick:
    """What the accepted projects of the last years would have got at most: by year, and in an average year.

    ``used`` is the share of the ceiling that was paid in fact, None where there is nothing to divide by.
    """

    by_year: tuple[tuple[int, Sums], ...]
    sums: Sums

    @property
    def yearly(self) -> int:
        """The average difference of a year, in VND."""
        return round(self.sums.difference / YEARS)

    @property
    def used(self) -> float | None:
        """The share of the ceilings that was paid."""
        return self.sums.asked / self.sums.before if self.sums.before else None

    @property
    def used_percent(self) -> float | None:
        """The same in per cent, as pages show it."""
        return None if self.used is None else 100 * self.used

    @property
    def expected(self) -> int | None:
        """The difference of a year if the same share of the ceilings were paid."""
        return None if self.used is None else round(self.yearly * self.used)


def pending(user: User) -> QuerySet[Project]:
    """The projects under way that were not accepted yet, within reach."""
    return _complete(projects(user).filter(accepted_year=None).exclude(state__in=(State.TERMINATED, State.ARCHIVED)))


def accepted(user: User, today: dt.date) -> QuerySet[Project]:
    """The projects accepted in the last full years, within reach."""
    years = range(today.year - YEARS, today.year)
    return _complete(projects(user).filter(accepted_year__in=years))


def effect_day(draft: SupportNorm, today: dt.date) -> dt.date:
    """The first day on which the draft would count for what is decided from today on."""
    return max(today, draft.valid_from)


@once
def sides(draft: SupportNorm) -> tuple[list[Norm], list[Norm]]:
    """The norms without and with the draft."""
    known = norm_set()
    return known, put_among(known, draft)


def effects(draft: SupportNorm, found: Iterable[Project], day: dt.date) -> list[Effect]:
    """Each project of the draft's content with its ceiling on the day, without and with the draft."""
    known = [project for project in found if project.activity_id == draft.content_id]
    (before, after), drafted = sides(draft), as_rule(draft)
    communes = {one.commune_id for project in known for one in project.establishments.all()}
    areas = areas_on(communes, day)
    made = []
    for project in known:
        case = _case(project, drafted, day, areas)
        made.append(Effect(project, ceiling(before, case), ceiling(after, case)))
    return sorted(made, key=lambda one: (not one.changed, one.project.code))


def yardstick(draft: SupportNorm, user: User, day: dt.date, today: dt.date) -> Yardstick:
    """The accepted projects of the last years, each year and together."""
    found = effects(draft, accepted(user, today), day)
    years = range(today.year - YEARS, today.year)
    by_year = tuple((year, Sums.of(one for one in found if one.project.accepted_year == year)) for year in years)
    return Yardstick(by_year, Sums.of(found))


def _case(project: Project, draft: Norm, day: dt.date, areas: dict[int, frozenset[str]]) -> Case:
    """The question a project puts to the norms. What a project does not hold is not guessed: no conditions met.

    A project with establishments in several communes is held to the grade that all of them have.
    """
    establishments = list(project.establishments.all())
    shared = frozenset.intersection(*(areas.get(one.commune_id, frozenset()) for one in establishments))
    return Case(
        content=draft.content,
        cost=project.total_cost,
        day=day,
        province=_province(establishments),
        units=len(establishments) if draft.per in _COUNTED else 1,
        fund=project.fund,
        areas=norm_areas(shared),
        variant=draft.variant,
    )


def _province(establishments: Sequence[Establishment]) -> str:
    province = establishments[0].commune.parent
    return province.code if province else ""


def _complete(found: QuerySet[Project]) -> QuerySet[Project]:
    establishments = Establishment.objects.select_related("commune__parent", "eligible_group")
    return (
        found.exclude(establishments=None)
        .select_related("activity")
        .prefetch_related(Prefetch("establishments", establishments))
        .order_by("accepted_year", "code")
    )
