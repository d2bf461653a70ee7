"""The database itself refuses to change what was recorded."""

import pytest
from django.db import DatabaseError, connection, transaction

from khuyencong.core import audit
from khuyencong.core.audit import guard
from khuyencong.core.models import AuditRecord, InstallationFact

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded(db):
    """One record, and the guard in place."""
    fact = InstallationFact(key="a", value="b")
    with audit.writing(None):
        audit.record([audit.Change("create", fact, None, audit.snapshot(fact))])
    guard.install(connection)
    yield
    guard.remove(connection)


STATEMENTS = {
    "update": "UPDATE core_auditrecord SET label = 'x'",
    "update of nothing but the number": "UPDATE core_auditrecord SET seq = seq + 1",
    "delete": "DELETE FROM core_auditrecord",
}
SQLITE_ONLY = {
    "replace": "INSERT OR REPLACE INTO core_auditrecord SELECT * FROM core_auditrecord WHERE seq = 1",
    "update or replace": "UPDATE OR REPLACE core_auditrecord SET label = 'x'",
}
POSTGRESQL_ONLY = {
    "truncate": "TRUNCATE core_auditrecord",
    "upsert": "INSERT INTO core_auditrecord SELECT * FROM core_auditrecord ON CONFLICT (seq) DO UPDATE SET label = 'x'",
}


@pytest.mark.parametrize("way", [*STATEMENTS, *SQLITE_ONLY, *POSTGRESQL_ONLY])
def test_every_way_to_change_a_record_is_refused(guarded, way):
    own = SQLITE_ONLY if connection.vendor == "sqlite" else POSTGRESQL_ONLY
    statement = (STATEMENTS | own).get(way)
    if statement is None:
        pytest.skip("a way of the other database")
    before = list(AuditRecord.objects.values())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(AuditRecord.objects.values()) == before


def test_the_next_record_can_still_be_written(guarded):
    fact = InstallationFact(key="b", value="c")
    with audit.writing(None):
        assert audit.record([audit.Change("create", fact, None, audit.snapshot(fact))]) == 1


def test_a_lifted_guard_is_noticed(guarded):
    assert guard.in_place(connection)
    guard.remove(connection)
    assert not guard.in_place(connection)
    guard.install(connection)
    guard.install(connection)
    assert guard.in_place(connection)
