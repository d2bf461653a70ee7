"""Nothing changes unrecorded: every writing of the whole suite is held to what it told.

When a writing first touches a table, the rows of the table are kept; as it ends they are compared. Each row that is
new, gone or another than before must have a record of its own in this writing, which says of every changed column
what now stands there. So what `audit verify --tables` replays is true after every action.
"""

import json
import threading
from functools import cache

from django.apps import apps
from django.db import connection

from khuyencong.core import audit
from khuyencong.core.audit import sealing
from khuyencong.core.audit.writing import _current

# Tables and columns that no record tells of, and why.
EXCEPTIONS = {
    "people.user.password": "kept out of the trail on purpose; that it was set is told",
    "people.user.last_login": "sign-ins are told as such",
    "law.documentimport": "a file being read into a draft; what comes of it is told",
    "law.provision.position": "the order follows from what was put in or taken out",
    "planning.planversion.content": "its hash is told, and the version holds to it",
    "reports.reminder": "the day is claimed before the mail goes, and told once it went",
    "reports.importtouch": "staged before the import is written; its record holds the hash over all of them",
    "projects.lettercounter": "each number is told with the letter that bears it",
}
# Parts that the record of their whole carries: of which table, and under which name.
CARRIED = {
    "law.provision": ("law.edition", "provisions"),
    "law.relation": ("law.edition", "relations"),
    "law.delivery": ("law.dispatch", "recipients"),
    "planning.goaltarget": ("planning.goal", "mức phải đạt"),
    "planning.commitment": ("planning.planline", "commitments"),
    "projects.score": ("projects.member", "points"),
    "projects.step": ("projects.project", "step"),
}
MANY = 3000  # rows above which a table is not compared: of those, tests write with smaller ones too

_kept = {}  # the writing under way, and of each table it touched the rows before


def watch() -> None:
    """From now on every writing is held to what it told."""
    keep = sealing.keep

    def checked(told):
        # The demo invents a whole past, which no action could tell.
        if _is_one_of_several() or any(one.action == "demo" for one in told):
            return keep(told)
        try:
            problems = _unrecorded(told)
        finally:
            _kept.clear()
        if problems:
            raise AssertionError("changed and not recorded: " + "; ".join(problems))
        return keep(told)

    sealing.keep = checked


def about_to_write(table: str) -> None:
    """Keep the rows of a table as they are, the first time that the writing under way touches it."""
    here = _current.get()
    if here is None or table not in _models() or _is_one_of_several():
        return
    key = id(here)
    if key not in _kept:
        _kept.clear()
        _kept[key] = {}
    if table not in _kept[key]:
        _kept[key][table] = _rows(table)


def _is_one_of_several():
    """Where a test lets several write at once, the tables change under each of them."""
    return threading.current_thread() is not threading.main_thread()


def _rows(table):
    # Past Django, so that nobody's count of queries sees it.
    model = _models()[table]
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        if cursor.fetchone()[0] > MANY:
            return None
        cursor.execute(f'SELECT {columns} FROM "{table}"')
        names = [field.attname for field in model._meta.concrete_fields]
        key = model._meta.pk.attname
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return {row[key]: row for row in rows}
    finally:
        cursor.close()


def _unrecorded(told):
    here = _current.get()
    problems = []
    for table, before in _kept.get(id(here), {}).items():
        now = _rows(table)
        if before is None or now is None:
            continue
        model = _models()[table]
        for pk in sorted({*before, *now}, key=str):
            was, is_now = before.get(pk), now.get(pk)
            if was != is_now:
                problems += _problem(model, pk, was, is_now, told)
    return problems


def _problem(model, pk, was, is_now, told):
    if model._meta.auto_created:
        return _tie_problem(model, is_now or was, told)
    label, pk = model._meta.label_lower, model._meta.pk.to_python(pk)  # SQLite keeps a UUID as text of its own
    own = [one for one in told if one.object_type == label and one.object_id == str(pk)]
    if is_now is None:
        told_gone = any(not one.after for one in own) or _is_carried(label, told)
        return [] if told_gone else [f"{label} {pk} deleted"]
    stands = json.loads(audit.canonical(audit.snapshot(model._base_manager.get(pk=pk))))
    # Columns for searching are no part of a snapshot: they repeat the others.
    changed = [name for name in is_now if name in stands and (was is None or was[name] != is_now[name])]
    changed = [name for name in changed if f"{label}.{name}" not in EXCEPTIONS]
    said = {}
    for one in own:
        said |= json.loads(one.after) if one.after else {}
    if not own and _is_of_an_import(label, pk, stands, told):
        return []
    wrong = [name for name in changed if str(said.get(name, "-")) != str(stands[name])]
    what = "created" if was is None else "changed"
    if wrong and _is_carried(label, told):
        return []
    return [f"{label} {pk} {what}: {', '.join(wrong)}"] if wrong else []


def _is_of_an_import(label, pk, stands, told):
    """Whether an import told in this writing has staged the row just as it now stands."""
    batches = [one.object_id for one in told if one.object_type == "reports.importbatch" and one.action == "import"]
    touches = apps.get_model("reports.importtouch").objects.filter(batch__in=batches, model=label, key=pk)
    return any(json.loads(one.now or "{}") == stands for one in touches)


def _is_carried(label, told):
    """Whether the whole tells of its parts in this writing, or went with them."""
    whole, name = CARRIED.get(label, ("", ""))
    return any(one.object_type == whole and (not one.after or f'"{name}":' in one.after) for one in told)


def _tie_problem(model, row, told):
    owner, field = _ties()[model]
    source = next(one for one in model._meta.concrete_fields if one.name == field.m2m_field_name())
    pk = str(row[source.attname])
    for one in told:
        if one.object_type == owner._meta.label_lower and one.object_id == pk:
            if not one.after or field.name in json.loads(one.after):
                return []
    return [f"{owner._meta.label_lower} {pk}: {field.name} changed"]


@cache
def _models():
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("khuyencong")
        and model._meta.label_lower not in EXCEPTIONS
        and not getattr(model, "derived", False)
    ]
    return {model._meta.db_table: model for model in found if model._meta.app_label != "core"}


@cache
def _ties():
    return {
        field.remote_field.through: (model, field)
        for model in apps.get_models()
        for field in model._meta.local_many_to_many
    }
