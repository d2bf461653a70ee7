"""Walking the chain to find its first broken link, and taking over a chain that another installation signed."""

from dataclasses import dataclass

from django.db import models

from khuyencong.core.audit import anchor, chain, sealing, signature
from khuyencong.core.audit.changes import Change
from khuyencong.core.audit.writing import record, writing
from khuyencong.core.models import AuditEntry, AuditHead, AuditRecord
from khuyencong.core.one_moment import steady_view


@dataclass(frozen=True)
class Break:
    """The first broken link: at which number, and how."""

    seq: int
    problem: str  # "changed" | "missing" | "inserted" | "head" | "waiting" | "anchor"


@dataclass(frozen=True)
class Verdict:
    """What verification found: how many records were read, and the first broken link if any."""

    records: int
    broken: Break | None
    head: str = chain.GENESIS  # the hash of the last record read


def verify() -> Verdict:
    """Seal what waits, walk the whole chain, as it stood at one moment, and name the first broken link."""
    sealing.seal()
    with steady_view():
        verdict = verify_links()
        if verdict.broken is None:
            problem = _head_problem(verdict) or _waiting_problem(verdict)
            verdict = Verdict(verdict.records, problem, verdict.head)
    return verdict


def unlike(seq: int, digest: str) -> Break | None:
    """How the chain differs from a head of it that was kept elsewhere."""
    entry = AuditRecord.objects.filter(pk=seq).first()
    if entry is not None and entry.hash == digest:
        return None
    return Break(seq, "missing" if entry is None else "changed")


def unlike_anchor() -> Break | None:
    """The same against the anchor outside the database; one that is gone or forged tells as much."""
    try:
        kept = anchor.read()
    except anchor.Forged:
        return Break(0, "anchor")
    found = unlike(*kept) if kept else None
    return found if found and not anchor.is_explained(found.seq) else None


def verify_links() -> Verdict:
    """The walk without the signature at the end: what can be said of a chain that another installation signed."""
    previous, expected = chain.GENESIS, 1
    entries = AuditRecord.objects.order_by("seq").iterator(chunk_size=chain.BATCH)
    while True:
        problem = None
        try:
            entry = next(entries, None)
            if entry is None:
                return Verdict(expected - 1, None, previous)
            if entry.seq != expected:
                problem = Break(min(entry.seq, expected), "missing" if entry.seq > expected else "inserted")
            elif entry.previous_hash != previous or entry.hash != chain.digest_of(entry):
                problem = Break(expected, "changed")
            else:
                previous, expected = entry.hash, expected + 1
        except (ValueError, TypeError, AttributeError, OverflowError):
            problem = Break(expected, "changed")  # holds what no writer of ours could have stored
        if problem is not None:
            return Verdict(expected - 1, problem, previous)


def reseal(actor: models.Model | None, change: Change) -> None:
    """Take over a whole chain that this installation did not sign, and say so in the chain itself.

    Needed after a restore on another machine and after the loss of the key. ``change`` tells why. Raises
    ValueError when a link inside the chain is broken: that can not be made good.
    """
    with writing(actor):
        verdict = verify_links()
        if verdict.broken is not None:
            raise ValueError(f"broken at {verdict.broken.seq}: {verdict.broken.problem}")
        head = chain.hold_head()
        head.seq, head.hash = verdict.records, verdict.head
        head.signature = signature.sign(head.seq, head.hash)
        head.save()
        sealing.adopt()
        record([change])


def _head_problem(walked: Verdict) -> Break | None:
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if not chain.is_signed(head):
        return Break(head.seq, "head")
    if head.seq > walked.records:
        return Break(walked.records + 1, "missing")
    if head.seq < walked.records:
        return Break(head.seq + 1, "inserted")
    return None if head.hash == walked.head else Break(walked.records, "changed")


def _waiting_problem(walked: Verdict) -> Break | None:
    """What waits to enter the chain and may not: not marked by us, or of a writing that lacks a part."""
    entries = list(AuditEntry.objects.all())
    return None if len(sealing.whole(entries)) == len(entries) else Break(walked.records + 1, "waiting")
