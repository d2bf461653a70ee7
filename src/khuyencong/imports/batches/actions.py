"""Confirming a batch: planned and staged while others go on, then one moment in which all of it comes to stand."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import models
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.tables.asking import Answers
from khuyencong.core.tables.staging import Progress, Ready, Staged
from khuyencong.core.turns import let_others_in
from khuyencong.imports.actions import (
    IMPORTERS,
    Choice,
    PlanChanged,
    answers_for,
    decided,
    path_of,
    read,
    receive,
    require_kind,
)  # fmt: skip
from khuyencong.imports.batches.moved import is_moved
from khuyencong.imports.models import ImportBatch, ImportTouch
from khuyencong.people.models import User

_PART = 1000
_TRIES = 5  # times that it is planned because others wrote to the same meanwhile; nobody is made to wait for a plan


class ConfirmedElsewhere(PlanChanged):
    """The batch was confirmed, or is being confirmed, by another try."""


class NeverStill(PlanChanged):
    """Others went on writing to the same establishments."""


def bring(
    kind: str,
    path: Path,
    user: User | None,
    choice: Choice,
    progress: Progress,
    sheets: Sequence[str] = (),
    seen: str | None = None,
    answers: Answers | None = None,
) -> dict[str, int]:
    """Bring in a file and confirm it at once; what is refused stays as a batch. As ``confirm_batch``."""
    with path.open("rb") as file:
        batch = receive(user, kind, File(file, path.name))
    return confirm_batch(batch, user, choice, progress, seen, sheets, answers)


def confirm_batch(
    batch: ImportBatch,
    user: User | None,
    choice: Choice,
    progress: Progress,
    seen: str | None = None,
    sheets: Sequence[str] = (),
    answers: Answers | None = None,
) -> dict[str, int]:
    """Confirm a batch once: all or nothing, with one record of it that holds the hash of every row it touched.

    ``seen``: the fingerprint of the plan that the person saw; ``answers``: those they saw it with, without them what
    is answered by now. Returns counts by fate, with "written". Raises PlanChanged, HasErrors, TableError.
    """
    path = path_of(batch)
    progress(0.0, "")
    for _number in range(_TRIES):
        given = answers or answers_for(user, batch.kind, batch)
        table = read(batch.kind, path, batch.file_name, sheets, given)
        since = audit.position()
        rows, counts = decided(batch.kind, table, user, choice, seen)
        ready = IMPORTERS[batch.kind].ready(rows, user)
        laid = _Laid(batch, user, ready.staged)
        laid.lay(progress)
        moved = partial(is_moved, batch.kind, table, ready.staged, since)
        outcome = counts | ({"sheets": list(sheets)} if sheets else {})
        if _switched(laid, ready, moved, {"fingerprint": seen or "", "outcome": outcome}, progress):
            ready.follow()
            return counts
        laid.take_away()
    raise NeverStill


class _Laid:
    """The rows of one try, laid down beside the tables. A later try takes them away, and this one ends."""

    def __init__(self, batch: ImportBatch, user: User | None, staged: Sequence[Staged]) -> None:
        self.user, self.hash = user, ""
        self._batch, self._staged = batch, staged
        self._first = self._last = 0

    def lay(self, progress: Progress) -> None:
        """A part at a time, so that others come in between. Raises ConfirmedElsewhere."""
        self._remove(self._batch.touches.all())  # of a try that was cut short, or is being overtaken
        whole = hashlib.sha256()
        for start in range(0, len(self._staged), _PART):
            if start:
                let_others_in()
            part = [self._touch(one) for one in self._staged[start : start + _PART]]
            whole.update(_lines(part))
            with audit.writing(self.user):
                batch = self.must_be_there()
                if not self._first:
                    batch.touches.all().delete()
                made = ImportTouch.objects.bulk_create(part)
            self._first, self._last = self._first or made[0].pk, made[-1].pk
            progress(0.4 + 0.4 * start / len(self._staged), _("Đang chuẩn bị"))
        self.hash = whole.hexdigest() if self._staged else ""

    def must_be_there(self) -> ImportBatch:
        """The batch, locked, if it still waits with the rows of this try beside it. Raises ConfirmedElsewhere."""
        batch = ImportBatch.objects.select_for_update().get(pk=self._batch.pk)
        gone = self._last and not batch.touches.filter(pk=self._last).exists()
        if gone or batch.state != ImportBatch.State.PLANNED:
            raise ConfirmedElsewhere
        return batch

    def take_away(self) -> None:
        """What was laid for nothing."""
        self._remove(self._batch.touches.filter(pk__range=(self._first, self._last)))

    def _remove(self, rows: "models.QuerySet[ImportTouch]") -> None:
        keys = [0]
        while keys:
            with audit.writing(self.user):
                if not ImportBatch.objects.filter(pk=self._batch.pk, state=ImportBatch.State.PLANNED).exists():
                    raise ConfirmedElsewhere
                keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:_PART])
                ImportTouch.objects.filter(pk__in=keys).delete()
            if keys:
                let_others_in()

    def _touch(self, one: Staged) -> ImportTouch:
        return ImportTouch(
            batch=self._batch,
            model=one.model,
            key=one.obj.pk,
            label=str(one.obj)[:300],
            card=one.card.pk,
            before=audit.canonical(one.before) if one.before else "",
            now=one.now,
            after=hashlib.sha256(one.now.encode()).hexdigest(),
        )


def _switched(laid: _Laid, ready: Ready, moved: Callable[[], bool], done: dict[str, Any], progress: Progress) -> bool:
    """Put it all in place, unless what the plan rests on was written to. Raises ConfirmedElsewhere."""
    for _number in range(_TRIES):
        with audit.writing(laid.user):
            audit.alone()
            batch = laid.must_be_there()
            require_kind(laid.user, batch.kind)
            if moved():
                return False
            if ready.holds():
                before = audit.snapshot(batch)
                ready.make(lambda share, words: progress(0.8 + 0.2 * share, words), _("Đang ghi vào hệ thống"))
                batch.state, batch.confirmed_at = ImportBatch.State.DONE, clock.now()
                batch.fingerprint, batch.outcome = done["fingerprint"], done["outcome"]
                batch.save()
                touched = {"touched": laid.hash} if laid.hash else {}
                audit.record([audit.Change("import", batch, before, audit.snapshot(batch) | touched)])
                return True
        ready.make_ready()
    return False


def hash_of(touched: Iterable[ImportTouch]) -> str:
    """One hash over all that an import touched, in its order."""
    whole = hashlib.sha256()
    for one in touched:
        whole.update(_lines([one]))
    return whole.hexdigest()


def _lines(touched: Iterable[ImportTouch]) -> bytes:
    return "".join(f"{one.model}:{one.key}:{one.after}\n" for one in touched).encode()
