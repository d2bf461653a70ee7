"""Results that supported establishments owe for the years after acceptance, and who is to collect them."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.people.assignments import in_charge
from khuyencong.people.models import User
from khuyencong.people.queries import within
from khuyencong.people.rules import Permission
from khuyencong.projects.models import Project
from khuyencong.projects.queries.situation import result_years


@dataclass(frozen=True)
class Missing:
    """One result that is owed: by whom, for which year, because of which project."""

    establishment: Establishment
    year: int
    project: Project


def missing(user: User, today: dt.date, permission: Permission = Permission.REGISTRY_VIEW) -> list[Missing]:
    """Every result owed within the person's reach, for years that have ended; the oldest year first."""
    through = Project.establishments.through.objects.filter(
        project__accepted_year__isnull=False,
        establishment__in=Establishment.objects.filter(
            within(user, permission), status=Establishment.Status.ACTIVE
        ).values("pk"),
    ).select_related("project", "establishment__commune")
    owed: dict[tuple[int, int], Missing] = {}
    years: dict[int, set[int]] = {}
    for one in through:
        if one.project_id not in years:
            years[one.project_id] = {year for year in result_years(one.project) if year < today.year}
        for year in years[one.project_id]:
            owed.setdefault((one.establishment_id, year), Missing(one.establishment, year, one.project))
    known = set(
        YearlyResult.objects.filter(establishment_id__in={key for key, _year in owed}).values_list(
            "establishment_id", "year"
        )
    )
    found = [one for key, one in owed.items() if key not in known]
    return sorted(found, key=lambda one: (one.year, one.establishment.commune.folded, one.establishment.folded_name))


def due_for(user: User, today: dt.date) -> list[Missing]:
    """What this person is to collect: in communes given to them, and in those given to nobody within their reach."""
    owed = missing(user, today, Permission.RESULTS_EDIT)
    charge = in_charge({one.establishment.commune_id for one in owed}, today)
    return [
        one
        for one in owed
        if not charge.get(one.establishment.commune_id) or user.pk in charge[one.establishment.commune_id]
    ]


def by_commune(owed: list[Missing]) -> dict[str, int]:
    """How many are owed in each commune, by name."""
    counted: dict[str, int] = defaultdict(int)
    for one in owed:
        counted[one.establishment.commune.name] += 1
    return dict(counted)
