"""What a document rests on, what acts on it, and what it acts on or carries: its neighbours on a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from khuyencong.law.documents.models import Edition, LegalDocument, Relation
from khuyencong.law.documents.queries.standing import adopted, standings
from khuyencong.law.documents.records import Precision, Record
from khuyencong.law.documents.rules.status import EffectKind, Standing

_EFFECTS = {kind.value for kind in EffectKind}


@dataclass(frozen=True)
class Link:
    """A relation seen from one document. ``outgoing``: this document says it; ``upstream``: it bears on this one.

    ``vague``: of ``since`` only the year is known. ``at_work``: whether it holds on the day; a basis holds always.
    """

    relation: Relation
    other: LegalDocument
    edition: Edition | None
    outgoing: bool
    upstream: bool
    since: dt.date | None
    vague: bool
    at_work: bool

    @property
    def verified(self) -> bool:
        """A relation is checked by itself, or with the whole record it stands in."""
        return self.relation.verified or self.relation.edition.verified_by_id is not None


@dataclass(frozen=True)
class Neighbour:
    """A related document with all its relations to this one."""

    document: LegalDocument
    edition: Edition | None
    standing: Standing | None
    links: tuple[Link, ...]

    @property
    def at_work(self) -> bool:
        """Whether any of the relations holds on the day."""
        return any(link.at_work for link in self.links)


def links(edition: Edition, day: dt.date) -> list[Link]:
    """All relations of an edition's document; of other documents only the adopted editions speak."""
    adopted_by_others = Q(target_id=edition.document_id, edition__state=Record.State.ADOPTED)
    stored = (
        Relation.objects.filter(Q(edition=edition) | adopted_by_others)
        .exclude(~Q(edition=edition), edition__document_id=edition.document_id)
        .select_related("edition__document", "target", "verified_by")
    )
    others = {one.target_id if one.edition_id == edition.pk else one.edition.document_id for one in stored}
    known = {one.document_id: one for one in adopted().filter(document_id__in=others)}
    found = [_link(one, edition, known, day) for one in stored]
    return sorted(
        found, key=lambda one: (not one.upstream, one.relation.kind not in _EFFECTS, _age(one), one.relation.pk)
    )


def neighbours(found: Iterable[Link], day: dt.date) -> list[Neighbour]:
    """The related documents, each once for each side it stands on."""
    grouped: dict[tuple[bool, int], list[Link]] = {}
    for link in found:
        grouped.setdefault((link.upstream, link.other.pk), []).append(link)
    known = {link.edition.document_id: link.edition for group in grouped.values() for link in group if link.edition}
    stand = standings(known.values(), day)
    return [
        Neighbour(group[0].other, group[0].edition, stand.get(group[0].other.pk), tuple(group))
        for group in grouped.values()
    ]


def _link(relation: Relation, edition: Edition, known: dict[int, Edition], day: dt.date) -> Link:
    outgoing = relation.edition_id == edition.pk
    acts = relation.kind in _EFFECTS
    other = relation.target if outgoing else relation.edition.document
    since = relation.effective_from or (relation.edition.in_force_from if acts else None)
    at_work = not acts or (since is not None and since <= day)
    if relation.effective_to is not None and relation.effective_to < day:
        at_work = False
    says = relation.edition
    vague = says.in_force_precision == Precision.YEAR and since is not None and since == says.in_force_from
    return Link(relation, other, known.get(other.pk), outgoing, outgoing != acts, since, vague, at_work)


def _age(link: Link) -> tuple[bool, dt.date]:
    """Newest first; those without a day at the end."""
    signed = link.edition.signed or link.edition.in_force_from if link.edition else None
    return (signed is None, dt.date.min + (dt.date.max - signed) if signed else dt.date.max)
