"""Results that supported establishments owe for the years after acceptance, and who is to collect them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial, reduce
from operator import or_

from django.db.models import Q

from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import reached
from khuyencong.law.documents.queries.parameters import on_days
from khuyencong.people.assignments import in_charge
from khuyencong.people.models import User
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import within_reach
from khuyencong.projects.results import owing

_Through = Project.establishments.through


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
    owed = {
        (one, year): project
        for one, year, project, _commune in _owed(user, today, owing.Rule.read(), permission, since)
    }
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
    """Both numbers, counted by the database; ``since`` leaves out earlier years.

    A monitored project can be put away when the years that the rule asks for are over, and each of its
    establishments that still works has reported them.
    """
    rule = owing.Rule.read()
    watched = Project.objects.filter(
        ~rule.asks_from(today.year),
        within_reach(user, Permission.PROJECTS_EDIT),
        state=State.MONITORED,
        accepted_year__isnull=False,
    )
    owed = {
        (one, year, commune)
        for one, year, _project, commune in _owed(user, today, rule, Permission.RESULTS_EDIT, since)
    }
    charge = in_charge({commune for _one, _year, commune in owed}, today)
    to_collect = Counter(year for _one, year, commune in owed if not charge.get(commune) or user.pk in charge[commune])
    return Outstanding(dict(to_collect), watched.exclude(rule.lacks_any()).count())


def _owed(
    user: User, today: dt.date, rule: owing.Rule, permission: Permission, since: int
) -> Iterator[tuple[int, int, int, int]]:
    """Establishment, year, project and commune of every result owed; which are told the database looks up itself."""
    after, years_of = rule.offsets, cache(partial(result_years, number=rule.years))  # many were accepted on one day
    through = _Through.objects.filter(
        reached(user, permission, "establishment"),
        project__accepted_year__range=(since - after.stop + 1, today.year - 1),
        establishment__standing__active=True,
    )
    told = {f"told_{years}": owing.told(years, "establishment", "project__accepted_year") for years in after}
    lacking = [
        Q(project__accepted_year__range=(since - years, today.year - 1 - years)) & Q(**{f"told_{years}": False})
        for years in after
    ]
    for establishment, project, commune, accepted, on, *reported in (
        through.order_by("-pk")
        .annotate(**told)
        .filter(reduce(or_, lacking, Q(pk__in=[])))
        .values_list(
            "establishment_id", "project_id", "establishment__standing__commune_id", "project__accepted_year",
            "project__accepted_on", *told,
        )
    ):  # fmt: skip
        for year in years_of(accepted, on):
            if since <= year < today.year and not reported[year - accepted - 1]:
                yield establishment, year, project, commune


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
