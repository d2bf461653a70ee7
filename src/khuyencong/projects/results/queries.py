"""Results that supported establishments owe for the years after acceptance, and who is to collect them."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from khuyencong.establishments.models import Establishment, OwedResult
from khuyencong.establishments.queries import counted_within
from khuyencong.law.documents.queries.parameters import value
from khuyencong.people.assignments import in_charge
from khuyencong.people.models import User
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import within_reach


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
    told = _owed(user, today, permission, since).values_list("establishment_id", "year", "project_id")
    owed = {(one, year): project for one, year, project in told}
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

    A monitored project can be put away when none of its establishments that still work owes a result for it any more.
    """
    owed = _owed(user, today, Permission.RESULTS_EDIT, since).order_by().values_list("year", "commune")
    counted = list(owed.annotate(n=Count("establishment", distinct=True)))
    charge = in_charge({commune for _year, commune, _n in counted}, today)
    to_collect: Counter[int] = Counter()
    for year, commune, n in counted:
        if not charge.get(commune) or user.pk in charge[commune]:
            to_collect[year] += n
    watched = Project.objects.filter(
        ~Exists(OwedResult.objects.filter(project_id=OuterRef("pk"))),
        within_reach(user, Permission.PROJECTS_EDIT),
        state=State.MONITORED,
        accepted_year__isnull=False,
    )
    return Outstanding(dict(to_collect), watched.count())


def _owed(user: User, today: dt.date, permission: Permission, since: int) -> QuerySet[OwedResult]:
    """What is owed of years that have ended; the project with the lowest number comes last."""
    ended = OwedResult.objects.filter(counted_within(user, permission), year__gte=since, year__lt=today.year)
    return ended.order_by("-project_id")


def by_commune(owed: list[Missing]) -> dict[str, int]:
    """How many are owed in each commune, by name."""
    counted: dict[str, int] = defaultdict(int)
    for one in owed:
        counted[one.establishment.commune.name] += 1
    return dict(counted)


def result_years(accepted: int | None, on: dt.date | None = None) -> set[int]:
    """The years after acceptance whose results the establishments owe, by the rule of the day of acceptance.

    ``on``: that day where it is known, else the end of the year.
    """
    if not accepted:
        return set()
    number = value("results-years", on or dt.date(accepted, 12, 31)) or 0
    return {accepted + n for n in range(1, number + 1)}
