"""What the list is sorted by, worked out by the database for each standing."""

import datetime as dt

from django.db.models import BigIntegerField, Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Floor

from khuyencong.establishments.eligibility import told_before
from khuyencong.establishments.models import EstablishmentStanding
from khuyencong.prospects.alike import NOBODY, Judged
from khuyencong.prospects.points import Points
from khuyencong.prospects.rules import Effect

# Those alike stand by priority, gain and revenue, the greatest first, then by name and key. A greater revenue gains no
# less, so that beside the revenue it is enough to know whether there is a gain.
_TIES = ("-points", "-gains", "-told_revenue", "folded_name", "pk")
ORDERS = {
    name: (lead, *_TIES)
    for name, lead in {
        "name": "folded_name",
        "priority": "points",
        "gain": "gain",
        "revenue": "told_revenue",
        "workers": "told_workers",
    }.items()
}

# As ``rules.two_digits`` rounds: to a tenth of the highest digit's place, to one at least.
_MOST_DIGITS = 20
_STEP = Case(
    *(When(worth__gte=10.0**digits, then=Value(10.0 ** (digits - 1))) for digits in range(_MOST_DIGITS, 1, -1)),
    default=Value(1.0),
)


def told(rows: QuerySet[EstablishmentStanding], day: dt.date) -> QuerySet[EstablishmentStanding]:
    """With what was told before the day of revenue, exports and workers: ``told_...``."""
    return rows.annotate(
        told_revenue=told_before("revenue", day),
        told_export=told_before("export_value", day),
        told_workers=Coalesce("own_workers", told_before("workers", day), output_field=BigIntegerField()),
    )


def sorted_by(
    rows: QuerySet[EstablishmentStanding], points: Points, judged: Judged, effect: Effect | None
) -> QuerySet[EstablishmentStanding]:
    """Rows of ``told`` with their points and what support would gain."""
    open_to_some = judged.where(lambda answers: any(one.eligible for one in answers))
    may_gain = Q(told_revenue__isnull=False) & open_to_some if effect else NOBODY
    worth = Cast(F("told_revenue"), FloatField()) * Value(effect.share if effect else 0.0)
    return rows.annotate(
        points=Cast(points.total, IntegerField()),
        gains=Cast(Case(When(may_gain, then=Value(1)), default=Value(0)), IntegerField()),
        worth=Case(When(may_gain, then=worth), output_field=FloatField()),
        gain=Cast(Floor(F("worth") / _STEP + Value(0.5)) * _STEP, BigIntegerField()),
    )
