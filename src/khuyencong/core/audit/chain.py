"""The records one after another, each with the hash of the one before, and the signed head of them all."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from django.db import models

from khuyencong.core import clock
from khuyencong.core.audit import signature
from khuyencong.core.audit.changes import Change, canonical
from khuyencong.core.models import AuditHead, AuditRecord

GENESIS = "0" * 64
BATCH = 2000


def append(actor: models.Model | None, changes: Iterable[Change]) -> int:
    """Put a record of each change at the end of the chain; how many. Somebody holds the head."""
    head = AuditHead.objects.get(pk=1)
    sound = is_signed(head)
    now = clock.now()
    name = "hệ thống" if actor is None else str(actor)
    batch: list[AuditRecord] = []
    for change in changes:
        entry = _entry(change, head.seq + 1, now, actor, name, head.hash)
        head.seq, head.hash = entry.seq, entry.hash
        batch.append(entry)
    AuditRecord.objects.bulk_create(batch, batch_size=BATCH)
    # A forged head must not be made good by the next honest write: its false signature stays until resealed.
    if sound:
        head.signature = signature.sign(head.seq, head.hash)
    head.save()
    return len(batch)


def hold_head() -> AuditHead:
    """The head of the chain, held to the end of the transaction: all who write take it in turn."""
    # On SQLite BEGIN IMMEDIATE already holds the writer's lock; on PostgreSQL this row is the lock.
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=1)
        head = AuditHead.objects.select_for_update().get(pk=1)
    return head


def is_signed(head: AuditHead) -> bool:
    """Whether this installation signed the head, or it is that of a new one."""
    if head.seq == 0 and head.hash == GENESIS and not head.signature:
        return True
    return signature.holds(head.seq, head.hash, head.signature)


def history(subject: models.Model) -> models.QuerySet[AuditRecord]:
    """The records that belong on the card of ``subject``, newest first."""
    return AuditRecord.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by(
        "-seq"
    )


def digest_of(entry: AuditRecord) -> str:
    """The hash of a record: everything it says, and the hash before it."""
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
    entry.hash = digest_of(entry)
    return entry
