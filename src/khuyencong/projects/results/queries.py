"""Results that supported establishments owe for the years after acceptance, and who is to collect them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.law.documents.queries.parameters import on_days
from khuyencong.people.assignments import in_charge
from khuyencong.people.models import User
from khuyencong.people.queries import access_of, within
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import projects


@dataclass(frozen=True)
class Missing:
    """One result that is owed: by whom, for which year, because of which project."""

    establishment: Establishment
    year: int
    project: Project


def missing(
    user: User, today: dt.date, permission: Permission = Permission.REGISTRY_VIEW, since: int = 0
) -> list[Missing]:
    """Every result owed within the person's reach, for years that have ended; the oldest year first.

    ``since`` leaves out the years before it.
    """
    through = Project.establishments.through.objects.filter(
        project__accepted_year__isnull=False,
        establishment__in=Establishment.objects.filter(
            within(user, permission), status=Establishment.Status.ACTIVE
        ).values("pk"),
    )
    number = on_days("results-years")
    owing: dict[int, set[int]] = {}
    for project in Project.objects.filter(accepted_year__isnull=False).only("accepted_year", "accepted_on"):
        asked = result_years(project.accepted_year, project.accepted_on, number)
        years = {year for year in asked if since <= year < today.year}
        if years:
            owing[project.pk] = years
    owed = {
        (establishment, year): project
        for establishment, project in through.order_by("-pk").values_list("establishment_id", "project_id")
        for year in owing.get(project, ())
    }
    reported = YearlyResult.objects.filter(year__in={year for _key, year in owed})
    for known in reported.values_list("establishment_id", "year"):
        owed.pop(known, None)
    establishments = Establishment.objects.select_related("commune").in_bulk({key for key, _year in owed})
    because = Project.objects.in_bulk(set(owed.values()))
    found = [Missing(establishments[key], year, because[project]) for (key, year), project in owed.items()]
    return sorted(found, key=lambda one: (one.year, one.establishment.commune.folded, one.establishment.folded_name))


def due_for(user: User, today: dt.date, since: int = 0) -> list[Missing]:
    """What this person is to collect: in communes given to them, and in those given to nobody within their reach."""
    owed = missing(user, today, Permission.RESULTS_EDIT, since)
    charge = in_charge({one.establishment.commune_id for one in owed}, today)
    return [
        one
        for one in owed
        if not charge.get(one.establishment.commune_id) or user.pk in charge[one.establishment.commune_id]
    ]


@dataclass(frozen=True)
class Outstanding:
    """What waits for a person: how many results to collect by year, how many projects can be put away."""

    to_collect: dict[int, int]
    to_archive: int


def outstanding(user: User, today: dt.date, since: int) -> Outstanding:
    """Both numbers in one pass over the accepted projects within reach; ``since`` leaves out earlier years.

    A monitored project can be put away when the years that the rule asks for are over, and each of its
    establishments that still works has reported them.
    """
    collecting, archiving = (access_of(user).reach(one) for one in (Permission.RESULTS_EDIT, Permission.PROJECTS_EDIT))
    number = on_days("results-years")
    owed, watched, lacking = set(), set(), []
    for row in _supported(user):
        years = result_years(row.year, row.on, number)
        active = row.status == Establishment.Status.ACTIVE
        if active and collecting.covers(row.commune, row.province):
            owed |= {(row.establishment, row.commune, year) for year in years if since <= year < today.year}
        if row.state == State.MONITORED and all(year < today.year for year in years):
            if archiving.covers(row.commune, row.province):
                watched.add(row.project)
            lacking += [(row.project, row.establishment, year) for year in years if active]
    asked = {year for _one, _commune, year in owed} | {year for _project, _one, year in lacking}
    reported = set(YearlyResult.objects.filter(year__in=asked).values_list("establishment_id", "year"))
    charge = in_charge({commune for _one, commune, _year in owed}, today)
    to_collect = Counter(
        year
        for one, commune, year in owed
        if (one, year) not in reported and (not charge.get(commune) or user.pk in charge[commune])
    )
    waiting = {project for project, one, year in lacking if (one, year) not in reported}
    return Outstanding(dict(to_collect), len(watched - waiting))


class _Supported(NamedTuple):
    """One establishment of one accepted project."""

    project: int
    state: str
    year: int
    on: dt.date | None
    establishment: int
    status: str
    commune: int
    province: int


def _supported(user: User) -> Iterator[_Supported]:
    mine = Q(project__in=projects(user, Permission.RESULTS_EDIT)) | Q(
        project__in=projects(user, Permission.PROJECTS_EDIT)
    )
    rows = Project.establishments.through.objects.filter(mine, project__accepted_year__isnull=False).values_list(
        "project_id", "project__state", "project__accepted_year", "project__accepted_on", "establishment_id",
        "establishment__status", "establishment__commune_id", "establishment__commune__parent_id",
    )  # fmt: skip
    for project, state, year, on, establishment, status, commune, province in rows:
        if year is not None and province is not None:
            yield _Supported(project, state, year, on, establishment, status, commune, province)


def by_commune(owed: list[Missing]) -> dict[str, int]:
    """How many are owed in each commune, by name."""
    counted: dict[str, int] = defaultdict(int)
    for one in owed:
        counted[one.establishment.commune.name] += 1
    return dict(counted)


def result_years(
    accepted: int | None, on: dt.date | None = None, number: Callable[[dt.date], int | None] | None = None
) -> set[int]:
    """The years after acceptance whose results the establishments owe, by the rule of the day of acceptance.

    ``on``: that day where it is known, else the end of the year. ``number``: how many years, by day; whoever asks
    for many projects reads it once and hands it in.
    """
    if not accepted:
        return set()
    number = number or on_days("results-years")
    return {accepted + n for n in range(1, (number(on or dt.date(accepted, 12, 31)) or 0) + 1)}
