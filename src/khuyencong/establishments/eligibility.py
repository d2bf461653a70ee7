"""What the rules of eligibility and priority need to know of establishments, read for many at once."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.law.eligibility import priority
from khuyencong.law.eligibility import rules as eligibility
from khuyencong.law.eligibility.queries import all_areas_on
from khuyencong.places.rules import read_part

_AREAS = {"xa": "commune", "phuong": "ward"}


def facts_of(
    establishments: Iterable[Establishment], earlier: Mapping[int, tuple[eligibility.Earlier, ...]] | None = None
) -> dict[int, eligibility.Facts]:
    """Key of each establishment -> what is known of it.

    ``earlier`` is the support received before; it is known to the rooms above, so it is handed in.
    """
    support = earlier or {}
    return {
        one.pk: eligibility.Facts(
            legal_form=one.legal_form,
            industry=one.eligible_group.code if one.eligible_group else "",
            area=area_of(one.commune.name),
            active=one.status == Establishment.Status.ACTIVE,
            earlier=tuple(support.get(one.pk, ())),
        )
        for one in establishments
    }


def priority_facts_of(establishments: Iterable[Establishment], day: dt.date) -> dict[int, priority.Facts]:
    """Key of each establishment -> what counts for its priority on the day.

    Workers are those of the card, else of the latest year that has them; exports those of the latest year.
    Results of years that had not ended on the day are not looked at.
    """
    asked = list(establishments)
    areas = all_areas_on(day)
    listed = frozenset().union(*areas.values())  # only of what some commune counts as does absence mean no
    workers, exports = _latest(asked, day)
    return {
        one.pk: priority.Facts(
            areas=areas.get(one.commune_id, frozenset()),
            listed=listed,
            industry=one.eligible_group.code if one.eligible_group else "",
            local_material=one.local_material,
            workers=one.workers if one.workers is not None else workers.get(one.pk),
            export_value=exports.get(one.pk),
        )
        for one in asked
    }


def area_of(commune: str) -> str:
    """``commune`` for a xã, ``ward`` for a phường, by the name of today; nothing for any other unit."""
    return _AREAS.get(read_part(commune).word, "")


def _latest(establishments: list[Establishment], day: dt.date) -> tuple[dict[int, int], dict[int, int]]:
    """Workers and exports of the latest year that has them."""
    known = YearlyResult.objects.filter(
        Q(workers__isnull=False) | Q(export_value__isnull=False), establishment__in=establishments, year__lt=day.year
    )
    workers: dict[int, int] = {}
    exports: dict[int, int] = {}
    for pk, *values in known.order_by("year").values_list("establishment_id", "workers", "export_value"):
        for found, value in zip((workers, exports), values, strict=True):
            if value is not None:
                found[pk] = value
    return workers, exports
