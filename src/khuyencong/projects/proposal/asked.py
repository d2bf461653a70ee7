"""What a project asks for, saved or still being typed, held against the law and against earlier support."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F

from khuyencong.establishments.eligibility import facts_of
from khuyencong.establishments.models import Establishment
from khuyencong.law.eligibility import queries as law_eligibility
from khuyencong.law.eligibility.rules import Answer, judge
from khuyencong.law.models import ActivityType
from khuyencong.law.norms import queries as norms
from khuyencong.law.norms.ceiling import Case, Ceiling
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import earlier_among, establishments_of


@dataclass(frozen=True)
class Asked:
    """For whom, for what, how much. Money in VND; ``cost`` is the whole, ``things`` the names of the cost lines.

    ``key`` is that of the saved project, None while there is none.
    """

    establishments: tuple[Establishment, ...]
    activity: ActivityType
    fund: str
    cost: int
    support: int
    units: int = 1
    conditions: frozenset[str] = frozenset()
    variant: str = ""
    things: tuple[str, ...] = ()
    key: int | None = None

    @cached_property
    def around(self) -> list[Any]:
        """Every project of these establishments, with each of them and each line of its estimate; asked for once."""
        through = Project.establishments.through.objects.filter(
            establishment_id__in=[one.pk for one in self.establishments]
        )
        told = ("title", "code", "state", "accepted_year", "activity", "activity__code")
        return list(
            through.annotate(line=F("project__cost_lines"), thing=F("project__cost_lines__name"))
            .select_related("project__activity")
            .only("establishment", "project", *(f"project__{name}" for name in told))
            .order_by("-project__accepted_year", "project__code", "project__cost_lines__position", "line")
        )


def asked_of(project: Project) -> Asked:
    """What a saved project asks for."""
    return Asked(
        establishments=tuple(establishments_of(project)),
        activity=project.activity,
        fund=project.fund,
        cost=project.support_amount + project.counterpart + project.blended,
        support=project.support_amount,
        units=project.units,
        conditions=frozenset(project.conditions),
        variant=project.variant,
        things=tuple(line.name for line in project.cost_lines.all()),
        key=project.pk,
    )


def ceiling_for(asked: Asked, day: dt.date) -> Ceiling:
    """The most that may be paid on the day, step by step. Areas count where every establishment lies in them."""
    communes = [one.commune for one in asked.establishments]
    known = law_eligibility.areas_on({one.pk for one in communes}, day)
    graded = [norms.norm_areas(known.get(one.pk, ())) for one in communes]
    areas = frozenset.intersection(*graded) if graded else frozenset()
    province = communes[0].parent.code if communes and communes[0].parent else settings.PROVINCE_CODE
    return norms.ceiling(
        Case(
            content=asked.activity.code,
            cost=asked.cost,
            day=day,
            province=province,
            units=asked.units,
            conditions=asked.conditions,
            fund=asked.fund,
            areas=areas,
            variant=asked.variant,
        )
    )


def answers_for(asked: Asked, day: dt.date) -> list[tuple[Establishment, Answer]]:
    """Each establishment with whether it may be supported for this, rule by rule."""
    rules = law_eligibility.rules()
    support = {(one.establishment_id, one.project_id): one.project for one in asked.around}
    facts = facts_of(asked.establishments, earlier_among((key, project) for (key, _), project in support.items()))
    return [(one, judge(rules, facts[one.pk], asked.activity.code, day)) for one in asked.establishments]


def ceiling_of(project: Project, day: dt.date) -> Ceiling:
    """The most that may be paid for this project on the day, step by step."""
    return ceiling_for(asked_of(project), day)
