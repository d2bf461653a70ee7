"""Whether what a plan rests on is in force on a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from khuyencong.law.documents import status_wording as wording
from khuyencong.law.documents.queries.standing import LONG_COLUMNS, adopted, standings
from khuyencong.law.documents.rules.status import Standing, Status
from khuyencong.law.models import Edition, LegalDocument

# A plan may rest on a document of which only the year is known; it may not rest on one that is known not to hold.
_REFUSED = (Status.NOT_YET, Status.EXPIRED, Status.SUSPENDED)
# What every plan of the programme rests on, while it holds.
_USUAL = (
    "45-2012-nd-cp", "235-2025-nd-cp", "28-2018-tt-btc", "36-2013-tt-bct", "1288-qd-ttg", "1881-qd-ttg", "2646-qd-bct",
)  # fmt: skip


@dataclass(frozen=True)
class Basis:
    """A document of the basis as it stands on the day; no edition: it is in the library as a draft only."""

    document: LegalDocument
    edition: Edition | None
    standing: Standing | None

    @property
    def refused(self) -> bool:
        """Whether a plan decided on that day may not rest on it."""
        return self.standing is None or self.standing.status in _REFUSED

    @property
    def words(self) -> str:
        """How it stands."""
        return wording.status_label(self.standing) if self.standing else _("chưa được duyệt vào thư viện")


def basis_on(documents: Iterable[LegalDocument], day: dt.date) -> list[Basis]:
    """The documents as they stand on the day, by number."""
    asked = list(documents)
    editions = {one.document_id: one for one in adopted().defer(*LONG_COLUMNS).filter(document__in=asked)}
    stands = standings(editions.values(), day)
    return [Basis(one, editions.get(one.pk), stands.get(one.pk)) for one in asked]


def usual(day: dt.date) -> list[LegalDocument]:
    """What a plan of this day usually rests on."""
    roots = list(LegalDocument.objects.filter(code__in=_USUAL))
    return [one.document for one in basis_on(roots, day) if not one.refused]


def offered(day: dt.date) -> list[Basis]:
    """The documents of the library that a plan of this day may rest on, the latest first."""
    ours = Q(province=None) | Q(province__code=settings.PROVINCE_CODE)
    editions = adopted().filter(ours).defer(*LONG_COLUMNS).exclude(kind=Edition.Kind.LETTER)
    editions = editions.order_by("-signed", "document__code")
    found = basis_on([one.document for one in editions], day)
    return [one for one in found if not one.refused]
