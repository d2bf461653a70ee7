"""The audit trail: every write leaves a record in its own transaction; the records form a hash chain.

A record's hash covers its content and the hash before it. The head of the chain is signed with the
installation's key, so that changing, inserting or removing any record (the last ones too) is found.

One thing no database can tell of itself: that it was put back, whole, to an older state. For that, somebody
keeps the number and hash of the last record elsewhere (a backup's manifest does, and ``khuyencong audit
verify`` prints them) and has them checked with ``--expect``.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from khuyencong.core import clock, seal
from khuyencong.core.models import AuditHead, AuditRecord
from khuyencong.core.one_moment import steady_view

GENESIS = "0" * 64
_BATCH = 2000


@dataclass(frozen=True)
class Change:
    """One object changed. ``subject`` is the record whose card shows it (the establishment of a result)."""

    action: str
    obj: models.Model
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    subject: models.Model | None = None


@dataclass(frozen=True)
class Break:
    """The first broken link: at which number, and how."""

    seq: int
    problem: str  # "changed" | "missing" | "inserted" | "head"


@dataclass(frozen=True)
class Verdict:
    """What verification found: how many records were read, and the first broken link if any."""

    records: int
    broken: Break | None
    head: str = GENESIS  # the hash of the last record read


def snapshot(obj: models.Model) -> dict[str, Any]:
    """The object's own fields as plain values, many-to-many fields as sorted lists of keys.

    Search columns (text that nobody edits) are left out: they repeat the others, often at length.
    """
    values = {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields if _told(field)}
    for field in obj._meta.many_to_many:
        values[field.name] = sorted(getattr(obj, field.name).values_list("pk", flat=True))
    return values


def _told(field: models.Field) -> bool:
    return field.editable or not isinstance(field, models.TextField)


def record(actor: models.Model | None, changes: Iterable[Change]) -> int:
    """Append the changes to the chain and return how many; must run inside the write's own transaction.

    An update that changed nothing is left out. ``actor`` is the user, or None for the system itself.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit record belongs in the transaction of its write.")
    pending = [change for change in changes if _differs(change)]
    if not pending:
        return 0
    head = _locked_head()
    sound = _sealed(head)
    now = clock.now()
    name = "hệ thống" if actor is None else str(actor)
    batch: list[AuditRecord] = []
    for change in pending:
        entry = _entry(change, head.seq + 1, now, actor, name, head.hash)
        head.seq, head.hash = entry.seq, entry.hash
        batch.append(entry)
    AuditRecord.objects.bulk_create(batch, batch_size=_BATCH)
    # A forged head must not be made good by the next honest write: its false signature stays until resealed.
    if sound:
        head.signature = seal.sign(head.seq, head.hash)
    head.save()
    return len(batch)


def history(subject: models.Model) -> models.QuerySet[AuditRecord]:
    """The records that belong on the card of ``subject``, newest first."""
    return AuditRecord.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by(
        "-seq"
    )


def verify() -> Verdict:
    """Walk the whole chain, as it stood at one moment, and name the first broken link."""
    with steady_view():
        verdict = verify_links()
        if verdict.broken is None:
            verdict = Verdict(verdict.records, _head_problem(verdict), verdict.head)
    return verdict


def verify_links() -> Verdict:
    """The walk without the seal on the end: what can be said of a chain that another installation sealed."""
    previous, expected = GENESIS, 1
    entries = AuditRecord.objects.order_by("seq").iterator(chunk_size=_BATCH)
    while True:
        problem = None
        try:
            entry = next(entries, None)
            if entry is None:
                return Verdict(expected - 1, None, previous)
            if entry.seq != expected:
                problem = Break(min(entry.seq, expected), "missing" if entry.seq > expected else "inserted")
            elif entry.previous_hash != previous or entry.hash != _digest(entry):
                problem = Break(expected, "changed")
        except (ValueError, TypeError, AttributeError, OverflowError):
            problem = Break(expected, "changed")  # holds what no writer of ours could have stored
        if problem is not None:
            return Verdict(expected - 1, problem, previous)
        previous, expected = entry.hash, expected + 1


def reseal(actor: models.Model | None, change: Change) -> None:
    """Take over a whole chain that this installation did not seal, and say so in the chain itself.

    Needed after a restore on another machine and after the loss of the key. ``change`` tells why. Raises
    ValueError when a link inside the chain is broken: that can not be made good.
    """
    verdict = verify_links()
    if verdict.broken is not None:
        raise ValueError(f"broken at {verdict.broken.seq}: {verdict.broken.problem}")
    head = _locked_head()
    head.seq, head.hash = verdict.records, verdict.head
    head.signature = seal.sign(head.seq, head.hash)
    head.save()
    record(actor, [change])


def _sealed(head: AuditHead) -> bool:
    if head.seq == 0 and head.hash == GENESIS and not head.signature:
        return True  # a new installation
    return seal.holds(head.seq, head.hash, head.signature)


def _head_problem(walked: Verdict) -> Break | None:
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if not _sealed(head):
        return Break(head.seq, "head")
    if head.seq > walked.records:
        return Break(walked.records + 1, "missing")
    if head.seq < walked.records:
        return Break(head.seq + 1, "inserted")
    return None if head.hash == walked.head else Break(walked.records, "changed")


def lock() -> None:
    """Wait until no other write is under way; held to the end of the transaction. For plans that must not age."""
    _locked_head()


def _locked_head() -> AuditHead:
    # On SQLite BEGIN IMMEDIATE already holds the writer's lock; on PostgreSQL this row is the lock.
    AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=1)


def _differs(change: Change) -> bool:
    return change.before is None or change.after is None or canonical(change.before) != canonical(change.after)


def _entry(
    change: Change, seq: int, now: dt.datetime, actor: models.Model | None, name: str, previous: str
) -> AuditRecord:
    subject = change.subject or change.obj
    entry = AuditRecord(
        seq=seq,
        at=now,
        actor_id=None if actor is None else actor.pk,
        actor_name=name[:200],
        action=change.action,
        object_type=change.obj._meta.label_lower,
        object_id=str(change.obj.pk),
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        label=str(change.obj)[:300],
        before="" if change.before is None else canonical(change.before),
        after="" if change.after is None else canonical(change.after),
        previous_hash=previous,
    )
    entry.hash = _digest(entry)
    return entry


def _digest(entry: AuditRecord) -> str:
    content = [
        entry.seq,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.subject_type,
        entry.subject_id,
        entry.label,
        entry.before,
        entry.after,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def canonical(values: Mapping[str, Any]) -> str:
    """One spelling for one content: sorted keys, no spaces, dates and decimals as text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).isoformat()  # one moment, one spelling, whatever the zone
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
