"""Confirming a batch: planned and staged while others go on, then one moment in which all of it comes to stand."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.tables.asking import Answers
from khuyencong.core.tables.planning import Planned, Progress
from khuyencong.core.tables.staging import Staged
from khuyencong.establishments.importing.actions import RegistrySwitch
from khuyencong.imports.actions import IMPORTERS, Choice, PlanChanged, answers_for, decided, path_of, read
from khuyencong.imports.models import ImportBatch, ImportTouch
from khuyencong.people.models import User

_PART = 1000
_TRIES = 3  # times that it is planned anew because others wrote meanwhile, before everybody waits for the whole
_RESTS_ON = ("establishments.establishment", "establishments.yearlyresult")


class _Moved(Exception):
    """What the plan rests on was written to while it was made."""


def confirm_batch(
    batch: ImportBatch,
    user: User,
    choice: Choice,
    progress: Progress,
    seen: str,
    sheets: Sequence[str] = (),
    answers: Answers | None = None,
) -> dict[str, int]:
    """Confirm a batch once: all or nothing, with one record of it that holds the hash of every row it touched.

    ``seen``: the fingerprint of the plan that the person saw; ``answers``: those they saw it with, without them what
    is answered by now. Returns counts by fate, with "written". Raises PlanChanged, HasErrors, TableError.
    """
    path = path_of(batch)
    progress(0.0, "")
    for number in range(_TRIES + 1):
        given = answers or answers_for(user, batch.kind, batch)
        table = read(batch.kind, path, batch.file_name, sheets, given)
        last = number == _TRIES or not hasattr(IMPORTERS[batch.kind], "stage")
        try:
            with audit.writing(user) if last else nullcontext():
                if last:
                    audit.alone()
                since = None if last else audit.position()
                rows, counts = decided(batch.kind, table, user, choice, seen)
                _carry_out(batch, user, rows, counts, since, progress, seen, sheets)
                return counts
        except _Moved:
            _clear(batch, user)
    raise PlanChanged


def _carry_out(
    batch: ImportBatch,
    user: User,
    rows: list[Planned],
    counts: dict[str, int],
    since: int | None,
    progress: Progress,
    seen: str,
    sheets: Sequence[str],
) -> None:
    importer = IMPORTERS[batch.kind]
    stage = getattr(importer, "stage", None)
    staged: list[Staged] = stage(rows, user) if stage and rows else []
    touched = _stage(batch, user, staged, progress) if stage else ""
    switch = RegistrySwitch(staged)
    with audit.writing(user):
        audit.alone()
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != ImportBatch.State.PLANNED:
            raise PlanChanged
        if since is not None and _is_written_since(since):
            raise _Moved
        before = audit.snapshot(batch)
        if stage:
            switch.make(lambda share, words: progress(0.8 + 0.2 * share, words), _("Đang ghi vào hệ thống"))
        elif rows:
            importer.write(rows, user, lambda share, words: progress(0.3 + 0.7 * share, words))
        batch.state, batch.confirmed_at, batch.fingerprint = ImportBatch.State.DONE, clock.now(), seen
        batch.outcome = counts | ({"sheets": list(sheets)} if sheets else {})
        batch.save()
        told: dict[str, Any] = audit.snapshot(batch) | ({"touched": touched} if stage else {})
        audit.record([audit.Change("import", batch, before, told)])
    switch.follow()


def _is_written_since(position: int) -> bool:
    """Whether anybody wrote to what a plan rests on, row by row or by an import."""
    by_import = audit.told_since(position, object_type="reports.importbatch", action="import")
    return by_import or audit.told_since(position, object_type__in=_RESTS_ON)


def _stage(batch: ImportBatch, user: User, staged: list[Staged], progress: Progress) -> str:
    """Lay the rows down beside the tables, a part at a time, so that others come in between; the hash of them all."""
    _clear(batch, user)  # of a try that was cut short
    whole = hashlib.sha256()
    for start in range(0, len(staged), _PART):
        part = [_touch(batch, one) for one in staged[start : start + _PART]]
        whole.update(_lines(part))
        with audit.writing(user):
            ImportTouch.objects.bulk_create(part)
        progress(0.4 + 0.4 * start / len(staged), _("Đang chuẩn bị"))
    return whole.hexdigest()


def _clear(batch: ImportBatch, user: User) -> None:
    """Take away what was staged for nothing. Raises PlanChanged if the batch is done, for then it is what was done."""
    with audit.writing(user):
        if not ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.PLANNED).exists():
            raise PlanChanged
        batch.touches.all().delete()


def _touch(batch: ImportBatch, one: Staged) -> ImportTouch:
    return ImportTouch(
        batch=batch,
        model=one.model,
        key=one.obj.pk,
        label=str(one.obj)[:300],
        card=one.card.pk,
        before=audit.canonical(one.before) if one.before else "",
        now=one.now,
        after=hashlib.sha256(one.now.encode()).hexdigest(),
    )


def hash_of(touched: Iterable[ImportTouch]) -> str:
    """One hash over all that an import touched, in its order."""
    whole = hashlib.sha256()
    for one in touched:
        whole.update(_lines([one]))
    return whole.hexdigest()


def _lines(touched: Iterable[ImportTouch]) -> bytes:
    return "".join(f"{one.model}:{one.key}:{one.after}\n" for one in touched).encode()
