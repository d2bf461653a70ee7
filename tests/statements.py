"""Which statements each test sends, so that the run on PostgreSQL need not send all of them twice.

The run on SQLite writes down, for each test, the shapes of its statements (values left out), the errors of the
database, and where our code asks which database it is on. The run on PostgreSQL then takes, of the tests that one
transaction holds, as few as send every shape once. Decision 0023 says what that leaves out.
"""

import heapq
import json
import os
import re
import sys
import zlib
from pathlib import Path

from django.db.backends.signals import connection_created

import khuyencong

OURS = str(Path(khuyencong.__file__).parent)
_FEW = 20  # what a test costs beside its statements, in statements

_VALUES = [
    (re.compile(r"'(?:[^']|'')*'"), "'?'"),
    (re.compile(r'"?s\d+_x\d+"?'), "savepoint"),
    (re.compile(r"\b\d+\b"), "0"),
    (re.compile(r"\(\s*(?:%s|0|'\?')(?:\s*,\s*(?:%s|0|'\?'))*\s*\)"), "(%s)"),
    (re.compile(r"(?:\(%s\)\s*,\s*)+\(%s\)"), "(%s)"),
]

_shapes: dict[str, int] = {}  # statement -> the mark of its shape
_seen: set[int] = set()  # of the test that runs
_sent = 0


def folder() -> Path | None:
    """Where it is written down; None when nobody asked for it."""
    told = os.environ.get("STATEMENTS")
    return Path(told) if told else None


def watch() -> None:
    """Look at every statement of every connection from now on, and at who asks for the kind of database."""
    connection_created.connect(_look, dispatch_uid="tests.statements")
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        _look(None, connection)
    kind = type(connections["default"])
    vendor = kind.vendor

    def asked(self):
        code = sys._getframe(1).f_code
        if code.co_filename.startswith(OURS):
            _seen.add(
                _mark(f"{code.co_filename}:{code.co_name} {os.environ.get('PYTEST_CURRENT_TEST', '').split('::')[0]}")
            )
        return vendor

    kind.vendor = property(asked)


def write_down(test: str) -> None:
    """The test is over: what it sent, in a file of this process."""
    global _sent
    if _sent:
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        with (place / f"{os.getpid()}.jsonl").open("a") as file:
            file.write(json.dumps([test, _sent, sorted(_seen)]) + "\n")
    _seen.clear()
    _sent = 0


def enough(tests: list[str]) -> set[str]:
    """Of these tests as few as send every shape that any of them sends, and all that nothing is known of."""
    known = _read()
    wanted = {test: known[test] for test in tests if test in known}
    taken, covered = set(tests) - set(wanted), set()
    # The cheapest for each new shape first; what a test would add only falls, so an old place in the line is a bound.
    line = [(-len(shapes) / (_FEW + cost), test) for test, (cost, shapes) in wanted.items()]
    heapq.heapify(line)
    while line:
        _, test = heapq.heappop(line)
        cost, shapes = wanted[test]
        new = len(shapes - covered)
        if not new:
            continue
        now = (-new / (_FEW + cost), test)
        if line and now > line[0]:
            heapq.heappush(line, now)
            continue
        taken.add(test)
        covered |= shapes
    return taken


def _read() -> dict[str, tuple[int, set[int]]]:
    place = folder()
    lines = [line for file in sorted(place.glob("*.jsonl")) for line in file.read_text().splitlines()] if place else []
    return {test: (cost, set(shapes)) for test, cost, shapes in map(json.loads, lines)}


def _look(sender, connection, **told) -> None:
    if _noted not in connection.execute_wrappers:
        connection.execute_wrappers.append(_noted)


def _noted(execute, sql, params, many, context):
    global _sent
    _sent += 1
    shape = _shapes.get(sql) if isinstance(sql, str) else None
    if shape is None:
        shape = _shapes[str(sql)] = _mark(_shape(str(sql)))
    _seen.add(shape)
    try:
        return execute(sql, params, many, context)
    except Exception as error:
        _seen.add(_mark(f"{shape} {type(error).__name__}"))
        raise


def _shape(sql: str) -> str:
    for pattern, instead in _VALUES:
        sql = pattern.sub(instead, sql)
    return sql


def _mark(text: str) -> int:
    return zlib.crc32(text.encode())
