"""Databases made once and cloned for whoever needs one: with the reference data, and with the invented province.

A clone is a copied file on SQLite and a TEMPLATE on PostgreSQL. What was made is kept in the data directory under a
name that changes with the source, the lock file and the day, so that nothing stale is ever used.
"""

import contextlib
import fcntl
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, router
from django.db.models import AutoField
from django.test import override_settings

from khuyencong.core import clock
from khuyencong.core.queue.router import QUEUE
from tests import reference

ROOT = Path(__file__).parents[1]
unblocked = contextlib.nullcontext  # what lets near the database, where tests are kept from it: set by conftest
SEED, FEW = 7, 400  # enough for sixty to be supported


@cache
def version() -> str:
    """Changes with anything that could change what is made."""
    files = [*(ROOT / "src").rglob("*"), ROOT / "uv.lock", Path(__file__), Path(reference.__file__)]
    made_of = hashlib.sha256(str(clock.today()).encode())
    for file in sorted(file for file in files if file.is_file() and file.suffix not in {".pyc", ".mo", ".po"}):
        made_of.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return made_of.hexdigest()[:12]


@contextlib.contextmanager
def reference_data(clone: str) -> Iterator[None]:
    """Django on a clone, of this name, of the database with the reference data; the clone is removed after it."""
    with _on_clone(_reference_data(), clone):
        yield


@contextlib.contextmanager
def province(clone: str, files: Path) -> Iterator[str]:
    """Django on a clone of the invented province, its files in this folder; what the command said that loaded it."""
    original = _province()
    with _on_clone(original, clone):
        shutil.copytree(_kept(original) / "files", files, dirs_exist_ok=True)
        yield (_kept(original) / "said.txt").read_text()


@contextlib.contextmanager
def _on_clone(original, name):
    _drop(_place(name))
    _create(_place(name), like=_place(original))
    with _django_at(_place(name)):
        yield
    _drop(_place(name))


def migrated(place: str, queue: str = "") -> None:
    """A clone, at this file or of this name, of a database that holds nothing but its tables; its queue's file."""
    with unblocked():
        _create(place, like=_place(_migrated()), queue=queue)


def _migrated():
    def fill(_files):
        from khuyencong.core.queue import tables

        call_command("migrate", verbosity=0)
        tables.lay()

    return _original("migrated", fill)


def _reference_data():
    def fill(_files):
        from khuyencong.core.audit import guard
        from khuyencong.core.models import AuditHead, AuditRecord

        _begin_at_1200()
        call_command("load_reference", verbosity=0)
        # What tests commit is deleted after them; the trigger has tests of its own, which put it back.
        guard.remove(connection)
        # Every test begins with an empty audit trail: it counts its own records.
        AuditRecord.objects.all().delete()
        AuditHead.objects.all().delete()
        reference.keep()

    return _original("reference", fill, like=_migrated())


def _begin_at_1200():
    """No record has a number so small that a page writes it for people as for machines."""
    tables = [
        (model._meta.db_table, model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
        if isinstance(model._meta.pk, AutoField) and router.allow_migrate_model(connection.alias, model)
    ]
    with connection.cursor() as cursor:
        for table, key in tables:
            if _on_postgresql():
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), 1200)", [f'"{table}"', key])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 1200)", [table])


def _province():
    def fill(kept):
        (kept / "files").mkdir(parents=True, exist_ok=True)
        said = io.StringIO()
        with override_settings(MEDIA_ROOT=kept / "files", PASSWORD_HASHERS=["tests.hashers.Quick"]):
            call_command("demo", "load", "--seed", str(SEED), "--establishments", str(FEW), stdout=said)
        (kept / "said.txt").write_text(said.getvalue())

    return _original("province", fill, like=_reference_data())


def _original(kind, fill, like=None):
    # Made by whoever comes first, under a name of its own until it is whole; the others wait.
    name, half = f"{kind}_{version()}", _place(f"half_{kind}")
    with _alone(kind):
        if not _exists(_place(name)):
            _drop(half)
            _create(half, like and _place(like))
            with _django_at(half):
                fill(_kept(name))
                if not _on_postgresql():  # the file is copied: nothing may lie beside it
                    for one in connections.all():
                        with one.cursor() as cursor:
                            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _rename(half, _place(name))
    return name


@contextlib.contextmanager
def _django_at(place):
    before = connection.settings_dict["NAME"]
    _point_at(place)
    try:
        yield
    finally:
        _point_at(before)


def _on_postgresql():
    return connection.vendor == "postgresql"


def _folder():
    folder = Path(settings.DATA_DIR) / "prepared"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept(name):
    return _folder() / f"{connection.vendor}_{name}"


def _place(name):
    return name if _on_postgresql() else str(_folder() / f"{name}.sqlite3")


@contextlib.contextmanager
def _alone(kind):
    with (_folder() / f"{connection.vendor}_{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _point_at(name):
    for alias, place in {"default": name, QUEUE: _queue_of(name)}.items():
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = place
        connections[alias].settings_dict["NAME"] = place


def _queue_of(place):
    # On SQLite the queue lies in a file of its own.
    return place if _on_postgresql() else str(Path(place).with_suffix(".queue"))


def _on_server(statement, *values):
    import psycopg

    address = connection.get_connection_params() | {"dbname": "postgres"}
    wanted = {name: address[name] for name in ("host", "port", "user", "password", "dbname") if name in address}
    with psycopg.connect(**wanted, autocommit=True) as server:
        cursor = server.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _exists(place):
    if _on_postgresql():
        return bool(_on_server("SELECT 1 FROM pg_database WHERE datname = %s", place))
    return Path(place).exists()


def _create(place, like=None, queue=""):
    if _on_postgresql():
        _on_server(f'CREATE DATABASE "{place}" TEMPLATE "{like or "template1"}"')
    elif like:
        shutil.copyfile(like, place)
        shutil.copyfile(_queue_of(like), queue or _queue_of(place))


def _rename(half, place):
    if _on_postgresql():
        _on_server(f'ALTER DATABASE "{half}" RENAME TO "{place}"')
    else:
        Path(half).rename(place)
        Path(_queue_of(half)).rename(_queue_of(place))


def _drop(place):
    if _on_postgresql():
        _on_server(f'DROP DATABASE IF EXISTS "{place}" WITH (FORCE)')
    else:
        for file in (place, _queue_of(place)):
            for end in ("", "-wal", "-shm", "-journal"):
                Path(file + end).unlink(missing_ok=True)


if __name__ == "__main__":
    import django

    from tests import one_day

    one_day.begin(hour=9)  # before any test: nothing that was made lies ahead
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuyencong.config.settings")
    django.setup()
    _province()
