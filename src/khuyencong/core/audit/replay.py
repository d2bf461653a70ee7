"""The tables held to the trail: what the records say of each object, against the row that stands there now."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Protocol

from django.apps import apps
from django.db import models

from khuyencong.core.audit.changes import canonical, snapshot
from khuyencong.core.audit.looking import LOOK
from khuyencong.core.audit.sealing import seal
from khuyencong.core.models import AuditRecord

_BATCH = 500
# Columns that change without a record of their own, or are told otherwise (tests/recorded.py gives the reasons).
UNTOLD = {"people.user.password", "people.user.last_login", "law.provision.position", "planning.planversion.content"}
# Rooms in which every row comes from an action, but for these: the record of their whole carries them.
ROOMS = ("people", "establishments", "planning", "projects", "supervision")
CARRIED = {
    "planning.goaltarget", "planning.commitment", "projects.score", "projects.step", "projects.lettercounter",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What the one record of a whole (an import) tells of a row: by which record, and what it then said."""

    pk: str
    seq: int
    after: str


class Wholes(Protocol):
    """A room whose records each tell of many rows."""

    def labels(self) -> set[str]:
        """Of which tables."""
        ...

    def parts(self, label: str, keys: Collection[str] | None) -> Iterator[Part]:
        """Of these rows of the table, or of all, what was told."""
        ...

    def forged(self) -> Iterator["Difference"]:
        """Wholes whose rows are not those that their record holds the hash of."""
        ...


_wholes: list[Wholes] = []


def register(wholes: Wholes) -> None:
    """Let the replay hear a room whose records each tell of many rows."""
    _wholes.append(wholes)


@dataclass(frozen=True)
class Difference:
    """A row that is not as the trail tells it. ``what``: "changed" (``names``), "missing", "unrecorded"."""

    model: str
    pk: str
    what: str
    names: tuple[str, ...] = ()


def differences() -> Iterator[Difference]:
    """Every row that differs from what was recorded of it last."""
    seal()
    for wholes in _wholes:
        yield from wholes.forged()
    told = AuditRecord.objects.exclude(action=LOOK).order_by("object_type", "object_id", "seq")
    rows = told.values_list("object_type", "object_id", "seq", "after").iterator(chunk_size=2000)
    left = set().union(*(wholes.labels() for wholes in _wholes))
    for label, of_model in groupby(rows, key=lambda row: row[0]):
        left.discard(label)
        yield from _of_table(label, ((row[1], row[2], row[3]) for row in of_model))
    for label in sorted(left):
        yield from _of_table(label, iter(()))


def _of_table(label: str, told: Iterable[tuple[str, int, str]]) -> Iterator[Difference]:
    model = _model(label)
    if model is None:
        return
    objects = ((pk, [(seq, after) for _pk, seq, after in group]) for pk, group in groupby(told, key=lambda row: row[0]))
    known: set[str] = set()
    while batch := dict(islice(objects, _BATCH)):
        known |= set(batch)
        for wholes in _wholes:
            _join(batch, wholes.parts(label, batch))
        yield from _compared(model, batch)
    for wholes in _wholes:
        parts = (one for one in wholes.parts(label, None) if one.pk not in known)
        while some := list(islice(parts, _BATCH)):
            alone: dict[str, list[tuple[int, str]]] = {}
            _join(alone, some)
            known |= set(alone)
            yield from _compared(model, alone)
    if model._meta.app_label in ROOMS and label not in CARRIED:
        for pk in model._base_manager.values_list("pk", flat=True).iterator():
            if str(pk) not in known and _is_told_of(label):
                yield Difference(label, str(pk), "unrecorded")


def _join(told: dict[str, list[tuple[int, str]]], parts: Iterable[Part]) -> None:
    for one in parts:
        told.setdefault(one.pk, []).append((one.seq, one.after))


def _compared(model: type[models.Model], told: dict[str, list[tuple[int, str]]]) -> Iterator[Difference]:
    label = model._meta.label_lower
    rows = {str(key): row for key, row in model._base_manager.in_bulk(list(told)).items()}
    for pk, by_number in told.items():
        states = [after for _seq, after in sorted(by_number)]
        row, gone = rows.get(pk), not states[-1]
        if row is None:
            if not gone:
                yield Difference(label, pk, "missing")
            continue
        if gone:
            yield Difference(label, pk, "unrecorded")
            continue
        said: dict[str, Any] = {}
        for state in states:
            said = said | json.loads(state) if state else {}
        stands = json.loads(canonical(snapshot(row)))
        names = tuple(
            name
            for name, value in stands.items()
            if name in said and str(said[name]) != str(value) and f"{label}.{name}" not in UNTOLD
        )
        if names:
            yield Difference(label, pk, "changed", names)


def _is_told_of(label: str) -> bool:
    """Whether rows of the table are told one by one when they are made; what a version ships is not."""
    one_by_one = AuditRecord.objects.filter(object_type=label, action__in=["create", "draft", "import", "demo"])
    return one_by_one.exists() or any(label in wholes.labels() for wholes in _wholes)


def _model(label: str) -> type[models.Model] | None:
    try:
        model = apps.get_model(label)
    except LookupError:  # of a version before this one
        return None
    return None if model._meta.app_label == "core" else model
