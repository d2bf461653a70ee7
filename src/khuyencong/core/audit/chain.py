"""The records one after another, each with the hash of the one before, and the signed head of them all."""

import datetime as dt
import hashlib
import json

from django.db import models, transaction

from khuyencong.core import clock
from khuyencong.core.audit import anchor, signature
from khuyencong.core.audit.changes import Change, canonical
from khuyencong.core.models import AuditContent, AuditHead, AuditRecord

GENESIS = "0" * 64
BATCH = 2000


def told(change: Change, actor: models.Model | None) -> AuditRecord:
    """The record of a change as it is now; it has no place in the chain yet."""
    subject = change.subject or change.obj
    return AuditRecord(
        at=clock.now(),
        actor_id=None if actor is None else actor.pk,
        actor_name=("hệ thống" if actor is None else str(actor))[:200],
        action=change.action,
        object_type=change.obj._meta.label_lower,
        object_id=change.key,
        subject_type=subject._meta.label_lower,
        subject_id=str(change.subject.pk) if change.subject else change.key,
        label=str(change.obj)[:300],
        before="" if change.before is None else canonical(change.before),
        after="" if change.after is None else canonical(change.after),
    )


def append(records: list[AuditRecord], head: AuditHead | None = None) -> None:
    """Put records at the end of the chain; its head stays held to the end of the transaction."""
    head = head or hold_head()
    sound = is_signed(head)
    for one in records:
        one.seq, one.previous_hash = head.seq + 1, head.hash
        one.hash = digest_of(one)
        head.seq, head.hash = one.seq, one.hash
    AuditRecord.objects.bulk_create(records, batch_size=BATCH)
    # A forged head must not be made good by the next honest write: its false signature stays until resealed.
    if sound:
        head.signature = signature.sign(head.seq, head.hash)
    head.save(force_update=True)
    transaction.on_commit(lambda: anchor.note(head.seq, head.hash))


def hold_head() -> AuditHead:
    """The head of the chain, held to the end of the transaction: records enter it one writer after another."""
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


def digest_of(entry: AuditRecord) -> str:
    """The hash of a record: everything it says, and the hash before it."""
    content = [entry.seq, *content_of(entry), entry.previous_hash]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def content_of(entry: AuditContent) -> list[str | int | None]:
    """What it says, in the order in which it is hashed."""
    return [
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
    ]
