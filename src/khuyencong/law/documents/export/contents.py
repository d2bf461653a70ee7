"""What both forms of export say: an edition with its provisions, those that hold on a day when one is named."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from khuyencong.law.documents.models import Edition, Provision, Relation
from khuyencong.law.documents.queries import documents
from khuyencong.law.documents.queries.standing import standings
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules.status import Standing


@dataclass(frozen=True)
class Contents:
    """An edition as it is told to others. ``day`` None: every text it ever had, each with its days."""

    edition: Edition
    day: dt.date | None
    standing: Standing
    provisions: Sequence[Provision]
    relations: Sequence[Relation]
    incoming: Sequence[Relation]

    def children_of(self, parent: Provision | None) -> list[Provision]:
        """What lies directly in a provision, in order; what lies in none."""
        key = parent.pk if parent else None
        return [one for one in self.provisions if one.parent_id == key]


def contents(edition: Edition, day: dt.date | None, today: dt.date) -> Contents:
    """Read everything. ``today`` is the day of the status when no day is named."""
    if day is None:
        provisions = list(edition.provisions.select_related("amended_by").order_by("position", "pk"))
    else:
        provisions = [shown.provision for shown in documents.Reading(edition, day).text()]
    incoming = (
        Relation.objects.filter(target=edition.document, edition__state=Record.State.ADOPTED)
        .select_related("edition__document", "target")
        .order_by("edition__signed", "pk")
    )
    return Contents(
        edition,
        day,
        standings([edition], day or today)[edition.document_id],
        provisions,
        list(edition.relations.select_related("target").order_by("pk")),
        list(incoming),
    )
