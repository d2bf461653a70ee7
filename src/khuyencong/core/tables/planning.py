"""What an import would do, row by row, before anything is written."""

import datetime as dt
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.core.tables import cells
from khuyencong.core.tables.columns import CellProblem, Column
from khuyencong.core.tables.reading import Row, Table
from khuyencong.core.tables.staging import Ready


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"  # perhaps the same as an existing record: a person decides
    ERROR = "error"


class Decision(StrEnum):
    """What a person decides about a possible duplicate."""

    SKIP = "skip"
    UPDATE = "update"
    CREATE = "create"


@dataclass
class Planned:
    """One row and what would become of it. ``changes``: label, value before, value after, in words."""

    row: Row
    fate: Fate
    label: str
    existing: int | None = None
    existing_label: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    may_create: bool = True

    @property
    def problems(self) -> list[CellProblem]:
        """What is wrong with the row's cells."""
        return self.row.problems


@dataclass
class Plan:
    """What would become of all rows."""

    table: Table
    rows: list[Planned]

    def counts(self) -> dict[str, int]:
        """How many rows of each fate."""
        counted = Counter(planned.fate.value for planned in self.rows)
        return {fate.value: counted.get(fate.value, 0) for fate in Fate}

    def of(self, fate: Fate) -> list[Planned]:
        """The rows of one fate."""
        return [planned for planned in self.rows if planned.fate is fate]

    def fingerprint(self) -> str:
        """A mark of everything the plan would do, to notice that the database changed since it was shown."""
        told = [(p.row.sheet, p.row.number, p.fate.value, p.existing, p.changes) for p in self.rows]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()

    def to_write(self, decisions: dict[int, Decision], default: Decision) -> list[Planned]:
        """The rows that change the database once possible duplicates are decided, with their final fate.

        ``decisions``: by the ``key`` of the row.
        """
        found = []
        for planned in self.rows:
            if planned.fate is Fate.DUPLICATE:
                decision = decisions.get(planned.row.key, default)
                if decision is Decision.SKIP or (decision is Decision.CREATE and not planned.may_create):
                    continue
                planned.fate = Fate.CHANGED if decision is Decision.UPDATE else Fate.NEW
                if decision is Decision.CREATE:
                    planned.existing = None
            if planned.fate in (Fate.NEW, Fate.CHANGED):
                found.append(planned)
        return found


class Importer(Protocol):
    """What a room offers to bring in one kind of table."""

    kind: str

    @property
    def title(self) -> str:
        """What the table is called."""
        ...

    def columns(self) -> list[Column]:
        """The columns of the table."""
        ...

    def plan(self, table: Table, user: Any) -> Plan:
        """What would become of each row; ``user`` None is the system itself, which may write everywhere."""
        ...

    def ready(self, rows: list[Planned], user: Any) -> Ready:
        """The rows made ready to be written; outside any writing, for it may take long."""
        ...


def refuse_too_long(table: Table, row: Row, model: type[models.Model]) -> None:
    """Say of every text of the row that it does not fit the model's field of the same name."""
    for field_ in model._meta.fields:
        text = row.values.get(field_.name)
        if isinstance(text, str) and field_.max_length and len(text) > field_.max_length:
            table.refuse(row, field_.name, _("cần nhiều nhất %(most)s ký tự") % {"most": field_.max_length})


def differences(columns: list[Column], before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Label, before, after for each value given that differs; a blank cell changes nothing."""
    found = []
    for column in columns:
        if column.key in after and after[column.key] != before.get(column.key):
            found.append((column.label, _told(column, before.get(column.key)), _told(column, after[column.key])))
    return found


def _told(column: Column, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, dt.date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int) and column.parse is not cells.year:
        return formats.number_format(value, use_l10n=True, force_grouping=True)
    return column.options.get(value, str(value)) if column.options else str(value)
