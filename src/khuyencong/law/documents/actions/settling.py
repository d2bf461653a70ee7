"""Reference rows as this version of the product has them: laid down where none stand, mended where nobody touched them.

What an officer has changed stays as it is, and is told. The audit trail says who touched a row: one that only the
product wrote, and that still says what the product wrote last, is the product's to mend (decision 0024).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.law.documents.decisions import card
from khuyencong.law.documents.models import ReferenceUpdate

M = TypeVar("M", bound=models.Model)
ADDED, APPLIED, KEPT = ReferenceUpdate.ADDED, ReferenceUpdate.APPLIED, ReferenceUpdate.KEPT
_OURS = {"reference", "mend"}


@dataclass
class Settling:
    """One update of the reference data: what it wrote, and what it has to tell."""

    told: list[dict[str, Any]] = field(default_factory=list)
    changes: list[audit.Change] = field(default_factory=list)

    def put(self, model: type[M], stored: M | None, wanted: Mapping[str, Any]) -> M:
        """Lay the row down, mend it or keep it; the row as it stands afterwards."""
        if stored is None:
            return self.add(model(**wanted))
        differing = {name: value for name, value in wanted.items() if getattr(stored, name) != value}
        if not differing:
            return stored
        if not untouched(stored):
            self.keep(stored, differing)
            return stored
        self.mend(stored, differing)
        return stored

    def mend(self, stored: models.Model, wanted: Mapping[str, Any]) -> None:
        """Write what differs into a row that nobody touched."""
        was = {name: getattr(stored, name) for name, value in wanted.items() if getattr(stored, name) != value}
        if not was:
            return
        before = audit.snapshot(stored)
        for name in was:
            setattr(stored, name, wanted[name])
        _save(stored)
        self.changes.append(audit.Change("mend", stored, before, audit.snapshot(stored), card(stored)))
        self._tell(APPLIED, stored, was, {name: wanted[name] for name in was})

    def add(self, row: M) -> M:
        """Write a row that was not there."""
        _save(row)
        self.changes.append(audit.Change("reference", row, None, audit.snapshot(row), card(row)))
        self._tell(ADDED, row, {}, {})
        return row

    def contents(
        self, edition: models.Model, carried: Mapping[str, Any], before: list[list[str]], after: list[list[str]]
    ) -> None:
        """Tell of the relations and provisions that were put in place of those of an edition."""
        self.changes.append(audit.Change("mend", edition, None, carried, card(edition)))
        names = ("relations", "provisions")
        fields = [
            [name, [one for one in old if one not in new], [one for one in new if one not in old]]
            for name, old, new in zip(names, before, after, strict=True)
            if old != new
        ]
        if any(before):
            self._tell(APPLIED, edition, {}, {})
            self.told[-1]["fields"] = fields

    def keep(self, stored: models.Model, wanted: Mapping[str, Any]) -> None:
        """Tell what this version says otherwise of a row that an officer has changed."""
        self._tell(KEPT, stored, {name: getattr(stored, name) for name in wanted}, wanted)

    def finish(self, version: str) -> None:
        """Record what was written; of an update to a version keep what it did, for people to read."""
        if version and self.told:
            update = ReferenceUpdate.objects.create(version=version, changes=self.told)
            self.changes.append(audit.Change("reference", update, None, audit.snapshot(update)))
        audit.record(self.changes)

    def _tell(self, outcome: str, row: models.Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self.told.append(
            {
                "outcome": outcome,
                "model": row._meta.label_lower,
                "pk": str(row.pk),
                "label": str(row),
                "fields": [[name, _plain(before[name]), _plain(after[name])] for name in after],
                "source": getattr(row, "source", ""),
                "certainty": getattr(row, "certainty", ""),
            }
        )


def untouched(row: models.Model) -> bool:
    """Whether only the product wrote the row, and it still says what was written last."""
    subject = card(row)
    about = Q(object_type=row._meta.label_lower, object_id=str(row.pk))
    about |= Q(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
    records = list(AuditRecord.objects.filter(about).order_by("seq").values_list("action", "object_type", "after"))
    if not {action for action, _type, _after in records} <= _OURS:
        return False
    said: dict[str, Any] = {}
    for action, kind, after in records:
        # The first edition told of an edition under the name of its document.
        if after and (kind == row._meta.label_lower or action == "reference"):
            said |= json.loads(after)
    stands = json.loads(audit.canonical(audit.snapshot(row)))
    return all(str(said[name]) == str(value) for name, value in stands.items() if name in said and name != "id")


def latest(rows: Iterable[M]) -> M | None:
    """Of the records of one rule the one in use, else the one that was last."""
    found = sorted(rows, key=lambda one: (one.state == "adopted", one.pk))  # type: ignore[attr-defined]  # Records
    return found[-1] if found else None


def _save(row: models.Model) -> None:
    fold = getattr(row, "fold", None)
    if fold is not None:
        fold()
    row.save()


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    return json.loads(audit.canonical({"": value}))[""]
