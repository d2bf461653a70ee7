"""The tables held to the trail: what the records say of each object, against the row that stands there now."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

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
class Difference:
    """A row that is not as the trail tells it. ``what``: "changed" (``names``), "missing", "unrecorded"."""

    model: str
    pk: str
    what: str
    names: tuple[str, ...] = ()


def differences() -> Iterator[Difference]:
    """Every row that differs from what was recorded of it last."""
    seal()
    told = AuditRecord.objects.exclude(action=LOOK).order_by("object_type", "object_id", "seq")
    rows = told.values_list("object_type", "object_id", "after").iterator(chunk_size=2000)
    for label, of_model in groupby(rows, key=lambda row: row[0]):
        model = _model(label)
        if model is None:
            continue
        objects = ((pk, [row[2] for row in group]) for pk, group in groupby(of_model, key=lambda row: row[1]))
        known = set()
        while batch := dict(islice(objects, _BATCH)):
            known |= set(batch)
            yield from _compared(model, batch)
        if model._meta.app_label in ROOMS and label not in CARRIED:
            for pk in model._base_manager.values_list("pk", flat=True).iterator():
                if str(pk) not in known and _is_told_of(label):
                    yield Difference(label, str(pk), "unrecorded")


def _compared(model: type[models.Model], told: dict[str, list[str]]) -> Iterator[Difference]:
    label = model._meta.label_lower
    rows = {str(key): row for key, row in model._base_manager.in_bulk(list(told)).items()}
    for pk, states in told.items():
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
    return AuditRecord.objects.filter(object_type=label, action__in=["create", "draft", "import", "demo"]).exists()


def _model(label: str) -> type[models.Model] | None:
    try:
        model = apps.get_model(label)
    except LookupError:  # of a version before this one
        return None
    return None if model._meta.app_label == "core" else model
