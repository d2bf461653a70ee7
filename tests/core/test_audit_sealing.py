"""On PostgreSQL a writing leaves marked entries, and a sealer ties them to the chain: nothing is lost or slipped in."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from khuyencong.core import audit
from khuyencong.core.audit import guard, sealing
from khuyencong.core.models import AuditEntry, AuditRecord, InstallationFact
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.people.models import User
from khuyencong.work.context import current_work, known_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _postgresql(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: what is told enters the chain at once")
    monkeypatch.setattr(sealing, "_soon", lambda: None)  # what waits is looked at here


def write(*numbers):
    with audit.writing(None):
        facts = [InstallationFact(key=str(number), value="x") for number in numbers]
        audit.record([audit.Change("create", one, None, audit.snapshot(one)) for one in facts])


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_waits_is_sealed_in_order_before_anybody_reads_the_chain():
    write(1, 2)
    write(3)
    assert (AuditEntry.objects.count(), AuditRecord.objects.count()) == (3, 0)
    assert audit.verify() == audit.Verdict(3, None, AuditRecord.objects.get(seq=3).hash)
    assert [one.object_id for one in AuditRecord.objects.all()] == ["1", "2", "3"]
    write(4)
    assert audit.history(InstallationFact(key="4")).count() == 1
    assert not AuditEntry.objects.exists()


def test_the_state_is_another_after_every_writing_sealed_or_not(officer):
    write(0)
    audit.seal()
    seen = [audit.state()]
    for number in (1, 2):
        write(number)
        seen.append(audit.state())
    audit.seal()
    write(3)
    seen.append(audit.state())
    assert len(set(seen)) == 4


def test_what_waits_for_a_person_is_counted_anew_though_the_last_writing_is_not_sealed(officer):
    write(0)
    audit.seal()
    current_work(officer)
    assert known_work(User.objects.get(pk=officer.pk)) is not None
    write(1)
    assert known_work(User.objects.get(pk=officer.pk)) is None


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE core_auditentry SET label = 'khác' WHERE position = 1",
        "DELETE FROM core_auditentry WHERE position = 1",
        "INSERT INTO core_auditentry SELECT (jsonb_populate_record(one, '{\"id\": 99999}')).* FROM core_auditentry one"
        " WHERE position = 1",
    ],
    ids=["altered", "a part removed", "slipped in"],
)
def test_an_entry_altered_removed_or_slipped_in_never_enters_the_chain(forged):
    write(1, 2)
    sql(forged)
    write(3)
    assert audit.verify().broken == audit.Break(2, "waiting")
    assert [one.object_id for one in AuditRecord.objects.all()] == ["3"]


def test_the_database_lets_an_entry_go_only_when_it_stands_in_the_chain():
    guard.install(connection)
    try:
        write(1)
        for statement in ("DELETE FROM core_auditentry", "UPDATE core_auditentry SET label = 'x'"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                sql(statement)
        assert audit.verify().records == 1
        assert not AuditEntry.objects.exists()
    finally:
        guard.remove(connection)


def _in_a_thread(done, name, *on):
    def run():
        with audit.writing(None, *on):
            done.append(name)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _queueing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0]


def test_writers_on_other_subjects_go_on_and_one_that_names_none_waits():
    done = []
    with audit.writing(None, (InstallationFact, "a")):
        _in_a_thread(done, "other", (InstallationFact, "b")).join()
        waiting = [_in_a_thread(done, "alone"), _in_a_thread(done, "same", (InstallationFact, "a"))]
        while _queueing() < len(waiting):
            pass
        assert done == ["other"]
    for one in waiting:
        one.join()
    assert sorted(done) == ["alone", "other", "same"]


def test_what_a_constraint_refuses_is_told_as_somebody_was_faster():
    InstallationFact.objects.create(key="taken", value="x")
    with pytest.raises(ChangedMeanwhile), audit.writing(None):
        InstallationFact.objects.create(key="taken", value="y")
