"""Who writes at the same time, and who waits: on PostgreSQL. SQLite lets one write at a time anyway.

Every writing takes its turn before it touches a row, so that no two writers can each hold what the other needs:
a writing on one subject (a project, an establishment) shares the house and has the subject to itself; one that
says nothing has the house to itself.
"""

import zlib
from typing import Any, TypeAlias

from django.db import connection, models

Subject: TypeAlias = "tuple[type[models.Model], Any]"

_HOUSE, _SUBJECT = 0x6B68, 0x7963  # the spaces of advisory locks that are ours


def take(on: tuple[Subject, ...]) -> None:
    """Wait for one's turn, held to the end of the transaction."""
    if connection.vendor != "postgresql":
        return
    if not on:
        _run("pg_advisory_xact_lock(%s, 0)", [_HOUSE])
        return
    keys = sorted({_key(*one) for one in on})  # one order for all: those with several subjects meet no ring
    calls = ["pg_advisory_xact_lock_shared(%s, 0)", *["pg_advisory_xact_lock(%s, %s)"] * len(keys)]
    _run(", ".join(calls), [_HOUSE, *(part for key in keys for part in (_SUBJECT, key))])


def _key(model: type[models.Model], pk: Any) -> int:
    """A number for the subject; two that share one only wait for each other without need."""
    return zlib.crc32(f"{model._meta.label_lower}:{pk}".encode()) - 2**31


def _run(calls: str, values: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)
