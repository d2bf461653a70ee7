"""Amounts that are possible but odd: a person says whether they are right, and until then their row is not taken."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.money import vnd
from khuyencong.core.tables.cells import shown
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.reading import Row, Table

_UNIT = 1000  # the step from one unit of money to the next
_SEVERAL = 3  # amounts that make a middle
FAR = 100  # by this factor from what is known, an amount is more often in another unit than true


def doubt_small(table: Table, columns: Iterable[Column]) -> None:
    """Ask about amounts far below the others of their column: perhaps written in another unit than these."""
    for column in columns:
        if not column.money or f"unit-{column.key}" in table.answers.questions:
            continue
        amounts = [abs(row.values[column.key]) for row in table.rows if row.values.get(column.key)]
        middle = statistics.median(amounts) if len(amounts) >= _SEVERAL else 0
        for row in table.rows:
            value = row.values.get(column.key)
            if value and (abs(value) < column.least or abs(value) * _UNIT <= middle):
                table.doubt(row, column.key, _("nhỏ khác thường so với các số khác; số này có đúng không?"))


def doubt_far(
    table: Table, row: Row, columns: Iterable[Column], known: Sequence[tuple[str, Mapping[str, Any]]]
) -> None:
    """Ask about amounts far from what is known. ``known``: its name in words and its values, the nearest first."""
    for column in columns:
        value = row.values.get(column.key)
        if not column.money or not value or not shown(row.raw.get(column.key)):
            continue
        for words, values in known:
            before = values.get(column.key)
            if before:
                if abs(value) >= FAR * abs(before) or abs(before) >= FAR * abs(value):
                    facts = {"amount": vnd(value), "known": words, "before": vnd(before)}
                    told = _("%(amount)s, khác hẳn %(known)s (%(before)s); số này có đúng không?")
                    table.doubt(row, column.key, told % facts)
                break
