"""Rows that hold from a day on, and up to another: ``valid_from``, ``valid_to`` (None: no end known)."""

import datetime as dt
from typing import Any

from django.db.models import Q


def valid_on(day: dt.date, through: str = "") -> Q:
    """The rows that hold on a day; ``through`` is the way to them, such as ``role_grants__``."""
    last = f"{through}valid_to"
    return Q(**{f"{through}valid_from__lte": day}) & (Q(**{last: None}) | Q(**{f"{last}__gte": day}))


def holds(row: Any, day: dt.date) -> bool:
    """Whether a row that was read holds on a day."""
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
