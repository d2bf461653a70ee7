"""Nothing but an action writes: read from the source, so that a line nobody runs is found too."""

import ast
import re

from django.apps import apps

from tests.writes import OURS, is_action, is_elsewhere

# Names that mean a write whatever they are called on.
_ALWAYS = {
    "create", "acreate", "get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create", "bulk_create",
    "abulk_create", "bulk_update", "abulk_update", "asave", "adelete", "aupdate",
}  # fmt: skip
_RELATED = {"add", "remove", "set", "clear", "aadd", "aremove", "aset", "aclear"}
_SQL = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|DROP|ALTER|CREATE|LOCK)\s", re.IGNORECASE)
# Statements of SQL outside actions, and why.
_SQL_ELSEWHERE = {
    "law/documents/search_index.py": "the index of words and its triggers, laid by a migration",
    "impact/estimation/": "a database in memory, of the estimation's own",
    "indicators/": "a database in memory, of the figures' own",
}


def _related_names() -> set[str]:
    """How the managers of the other side are called: ``project.establishments``."""
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("khuyencong"):
            for field in model._meta.get_fields():
                if field.many_to_many or field.one_to_many:
                    found.add(getattr(field, "get_accessor_name", lambda field=field: field.name)())
    return found


def _writes(call: ast.Call, related: set[str]) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name, receiver = call.func.attr, call.func.value
    if name in _ALWAYS:
        return True
    if name == "save":  # a file, a workbook or an image is saved under a name
        return not call.args and "form" not in ast.unparse(receiver)
    if name == "delete":
        return not call.args and not any(word.arg == "save" for word in call.keywords)
    if name == "update":
        return not call.args and bool(call.keywords) and _is_query(receiver)
    if name in _RELATED:
        return isinstance(receiver, ast.Attribute) and receiver.attr in related
    return False


def _is_query(receiver: ast.expr) -> bool:
    return any(word in ast.unparse(receiver) for word in ("objects", "_manager", "filter(", "exclude(", ".all("))


def _is_sql(call: ast.Call) -> bool:
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in {"execute", "executemany", "raw"} and call.args):
        return False
    first = call.args[0]
    if isinstance(first, ast.JoinedStr):
        first = first.values[0]
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and bool(_SQL.match(first.value))


def _found() -> list[str]:
    related = _related_names()
    found = []
    for file in sorted(OURS.rglob("*.py")):
        path = file.relative_to(OURS).as_posix()
        if is_action(path) or is_elsewhere(path) or "/migrations/" in path:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if _writes(node, related) or (_is_sql(node) and not is_elsewhere(path, _SQL_ELSEWHERE)):
                found.append(f"src/khuyencong/{path}:{node.lineno} {ast.unparse(node)[:60]}")
    return found


def test_only_actions_write():
    assert _found() == []


# Who opens a transaction without `audit.writing()`, and why.
_TRANSACTIONS = {
    "core/audit/": "it is what opens it",
    "core/drafts.py": "what is typed and not yet saved is nobody's record",
    "core/one_moment.py": "reads only",
    "core/queue/": "how far work in the background has come is nobody's record",
    "core/backup/": "a restore replaces every row, the chain too",
    "core/tables/actions.py": "staged rows are laid into temporary tables, a part at a time",
    "establishments/standings/": "what triggers keep is worked out anew after a change of the tables, or in bulk",
}


def test_nobody_else_opens_a_transaction():
    found = [
        path
        for file in OURS.rglob("*.py")
        if "transaction.atomic" in file.read_text("utf-8")
        and not is_elsewhere(path := file.relative_to(OURS).as_posix(), _TRANSACTIONS)
    ]
    assert found == []
