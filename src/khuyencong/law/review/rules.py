"""Which local documents are out of date, and which are missing: found from dates and relations."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from khuyencong.core.text import fold
from khuyencong.law.documents.rules.references import covers
from khuyencong.law.documents.rules.status import Dates, Effect, EffectKind, Status, standing


class FindingKind(StrEnum):
    """What was found."""

    BASIS_AMENDED = "basis-amended"
    BASIS_REPLACED = "basis-replaced"
    BASIS_REPEALED = "basis-repealed"
    BASIS_SUSPENDED = "basis-suspended"
    BASIS_EXPIRED = "basis-expired"
    MISSING = "missing-local-document"


@dataclass(frozen=True)
class Basis:
    """What a document is based on or guides. ``path`` empty: the whole of it."""

    code: str
    path: str = ""


@dataclass(frozen=True)
class Document:
    """A document as the review sees it. ``local``: the province's own."""

    code: str
    dates: Dates
    signed: dt.date | None
    effects: tuple[Effect, ...] = ()
    bases: tuple[Basis, ...] = ()
    local: bool = False
    issuer: str = ""


@dataclass(frozen=True)
class Duty:
    """A provision of a higher document that asks for a local one. ``issuer`` empty: of any local body."""

    key: str
    document: str
    path: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Finding:
    """A finding: about which local document (empty when one is missing), because of which basis, since when.

    ``path``: the provision of the basis that was touched, empty for the whole of it. ``by_year_end``: only the year of
    ``since`` is known.
    """

    kind: FindingKind
    local: str
    basis: str
    by: str = ""
    since: dt.date | None = None
    duty: str = ""
    path: str = ""
    by_year_end: bool = False


# What may be proposed after each kind of finding; the codes are those of ReviewItem.
_ABOUT_A_DOCUMENT = ("amend", "replace", "repeal", "keep")
_ABOUT_A_GAP = ("issue", "keep")


def proposals(kind: FindingKind) -> tuple[str, ...]:
    """What may be proposed: a missing document is issued, one that is there is amended, replaced or repealed."""
    return _ABOUT_A_GAP if kind is FindingKind.MISSING else _ABOUT_A_DOCUMENT


def findings(documents: Iterable[Document], duties: Iterable[Duty], day: dt.date) -> tuple[Finding, ...]:
    """Everything to be looked at on the day. A local document signed after the change took note of it already."""
    by_code = {document.code: document for document in documents}
    found: set[Finding] = set()
    for local in by_code.values():
        if local.local and standing(local.dates, local.effects, day).holds:
            for basis in local.bases:
                if basis.code in by_code:
                    found |= set(_of_basis(local, by_code[basis.code], basis.path, day))
    for duty in duties:
        above = by_code.get(duty.document)
        if above and standing(above.dates, above.effects, day).holds and not _answered(duty, by_code.values(), day):
            found.add(Finding(FindingKind.MISSING, "", duty.document, duty=duty.key, path=duty.path))
    return tuple(sorted(found, key=lambda f: (f.local, f.basis, f.kind, f.by, f.duty, f.path, str(f.since))))


_BY_EFFECT = {
    EffectKind.AMENDS: FindingKind.BASIS_AMENDED,
    EffectKind.REPLACES: FindingKind.BASIS_REPLACED,
    EffectKind.REPEALS: FindingKind.BASIS_REPEALED,
    EffectKind.SUSPENDS: FindingKind.BASIS_SUSPENDED,
}


def _of_basis(local: Document, basis: Document, path: str, day: dt.date) -> list[Finding]:
    after = local.signed or local.dates.in_force_from or dt.date.min
    found = [
        Finding(
            _BY_EFFECT[effect.kind],
            local.code,
            basis.code,
            effect.by,
            effect.since,
            path=effect.path,
            by_year_end=effect.by_year_end,
        )
        for effect in basis.effects
        if effect.kind in _BY_EFFECT
        and _touches(effect.path, path)
        and effect.holds(day)
        and effect.since is not None
        and effect.since > after
    ]
    ended = basis.dates.expires
    if ended is not None and ended < day and standing(basis.dates, (), day).status is Status.EXPIRED:
        found.append(Finding(FindingKind.BASIS_EXPIRED, local.code, basis.code, "", ended + dt.timedelta(days=1)))
    return found


def _touches(changed: str, used: str) -> bool:
    """Whether a change of one provision is a change of what another document rests on."""
    return not used or covers(changed, used) or covers(used, changed)


def _answered(duty: Duty, documents: Iterable[Document], day: dt.date) -> bool:
    """Whether a local document in force stands: of the body that was asked, resting on what asks for it."""
    return any(
        one.local
        and fold(duty.issuer) in fold(one.issuer)
        and any(basis.code == duty.document and _touches(basis.path, duty.path) for basis in one.bases)
        and standing(one.dates, one.effects, day).holds
        for one in documents
    )
