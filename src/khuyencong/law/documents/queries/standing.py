"""Documents with their standing on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from khuyencong.core.text import fold
from khuyencong.law.documents.models import Edition, LegalDocument, Relation
from khuyencong.law.documents.records import Precision, Record
from khuyencong.law.documents.rules.status import Dates, Effect, EffectKind, Standing, standing

_EFFECTS = {kind.value for kind in EffectKind}
LONG_COLUMNS = ("text", "search_head", "search_text")  # left in the database by what reads many editions


def adopted() -> QuerySet[Edition]:
    """The adopted editions, with their documents."""
    return Edition.objects.filter(state=Record.State.ADOPTED).select_related("document", "province", "responsible")


def edition_of(document: LegalDocument) -> Edition | None:
    """The adopted edition of a document; None while it is only a draft."""
    return adopted().filter(document=document).first()


def find(text: str) -> LegalDocument | None:
    """The document of this code, or the only one of this number (case, marks and spaces ignored)."""
    wanted = "".join(text.split())
    slug = fold(wanted).replace(" ", "-")
    found = list(LegalDocument.objects.filter(code__in=[wanted.lower(), slug])[:1])
    if not found and slug:
        # SQLite knows no upper case of đ, and people leave marks out: the code has neither.
        alike = LegalDocument.objects.filter(Q(number__iexact=wanted) | Q(code__startswith=f"{slug}-"))
        found = [one for one in alike if fold(one.number) == fold(wanted)]
    return found[0] if len(found) == 1 else None


def dates_of(edition: Edition) -> Dates:
    """The days of an edition, for the rules."""
    return Dates(edition.in_force_from, edition.expires, by_year_end=edition.in_force_precision == Precision.YEAR)


def effects_on(documents: Iterable[int], drafts: Iterable[int] = ()) -> dict[int, tuple[Effect, ...]]:
    """What adopted documents do to these (keys of LegalDocument). ``drafts``: editions to count as if adopted."""
    relations = (
        Relation.objects.filter(kind__in=_EFFECTS, target_id__in=list(documents))
        .select_related("edition__document")
        .defer(*(f"edition__{name}" for name in LONG_COLUMNS))
    )
    as_if = set(drafts)
    found: dict[int, list[Effect]] = defaultdict(list)
    for one in relations:
        if one.edition.state == Record.State.ADOPTED or one.edition_id in as_if:
            found[one.target_id].append(effect_of(one))
    return {key: tuple(effects) for key, effects in found.items()}


def effect_of(relation: Relation) -> Effect:
    """A relation as the rules see it; without a day of its own it works from the day its document is in force."""
    since = relation.effective_from or relation.edition.in_force_from
    vague = relation.edition.in_force_precision == Precision.YEAR and since == relation.edition.in_force_from
    return Effect(
        EffectKind(relation.kind),
        str(relation.edition.document),
        since,
        relation.effective_to,
        relation.source_path,
        relation.target_path,
        by_year_end=vague,
    )


def standings(editions: Iterable[Edition], day: dt.date) -> dict[int, Standing]:
    """Key of the document -> how it stands on the day."""
    known = list(editions)
    effects = effects_on(one.document_id for one in known)
    return {one.document_id: standing(dates_of(one), effects.get(one.document_id, ()), day) for one in known}
