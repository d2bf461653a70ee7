"""What changed, as plain values with one spelling."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from decimal import Decimal
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Change:
    """One object changed. ``subject`` is the record whose card shows it (the establishment of a result)."""

    action: str
    obj: models.Model
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    subject: models.Model | None = None
    key: str = kept(init=False)  # as it was when the change was told: what is deleted next has none

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", str(self.obj.pk))

    @property
    def differs(self) -> bool:
        """Whether anything is another than before."""
        return self.before is None or self.after is None or canonical(self.before) != canonical(self.after)


def snapshot(obj: models.Model) -> dict[str, Any]:
    """The object's own fields as plain values, many-to-many fields as sorted lists of keys.

    Search columns (text that nobody edits) are left out: they repeat the others, often at length.
    """
    values = {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields if _told(field)}
    for link in obj._meta.many_to_many:
        values[link.name] = sorted(_keys(obj, link.name))
    return values


def _keys(obj: models.Model, name: str) -> list[Any]:
    if name in getattr(obj, "_prefetched_objects_cache", {}):
        return [one.pk for one in getattr(obj, name).all()]
    return list(getattr(obj, name).values_list("pk", flat=True))


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def canonical(values: Mapping[str, Any]) -> str:
    """One spelling for one content: sorted keys, no spaces, dates and decimals as text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _told(field: "models.Field[Any, Any]") -> bool:
    return field.editable or not isinstance(field, models.TextField)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).isoformat()  # one moment, one spelling, whatever the zone
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
