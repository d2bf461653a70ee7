"""Taking a wrong import back: every row of it as it was, as one action, while nobody has built on it."""

import json
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.imports.actions import require_kind
from khuyencong.imports.models import ImportBatch, ImportTouch
from khuyencong.people.models import User

_PART = 500
_NAMED = 5  # rows that a refusal names

# Kinds whose rows stand for themselves. A project hangs together with its money and steps.
REVERSIBLE = ("establishments", "results")


def may_take_back(batch: ImportBatch) -> bool:
    """Whether there is something to take back; that nobody has built on it shows only when it is done."""
    return batch.state == ImportBatch.State.DONE and batch.kind in REVERSIBLE and batch.touches.exists()


def take_back(user: User, batch: ImportBatch) -> int:
    """Put every row back to what it said before, remove the new ones; how many rows. All or nothing.

    Raises ValidationError that names rows which were changed since, or on which others rest by now.
    """
    with audit.writing(user):
        audit.alone()
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_kind(user, batch.kind)
        if not may_take_back(batch):
            raise ValidationError(_("Lần nhập này không rút lại được."))
        touches = list(batch.touches.order_by("-pk"))
        _refuse_built_upon(touches)
        for part in _parts(touches):
            audit.record(_undone(part))
        before = audit.snapshot(batch)
        batch.state = ImportBatch.State.TAKEN_BACK
        batch.save(update_fields=["state"])
        audit.record([audit.Change("take-back", batch, before, audit.snapshot(batch))])
    return len(touches)


def _undone(part: list[ImportTouch]) -> Iterator[audit.Change]:
    """Undo rows of one model."""
    model = apps.get_model(part[0].model)
    rows = model._base_manager.in_bulk([one.key for one in part])
    gone = []
    for one in part:
        row = rows[one.key]
        now, subject = audit.snapshot(row), getattr(row, "establishment", None)
        if not one.before:
            gone.append(row.pk)
            yield audit.Change("take-back", row, now, None, subject)
            continue
        was = json.loads(one.before)
        for field in row._meta.concrete_fields:
            if field.attname in was and not field.primary_key:
                setattr(row, field.attname, field.to_python(was[field.attname]))
        if hasattr(row, "fold"):
            row.fold()
        row.save()
        yield audit.Change("take-back", row, now, audit.snapshot(row), subject)
    model._base_manager.filter(pk__in=gone).delete()


def _refuse_built_upon(touches: list[ImportTouch]) -> None:
    new: dict[str, set[int]] = {}
    for one in touches:
        if not one.before:
            new.setdefault(one.model, set()).add(one.key)
    changed, rested_on = [], []
    for part in _parts(touches):
        model = apps.get_model(part[0].model)
        rows = model._base_manager.in_bulk([one.key for one in part])
        changed += [
            one for one in part if one.key not in rows or audit.digest(audit.snapshot(rows[one.key])) != one.after
        ]
        used = _rested_on(model, [one.key for one in part if not one.before], new)
        rested_on += [one for one in part if one.key in used]
    for found, words in (
        (changed, _("Có %(n)s bản ghi đã được sửa sau lần nhập này, nên không rút lại được: %(names)s.")),
        (rested_on, _("Có %(n)s bản ghi đã được hồ sơ khác dùng đến, nên không rút lại được: %(names)s.")),
    ):
        if found:
            names = ", ".join(one.label for one in found[:_NAMED]) + (" …" if len(found) > _NAMED else "")
            raise ValidationError(words % {"n": len(found), "names": names})


def _mark(row: Model | None) -> str:
    return audit.digest(audit.snapshot(row)) if row else ""


def _rested_on(model: type[Model], keys: list[int], new: dict[str, set[int]]) -> set[int]:
    """Which of these rows others point to that do not go with them."""
    found: set[int] = set()
    for relation in model._meta.related_objects if keys else ():
        other: type[Model] = relation.field.model
        if getattr(other, "derived", False):  # worked out from the row; goes with it
            continue
        there = other._base_manager.filter(**{f"{relation.field.name}__in": keys})
        there = there.exclude(pk__in=new.get(other._meta.label_lower, ()))
        found |= set(there.values_list(relation.field.name, flat=True))
    return found


def _parts(touches: Iterable[ImportTouch]) -> Iterator[list[ImportTouch]]:
    """Pieces of rows of one model, in the order given."""
    part: list[ImportTouch] = []
    for one in touches:
        if part and (len(part) == _PART or part[0].model != one.model):
            yield part
            part = []
        part.append(one)
    if part:
        yield part
