"""What the rules of eligibility and priority need to know of establishments, read for many at once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from django.db.models import BigIntegerField, Case, F, OuterRef, Subquery, When, prefetch_related_objects

from khuyencong.core.per_request import once
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.law.eligibility import priority
from khuyencong.law.eligibility import rules as eligibility
from khuyencong.law.eligibility.queries import all_areas_on
from khuyencong.places.models import Unit
from khuyencong.places.rules import read_part

T = TypeVar("T")
_AREAS = {"xa": "commune", "phuong": "ward", "dac khu": "special-zone"}
_YEAR_OF = {"export_value": "export"}
_UNKNOWN = (None, None)
_BATCH = 5000


def facts_of(
    establishments: Iterable[Establishment], earlier: Mapping[int, tuple[eligibility.Earlier, ...]] | None = None
) -> dict[int, eligibility.Facts]:
    """Key of each establishment -> what is known of it.

    ``earlier`` is the support received before; it is known to the rooms above, so it is handed in.
    """
    support, asked = earlier or {}, list(establishments)
    areas = areas_of({one.commune for one in asked})
    return {
        one.pk: eligibility.Facts(
            legal_form=one.legal_form,
            industry=one.eligible_group.code if one.eligible_group else "",
            area=areas[one.commune_id],
            active=one.status == Establishment.Status.ACTIVE,
            earlier=tuple(support.get(one.pk, ())),
        )
        for one in asked
    }


def priority_facts_of(establishments: Iterable[Establishment], day: dt.date) -> dict[int, priority.Facts]:
    """Key of each establishment -> what counts for its priority on the day.

    Workers are those of the card, else of the latest year that has them; exports those of the latest year.
    Results of years that had not ended on the day are not looked at.
    """
    asked = list(establishments)
    areas = all_areas_on(day)
    listed = frozenset().union(*areas.values())  # only of what some commune counts as does absence mean no
    prefetch_related_objects(asked, "standing")
    workers, exports = (latest_before(asked, measure, day) for measure in ("workers", "export_value"))
    return {
        one.pk: priority.Facts(
            areas=areas.get(one.commune_id, frozenset()),
            listed=listed,
            industry=one.eligible_group.code if one.eligible_group else "",
            local_material=one.local_material,
            workers=one.workers if one.workers is not None else workers.get(one.pk, _UNKNOWN)[1],
            export_value=exports.get(one.pk, _UNKNOWN)[1],
        )
        for one in asked
    }


def areas_of(communes: Iterable[Unit]) -> dict[int, str]:
    """Key of each commune -> what it is by the names of today.

    ``ward`` for a phường of a province, ``city-ward`` for one of a city under the central government; nothing for any
    other unit than communes, wards and special zones.
    """
    found = {one.pk: (one, _AREAS.get(read_part(one.name).word, "")) for one in communes}
    cities = _cities() if any(area == "ward" for _one, area in found.values()) else frozenset()
    return {
        key: "city-ward" if area == "ward" and one.parent_id in cities else area for key, (one, area) in found.items()
    }


@once
def _cities() -> frozenset[int]:
    provinces = Unit.objects.filter(kind=Unit.Kind.PROVINCE).values_list("pk", "name")
    return frozenset(key for key, name in provinces if read_part(name).word == "thanh pho")


def latest_before(establishments: Iterable[Establishment], measure: str, day: dt.date) -> dict[int, tuple[int, int]]:
    """Key of each -> year and value of the last year that tells a measure and had ended on the day.

    The standing tells the last year of all; only where that has not ended is there a look at the results.
    """
    known: dict[int, tuple[int, int]] = {}
    running: list[int] = []
    for one in establishments:
        year, value = (getattr(one.standing, f"{_YEAR_OF.get(measure, measure)}_year"), getattr(one.standing, measure))
        if year is not None and year < day.year:
            known[one.pk] = (year, value)
        elif year is not None:
            running.append(one.pk)
    for part in batched(running, _BATCH):
        told = YearlyResult.objects.filter(establishment__in=part, year__lt=day.year, **{f"{measure}__isnull": False})
        rows = told.order_by("year").values_list("establishment_id", "year", measure)
        known |= {key: (year, value) for key, year, value in rows}
    return known


def told_before(measure: str, day: dt.date) -> Case:
    """The value of ``latest_before`` as an expression on standings."""
    years = YearlyResult.objects.filter(
        establishment=OuterRef("pk"), year__lt=day.year, **{f"{measure}__isnull": False}
    )
    earlier = Subquery(years.order_by("-year").values(measure)[:1])
    running = {f"{_YEAR_OF.get(measure, measure)}_year__gte": day.year}
    return Case(When(**running, then=earlier), default=F(measure), output_field=BigIntegerField())


def batched(keys: list[T], size: int) -> Iterator[list[T]]:
    """Keys so many at a time: a database takes a limited number of values in one question."""
    return (keys[start : start + size] for start in range(0, len(keys), size))
