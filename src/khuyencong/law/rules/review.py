"""Which local documents are out of date, and which are missing: found from dates and relations."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from khuyencong.law.rules.status import Dates, Effect, EffectKind, Status, standing


class FindingKind(StrEnum):
    """What was found."""

    BASIS_AMENDED = "basis-amended"
    BASIS_REPLACED = "basis-replaced"
    BASIS_REPEALED = "basis-repealed"
    BASIS_EXPIRED = "basis-expired"
    MISSING = "missing-local-document"


@dataclass(frozen=True)
class Document:
    """A document as the review sees it. ``bases``: what it is based on or guides; ``local``: the province's own."""

    code: str
    dates: Dates
    signed: dt.date | None
    effects: tuple[Effect, ...] = ()
    bases: tuple[str, ...] = ()
    local: bool = False


@dataclass(frozen=True)
class Duty:
    """A provision of a higher document that asks for a local one."""

    key: str
    document: str
    path: str = ""


@dataclass(frozen=True)
class Finding:
    """A finding: about which local document (empty when one is missing), because of which basis, since when."""

    kind: FindingKind
    local: str
    basis: str
    by: str = ""
    since: dt.date | None = None
    duty: str = ""


def findings(documents: Iterable[Document], duties: Iterable[Duty], day: dt.date) -> tuple[Finding, ...]:
    """Everything to be looked at on the day. A local document signed after the change took note of it already."""
    by_code = {document.code: document for document in documents}
    found: set[Finding] = set()
    for local in by_code.values():
        if local.local and standing(local.dates, local.effects, day).holds:
            for basis in local.bases:
                if basis in by_code:
                    found |= set(_of_basis(local, by_code[basis], day))
    for duty in duties:
        above = by_code.get(duty.document)
        if above and standing(above.dates, above.effects, day).holds and not _answered(duty, by_code, day):
            found.add(Finding(FindingKind.MISSING, "", duty.document, duty=duty.key))
    return tuple(sorted(found, key=lambda f: (f.local, f.basis, f.kind, f.by, f.duty, str(f.since))))


_BY_EFFECT = {
    EffectKind.AMENDS: FindingKind.BASIS_AMENDED,
    EffectKind.REPLACES: FindingKind.BASIS_REPLACED,
    EffectKind.REPEALS: FindingKind.BASIS_REPEALED,
}


def _of_basis(local: Document, basis: Document, day: dt.date) -> list[Finding]:
    after = local.signed or local.dates.in_force_from or dt.date.min
    found = [
        Finding(_BY_EFFECT[effect.kind], local.code, basis.code, effect.by, effect.since)
        for effect in basis.effects
        if effect.kind in _BY_EFFECT and effect.holds(day) and effect.since is not None and effect.since > after
    ]
    ended = basis.dates.expires
    if ended is not None and ended < day and standing(basis.dates, (), day).status is Status.EXPIRED:
        found.append(Finding(FindingKind.BASIS_EXPIRED, local.code, basis.code, "", ended + dt.timedelta(days=1)))
    return found


def _answered(duty: Duty, by_code: Mapping[str, Document], day: dt.date) -> bool:
    """Whether a local document in force, based on the document of the duty, stands."""
    return any(
        one.local and duty.document in one.bases and standing(one.dates, one.effects, day).holds
        for one in by_code.values()
    )
