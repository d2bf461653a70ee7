"""Every INSERT, UPDATE and DELETE of ours is seen: it comes from an action, inside `audit.writing()`.

What tests themselves write, and what libraries do for themselves (sign-in, sessions), is not looked at: the frame
that asked for the statement, past Django's own, decides whose it is.
"""

import re
import sys
from functools import cache
from pathlib import Path

import django
from django.apps import apps
from django.db.backends.signals import connection_created

import khuyencong
from tests import recorded

OURS = Path(khuyencong.__file__).parent
_LIBRARY = (str(Path(django.__file__).parent), str(Path(sys.modules["contextlib"].__file__)))
_WRITE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)

# Modules that write without being actions, and why.
ELSEWHERE = {
    "core/audit/": "the chain itself",
    "core/queue/": "how far work in the background has come is nobody's record",
    "core/jobs.py": "the same",
    "people/lockouts.py": "how often somebody mistyped is nobody's record",
    "core/models.py": "InstallationFact.write: part of whatever writing calls it",
    "core/drafts.py": "what is typed and not yet saved is nobody's record and leaves no trace",
    "core/backup/": "a restore replaces every row, the chain too",
    "*/reference.py": "what a version of the product ships is laid down once, before anybody works",
    "law/norms/reference_contents.py": "the same",
    "establishments/standings/": "what triggers keep is worked out anew after a change of the tables, or in bulk",
    "demo/": "invents a whole past, which no action could tell",
}
# Of these, what is written outside `audit.writing()`.
UNRECORDED = (
    "core/audit/",
    "core/queue/",
    "core/jobs.py",
    "core/drafts.py",
    "core/backup/",
    "people/lockouts.py",
    "establishments/standings/",
)


def is_elsewhere(path: str, kinds=ELSEWHERE) -> bool:
    """Whether a module (its path inside the package) is among the named exceptions."""
    return any(_matches(path, one) for one in kinds)


def is_action(path: str) -> bool:
    """Whether a module is one of actions."""
    *folders, name = path.split("/")
    return name == "actions.py" or "actions" in folders


def watch() -> None:
    """Look at every statement of every connection from now on."""
    connection_created.connect(_look, dispatch_uid="tests.writes")
    recorded.watch()
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        _look(None, connection)


def _look(sender, connection, **told) -> None:
    if _checked not in connection.execute_wrappers:
        connection.execute_wrappers.append(_checked)


def _checked(execute, sql, params, many, context):
    found = _WRITE.match(sql) if isinstance(sql, str) else None
    if found and found[1] in _tables():
        place = _asked_by()
        if place is not None:
            _check(*place, found[1])
            if not is_elsewhere(place[0]):
                recorded.about_to_write(found[1])
    return execute(sql, params, many, context)


def _check(path: str, line: int, table: str) -> None:
    from khuyencong.core import audit

    where = f"src/khuyencong/{path}:{line} writes {table}"
    if not (is_action(path) or is_elsewhere(path)):
        raise AssertionError(f"{where}, but is no action")
    if not (audit.is_writing() or is_elsewhere(path, UNRECORDED)):
        raise AssertionError(f"{where} outside audit.writing()")


def _asked_by() -> tuple[str, int] | None:
    """The module of ours that asked for the statement; None when it was a test or a library."""
    frame = sys._getframe(3)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(str(OURS)):
            path = name[len(str(OURS)) + 1 :]
            if not _is_model(path):  # a model writes for whoever called it
                return path, frame.f_lineno
        elif not name.startswith(_LIBRARY):
            return None
        frame = frame.f_back
    return None


def _is_model(path: str) -> bool:
    *folders, name = path.split("/")
    return name == "models.py" or "models" in folders


@cache
def _tables() -> frozenset[str]:
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("khuyencong")]
    return frozenset(model._meta.db_table for model in ours)


def _matches(path: str, kind: str) -> bool:
    if kind.startswith("*/"):
        return f"/{path}".endswith(kind[1:]) if kind.endswith(".py") else kind[1:] in f"/{path}"
    return path.startswith(kind)
