"""What the one record of an import tells: on the cards of what it touched, and to `audit verify --tables`."""

from collections.abc import Collection, Iterator
from functools import cached_property
from uuid import UUID

from django.db import models

from khuyencong.core import history
from khuyencong.core.audit import replay
from khuyencong.core.models import AuditRecord
from khuyencong.establishments.models import Establishment
from khuyencong.imports.batches.actions import hash_of
from khuyencong.imports.models import ImportBatch, ImportTouch

_BATCH = ImportBatch._meta.label_lower
_DONE = (ImportBatch.State.DONE, ImportBatch.State.TAKEN_BACK)


def _staged() -> "models.QuerySet[ImportTouch]":
    """Rows of imports that are told by one record."""
    return ImportTouch.objects.exclude(now="").filter(batch__state__in=_DONE)


class Imports:
    """For ``audit verify --tables``."""

    def labels(self) -> set[str]:
        """Of which tables."""
        return set(_staged().order_by().values_list("model", flat=True).distinct())

    def parts(self, label: str, keys: Collection[str] | None) -> Iterator[replay.Part]:
        """What whole imports told of these rows."""
        wanted = _staged().filter(model=label, batch__in=self._seqs).order_by("pk")
        if keys is not None:
            wanted = wanted.filter(key__in=[int(key) for key in keys if key.isdigit()])
        for batch, key, now in wanted.values_list("batch", "key", "now").iterator(chunk_size=2000):
            yield replay.Part(str(key), self._seqs[str(batch)], now)

    def forged(self) -> Iterator[replay.Difference]:
        """Imports whose rows are not those that their record holds the hash of."""
        self.__dict__.pop("_seqs", None)
        for batch in ImportBatch.objects.filter(pk__in=_staged().values("batch")):
            if str(batch.pk) not in self._seqs:
                yield replay.Difference(_BATCH, str(batch.pk), "changed", ("touched",))

    @cached_property
    def _seqs(self) -> dict[str, int]:
        """The number of its record, of every import whose rows are as they were when they were staged."""
        found = {}
        told = AuditRecord.objects.filter(object_type=_BATCH, action="import")
        for seq, pk, after in told.values_list("seq", "object_id", "after"):
            touches = ImportTouch.objects.filter(batch=UUID(pk)).exclude(now="").order_by("pk")
            if touches.exists() and f'"touched":"{hash_of(touches.iterator(chunk_size=2000))}"' in after:
                found[pk] = seq
        return found


def on_card(subject: models.Model) -> dict[str, list[history.Part]]:
    """The imports that touched something on the card of an establishment, and what each made of it."""
    found: dict[str, list[history.Part]] = {}
    if isinstance(subject, Establishment):
        for one in _staged().filter(card=subject.pk).order_by("pk"):
            part = history.Part(one.model, one.label, one.before, one.now)
            found.setdefault(str(one.batch_id), []).append(part)
    return found


replay.register(Imports())
history.tell_wholes(_BATCH, on_card)
