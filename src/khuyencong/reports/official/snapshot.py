"""The figures of a report as they are frozen: to plain values and back, and what differs between two of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from khuyencong.core import audit
from khuyencong.indicators.formula import Number
from khuyencong.reports.official.definition import At, Column, Form, Line, Where
from khuyencong.reports.official.fill import Filled, Row


@dataclass(frozen=True)
class Difference:
    """A cell that is no longer what was signed. ``row`` is the row's key, ``column`` its place."""

    form: Form
    row: str
    label: str
    column: int
    signed: Number
    now: Number


def frozen(forms: Iterable[Filled], facts: dict[str, Any]) -> str:
    """One spelling for one content. ``facts``: what else stands in the report (its words, its number, its period)."""
    return audit.canonical({**facts, "forms": [asdict(one) for one in forms]})


def hash_of(snapshot: str) -> str:
    """SHA-256 of a snapshot, in hex."""
    return hashlib.sha256(snapshot.encode()).hexdigest()


def facts_of(snapshot: str) -> dict[str, Any]:
    """What was frozen beside the figures."""
    return {name: value for name, value in json.loads(snapshot).items() if name != "forms"}


def filled_of(snapshot: str) -> list[Filled]:
    """The forms as they were signed."""
    return [
        Filled(_form(one["form"]), tuple(_row(row) for row in one["rows"])) for one in json.loads(snapshot)["forms"]
    ]


def value_at(snapshot: str, form: str, row: str, column: int) -> Number:
    """The value of one cell as it was signed; None where it had none, or there was no such row."""
    rows = (each for one in filled_of(snapshot) if one.form.code == form for each in one.rows)
    return next((one.values[column] for one in rows if one.key == row and one.values), None)


def differences(signed: Iterable[Filled], now: Iterable[Filled]) -> list[Difference]:
    """Every cell whose value has changed; a row that is new, or gone, counts as one without values."""
    found = []
    for before, after in zip(signed, now, strict=True):
        old, new = _by_key(before), _by_key(after)
        for key in dict.fromkeys((*old, *new)):
            row = new.get(key) or old[key]
            for column in range(len(before.form.columns)):
                pair = _at(old.get(key), column), _at(new.get(key), column)
                if (pair[0] or 0) != (pair[1] or 0):
                    found.append(Difference(before.form, key, row.label, column, *pair))
    return found


def _by_key(filled: Filled) -> dict[str, Row]:
    return {row.key: row for row in filled.rows if row.values}


def _at(row: Row | None, column: int) -> Number:
    return row.values[column] if row is not None else None


def _form(told: dict[str, Any]) -> Form:
    columns = tuple(Column(one["label"], one["value"], At(one["at"]), _where(one)) for one in told["columns"])
    lines = tuple(Line(one["label"], one["value"], _where(one), one["plan"]) for one in told["lines"])
    return Form(**{**told, "columns": columns, "lines": lines})


def _where(told: dict[str, Any]) -> Where:
    return tuple((name, tuple(values)) for name, values in told["where"])


def _row(told: dict[str, Any]) -> Row:
    return Row(told["key"], told["label"], tuple(_number(one) for one in told["values"]), told["level"])


def _number(value: Any) -> Number:
    return Decimal(value) if isinstance(value, str) else value
