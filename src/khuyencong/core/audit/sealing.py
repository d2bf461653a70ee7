"""How what was told enters the chain: at once, or, where many write at the same time, right after the commit.

The end of the chain is one row. Were it held through the work of every writer, all would stand in one line. So on
PostgreSQL a writing leaves entries in its own transaction, each marked with the installation's key, and moments later
one sealer at a time ties all that wait to the chain, in order. Whoever reads the chain has it sealed first.

What is found: an entry slipped in or altered (its mark), a part of a writing removed (its count). The database lets
an entry go only when its record stands in the chain (``guard``). Not found in the chain: that the owner of the
database lifted the guard and took away a whole writing within those moments; ``verify --tables`` names its rows.
"""

import atexit
import json
import os
import threading
import time
import uuid
from collections import Counter
from typing import Any

import structlog
from django.db import DatabaseError, connection, models, transaction

from khuyencong.core.audit import chain, signature
from khuyencong.core.models import AuditContent, AuditEntry, AuditHead, AuditRecord

log = structlog.get_logger(__name__)

PAUSE = 1.0  # seconds in which what is told gathers; with none the writer seals itself
LINGER = 60  # seconds without a write after which the thread ends

_CONTENT = [field.attname for field in AuditContent._meta.fields]
_LAST_WAITING = models.Subquery(AuditEntry.objects.order_by("-id").values("id")[:1])
_asked, _starting = threading.Event(), threading.Lock()
_sealer: threading.Thread | None = None


def keep(told: list[AuditRecord]) -> None:
    """Keep what a writing told, as the last thing in its transaction."""
    if not told:
        return
    # SQLite lets one write at a time anyway; inside a larger transaction nobody else would seal before its end.
    if connection.vendor != "postgresql" or not _is_outermost():
        chain.append(told)
        return
    writing = uuid.uuid4()
    entries = [
        AuditEntry(writing=writing, position=position, of=len(told), **_content(one))
        for position, one in enumerate(told)
    ]
    for one in entries:
        one.mark = signature.mark(_marked(one))
    AuditEntry.objects.bulk_create(entries, batch_size=chain.BATCH)
    transaction.on_commit(_soon)


def seal() -> None:
    """Tie all that waits to the chain. Inside a transaction it does nothing: what waits is not ours to move then."""
    while not connection.in_atomic_block and AuditEntry.objects.exists() and _seal_some(wait=True):
        pass


def history(subject: models.Model, also: models.Q = models.Q()) -> models.QuerySet[AuditRecord]:  # noqa: B008 a Q is never changed
    """The records that belong on the card of ``subject``, newest first; ``also``: others that tell of it too."""
    seal()
    own = models.Q(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
    return AuditRecord.objects.filter(own | also if also else own).order_by("-seq")


def told(*fields: str, **wanted: object) -> list[tuple[Any, ...]]:
    """These fields of the records that are wanted, oldest first; of those too that are about to enter the chain."""
    # First those: one that enters the chain in between is then read twice, never missed.
    waiting: list[tuple[Any, ...]] = []
    if connection.vendor == "postgresql":
        waiting = list(AuditEntry.objects.filter(**wanted).order_by("id").values_list(*fields))
    return [*AuditRecord.objects.filter(**wanted).order_by("seq").values_list(*fields), *waiting]


def position() -> int:
    """The number of the last record: from here on ``told_since`` says what was written."""
    seal()
    return AuditHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def state() -> str:
    """Another text after every writing, be it sealed yet or not; empty until the first of an installation is."""
    last = AuditHead.objects.filter(pk=1).annotate(waiting=_LAST_WAITING).values_list("hash", "waiting").first()
    return ":".join(map(str, last or ()))


def told_since(position: int, *fields: str, **wanted: object) -> list[tuple[Any, ...]]:
    """These fields of the records that are wanted and came after this one."""
    waiting: list[tuple[Any, ...]] = []
    if connection.vendor == "postgresql":
        waiting = list(AuditEntry.objects.filter(**wanted).values_list(*fields))
    return [*AuditRecord.objects.filter(seq__gt=position, **wanted).values_list(*fields), *waiting]


def whole(entries: list[AuditEntry]) -> list[AuditEntry]:
    """Those that this installation wrote and whose writing is there with all its entries."""
    marked = [one for one in entries if signature.is_marked(_marked(one), one.mark)]
    there = Counter(one.writing for one in marked)
    return [one for one in marked if there[one.writing] == one.of]


def adopt() -> None:
    """Take what waits into the chain as it is: another installation marked it, and its chain is being taken over."""
    entries = list(AuditEntry.objects.all())
    if entries:
        _move(entries, chain.hold_head())


def _seal_some(wait: bool) -> bool:
    """Seal what waits; whether any was. Without ``wait`` only when nobody else does so just now."""
    with transaction.atomic():
        free = AuditHead.objects.select_for_update(skip_locked=True).filter(pk=1)
        if not wait and AuditHead.objects.exists() and not free.exists():
            return False
        head = chain.hold_head()
        ready = whole(list(AuditEntry.objects.all()))
        if ready:
            _move(ready, head)
    return bool(ready)


def _move(entries: list[AuditEntry], head: AuditHead) -> None:
    chain.append([AuditRecord(**_content(one)) for one in entries], head)
    AuditEntry.objects.filter(pk__in=[one.pk for one in entries]).delete()


def _soon() -> None:
    """Have it sealed in a moment, by a thread of this process; what is left at the end of the process, by that."""
    if not PAUSE:
        seal()
        return
    global _sealer
    with _starting:
        _asked.set()
        if _sealer is None or not _sealer.is_alive():
            _sealer = threading.Thread(target=_seal_on, name="audit-sealer", daemon=True)
            _sealer.start()


def _seal_on() -> None:
    try:
        while _is_asked():
            time.sleep(PAUSE)
            _asked.clear()
            # Somebody else is at it: they may have looked before our commit.
            if AuditEntry.objects.exists() and not _seal_some(wait=False):
                _asked.set()
    except DatabaseError as error:
        _asked.set()
        log.warning("sealing the audit trail failed; it is tried again with the next write", error=str(error))
    finally:
        connection.close()


def _is_asked() -> bool:
    """Wait for the next to be sealed; when nothing comes for long, whoever asks next finds no sealer."""
    global _sealer
    if _asked.wait(LINGER):
        return True
    with _starting:
        if not _asked.is_set():
            _sealer = None
        return _sealer is not None


@atexit.register
def _seal_the_rest() -> None:
    # Not whether it is asked: the thread may have taken that on and end with the process before it is done.
    if _sealer is not None:
        try:
            seal()
        except DatabaseError as error:
            log.warning("the audit trail is sealed when it is read next", error=str(error))


def _begin_anew() -> None:
    global _sealer
    _asked.clear()
    _sealer = None


os.register_at_fork(after_in_child=_begin_anew)


def _is_outermost() -> bool:
    return len(connection.atomic_blocks) == 1


def _content(one: AuditContent) -> dict[str, object]:
    return {name: getattr(one, name) for name in _CONTENT}


def _marked(one: AuditEntry) -> str:
    return json.dumps([str(one.writing), one.position, one.of, *chain.content_of(one)], ensure_ascii=False)
