"""Results that supported establishments owe for the years after acceptance, and who is to collect them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.law.documents.queries.parameters import on_days
from khuyencong.people.assignments import in_charge
from khuyencong.people.models import User
from khuyencong.people.queries import within
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
        years = {year for year in result_years(project, number) if since <= year < today.year}
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


def to_archive(user: User, today: dt.date) -> int:
    """How many monitored projects within reach have every result that the rule asks for: they can be put away."""
    number = on_days("results-years")
    watched = projects(user, Permission.PROJECTS_EDIT).filter(state=State.MONITORED, accepted_year__isnull=False)
    wanted = {one.pk: result_years(one, number) for one in watched}
    over = {pk: years for pk, years in wanted.items() if all(year < today.year for year in years)}
    owing = Project.establishments.through.objects.filter(
        project__in=over, establishment__status=Establishment.Status.ACTIVE
    ).values_list("project_id", "establishment_id")
    asked = {(establishment, year) for project, establishment in owing for year in over[project]}
    reported = YearlyResult.objects.filter(year__in={year for _key, year in asked})
    lacking = asked - set(reported.values_list("establishment_id", "year"))
    short = {project for project, one in owing if any((one, year) in lacking for year in over[project])}
    return len(over.keys() - short)


def by_commune(owed: list[Missing]) -> dict[str, int]:
    """How many are owed in each commune, by name."""
    counted: dict[str, int] = defaultdict(int)
    for one in owed:
        counted[one.establishment.commune.name] += 1
    return dict(counted)


def result_years(project: Project, number: Callable[[dt.date], int | None] | None = None) -> set[int]:
    """The years after acceptance whose results the establishments owe, by the rule of the day of acceptance.

    ``number``: how many years, by day; whoever asks for many projects reads it once and hands it in.
    """
    if not project.accepted_year:
        return set()
    number = number or on_days("results-years")
    day = project.accepted_on or dt.date(project.accepted_year, 12, 31)
    return {project.accepted_year + n for n in range(1, (number(day) or 0) + 1)}
