"""What the rules of eligibility and priority need to know of establishments, read for many at once."""

import datetime as dt
from collections.abc import Iterable, Mapping

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.law.eligibility import priority
from khuyencong.law.eligibility import rules as eligibility
from khuyencong.law.eligibility.queries import areas_on, listed_areas
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
    areas, listed = areas_on({one.commune_id for one in asked}, day), listed_areas(day)
    workers, exports = _latest(asked, "workers", day), _latest(asked, "export_value", day)
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


def _latest(establishments: list[Establishment], measure: str, day: dt.date) -> dict[int, int]:
    known = YearlyResult.objects.filter(
        establishment__in=establishments, year__lt=day.year, **{f"{measure}__isnull": False}
    )
    return dict(known.order_by("year").values_list("establishment_id", measure))
