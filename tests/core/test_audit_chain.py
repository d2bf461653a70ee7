"""Whatever is done to the records behind the product's back, verification names the first broken link."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from khuyencong.core import audit
from khuyencong.core.audit.chain import digest_of
from khuyencong.core.models import AuditHead, AuditRecord, InstallationFact
from tests.core.installations import migrated

pytestmark = pytest.mark.django_db
LAST = 6


def write(number, actor=None):
    fact = InstallationFact(key=f"fact-{number}", value="một")
    with audit.writing(actor):
        return audit.record([audit.Change("create", fact, None, audit.snapshot(fact))])


@pytest.fixture
def chain(db):
    """Six records, made by six writes."""
    for number in range(1, LAST + 1):
        write(number)
    return list(AuditRecord.objects.order_by("seq"))


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def broken():
    found = audit.verify().broken
    return (found.seq, found.problem) if found else None


def rehash(records):
    """What a forger who knows the code but not the key can do: make the links fit again."""
    previous = audit.GENESIS
    for record in records:
        record.previous_hash = previous
        record.hash = previous = digest_of(record)
        AuditRecord.objects.filter(pk=record.pk).delete()
        record.save(force_insert=True)
    return previous


def test_an_untouched_chain_is_sound(chain):
    verdict = audit.verify()
    assert (verdict.records, verdict.broken) == (LAST, None)
    assert verdict.head == chain[-1].hash


def test_an_empty_chain_is_sound():
    assert audit.verify() == audit.Verdict(0, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", dt.datetime(2001, 1, 1, tzinfo=dt.UTC)),
        ("actor_id", 7),
        ("actor_name", "Người khác"),
        ("action", "delete"),
        ("object_type", "people.user"),
        ("object_id", "9"),
        ("subject_type", "people.user"),
        ("subject_id", "9"),
        ("label", "khác"),
        ("before", "{}"),
        ("after", '{"key":"khác"}'),
        ("previous_hash", "1" * 64),
        ("hash", "1" * 64),
    ],
)
@pytest.mark.parametrize("seq", [1, 3, LAST])
def test_a_change_of_any_field_is_found(chain, column, value, seq):
    sql(f"UPDATE core_auditrecord SET {column} = %s WHERE seq = %s", value, seq)
    assert broken() == (seq, "changed")


def test_what_no_writer_could_have_stored_counts_as_changed(chain):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the types of its columns by itself")
    sql("UPDATE core_auditrecord SET at = 'hôm qua' WHERE seq = 2")
    assert broken() == (2, "changed")


@pytest.mark.parametrize("seq", [1, 3, LAST])
def test_a_removed_record_is_found(chain, seq):
    sql("DELETE FROM core_auditrecord WHERE seq = %s", seq)
    assert broken() == (seq, "missing")


def test_a_removed_tail_is_found(chain):
    sql("DELETE FROM core_auditrecord WHERE seq > 3")
    assert broken() == (4, "missing")


def test_all_records_removed_is_found(chain):
    sql("DELETE FROM core_auditrecord")
    assert broken() == (1, "missing")


def test_removed_records_with_the_head_moved_back_are_found(chain):
    sql("DELETE FROM core_auditrecord WHERE seq > 3")
    sql("UPDATE core_audithead SET seq = 3, hash = %s", chain[2].hash)
    assert broken() == (3, "head")


def test_a_removed_head_is_found(chain):
    sql("DELETE FROM core_audithead")
    assert broken() == (1, "inserted")


def test_an_inserted_record_is_found(chain):
    """In the middle the numbers must move; the forger does that and makes the links fit again."""
    for record in reversed(chain[3:]):
        sql("UPDATE core_auditrecord SET seq = %s WHERE seq = %s", record.seq + 1, record.seq)
        record.seq += 1
    forged = AuditRecord(**{**audit.snapshot(chain[3]), "seq": 4, "label": "chèn"})
    rehash([*chain[:3], forged, *chain[3:]])
    assert broken() == (LAST + 1, "inserted")
    sql("UPDATE core_audithead SET seq = %s", LAST + 1)
    assert broken() == (LAST + 1, "head")


def test_an_appended_record_is_found(chain):
    forged = AuditRecord(**{**audit.snapshot(chain[-1]), "seq": LAST + 1, "previous_hash": chain[-1].hash})
    forged.hash = digest_of(forged)
    forged.save(force_insert=True)
    assert broken() == (LAST + 1, "inserted")


def test_a_record_before_the_first_is_found(chain):
    AuditRecord(**{**audit.snapshot(chain[0]), "seq": 0}).save(force_insert=True)
    assert broken() == (0, "inserted")


def test_two_swapped_records_are_found(chain):
    for old, new in ((2, 100), (3, 2), (100, 3)):
        sql("UPDATE core_auditrecord SET seq = %s WHERE seq = %s", new, old)
    assert broken() == (2, "changed")


def test_a_tail_rehashed_without_the_key_is_found(chain):
    chain[3].label = "khác"
    forged_end = rehash(chain)
    assert broken() == (LAST, "changed")
    sql("UPDATE core_audithead SET hash = %s", forged_end)
    assert broken() == (LAST, "head")


def test_a_forged_head_is_not_made_good_by_the_next_honest_write(chain):
    sql("DELETE FROM core_auditrecord WHERE seq > 3")
    sql("UPDATE core_audithead SET seq = 3, hash = %s", chain[2].hash)
    write(9)
    assert broken() == (4, "head")


def test_resealing_says_so_in_the_chain(chain):
    with override_settings(SECRET_KEY="một khóa khác"):
        assert broken() == (LAST, "head")
        audit.reseal(None, audit.Change("reseal", InstallationFact(key="x"), None, {"reason": "mất khóa"}))
        assert broken() is None
    assert AuditRecord.objects.latest("seq").action == "reseal"


def test_a_chain_broken_inside_cannot_be_resealed(chain):
    sql("UPDATE core_auditrecord SET label = 'khác' WHERE seq = 2")
    with pytest.raises(ValueError, match="2"):
        audit.reseal(None, audit.Change("reseal", InstallationFact(key="x"), None, {}))


def test_a_former_key_still_counts(chain, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "khóa mới"
    assert broken() is None
    write(9)
    settings.SECRET_KEY_FALLBACKS = []
    assert broken() is None


def test_a_write_that_is_rolled_back_leaves_no_record(chain):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(9)
        raise ZeroDivisionError
    assert broken() is None
    assert AuditHead.objects.get().seq == LAST


def test_a_writing_inside_another_names_its_own_actor(chain, officer):
    with audit.writing(officer):
        write(8)
        audit.record([audit.Change("update", officer, {"a": 1}, {"a": 2})])
    assert [one.actor_id for one in AuditRecord.objects.order_by("seq")[LAST:]] == [None, officer.pk]


def test_what_fails_inside_another_is_undone_alone(chain):
    with audit.writing(None):
        write(8)
        with pytest.raises(ZeroDivisionError), audit.writing(None):
            write(9)
            raise ZeroDivisionError
        write(10)
    assert broken() is None
    assert AuditHead.objects.get().seq == LAST + 2


def test_the_turn_is_taken_first_and_the_head_of_the_chain_last(officer):
    with CaptureQueriesContext(connection) as told, audit.writing(officer):
        audit.record([audit.Change("update", officer, {"a": 1}, {"a": 2})])
        list(InstallationFact.objects.select_for_update())
    statements = [one["sql"] for one in told if "SAVEPOINT" not in one["sql"] and "BEGIN" not in one["sql"]]
    if connection.vendor == "postgresql":
        assert "advisory" in statements.pop(0)
    assert "installationfact" in statements[0] and "core_audithead" in statements[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [lambda: audit.record([]), audit.alone])
def test_outside_a_writing_nothing_is_recorded(act):
    with pytest.raises(RuntimeError, match="writing"):
        act()


def test_an_update_that_changes_nothing_leaves_no_record(chain):
    fact = InstallationFact(key="a", value="b")
    same = audit.snapshot(fact)
    with audit.writing(None):
        assert audit.record([audit.Change("update", fact, same, dict(reversed(same.items())))]) == 0


def test_one_content_has_one_spelling():
    hanoi = dt.timezone(dt.timedelta(hours=7))
    moment = dt.datetime(2025, 7, 1, 7, tzinfo=hanoi)
    assert audit.canonical({"b": moment, "a": Decimal("1.50")}) == audit.canonical(
        {"a": Decimal("1.5"), "b": moment.astimezone(dt.UTC)}
    )


def test_the_command_says_it_in_words(chain, capsys):
    call_command("audit", "verify")
    assert "nguyên vẹn" in capsys.readouterr().out
    sql("DELETE FROM core_auditrecord WHERE seq = 2")
    with pytest.raises(SystemExit) as stop:
        call_command("audit", "verify")
    assert stop.value.code == 1
    assert "thiếu bản ghi số 2" in capsys.readouterr().err


def test_the_command_answers_programs(chain, capsys):
    sql("UPDATE core_auditrecord SET label = 'khác' WHERE seq = 5")
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["sound"], answer["broken_at"], answer["problem"]) == (False, 5, "changed")


def test_an_older_state_put_back_whole_is_found_by_the_noted_end(chain, capsys):
    noted = f"{LAST}:{chain[-1].hash}"
    call_command("audit", "verify", "--expect", noted)
    AuditRecord.objects.all().delete()
    AuditHead.objects.all().delete()
    for number in range(LAST):
        write(number + 50)
    assert broken() is None
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--expect", noted)
    assert "số 6" in capsys.readouterr().err


def test_writers_at_the_same_time_keep_one_chain(tmp_path):
    """Real processes on a database of their own; the first thing each does is to be refused."""
    writers, each = 4, 15
    house = migrated(tmp_path)
    code = f"""
from khuyencong.core import audit
from khuyencong.core.models import InstallationFact

def write(number):
    fact = InstallationFact(key=str(number))
    audit.record([audit.Change("create", fact, None, audit.snapshot(fact))])

try:
    write(0)
except RuntimeError:
    print("refused outside a writing")
for number in range({each}):
    with audit.writing(None):
        write(number)
"""
    running = [house.python(code, wait=False) for _writer in range(writers)]
    for process in running:
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert "refused" in out
    answer = json.loads(house.run("audit", "verify", "--json").splitlines()[0])
    assert (answer["sound"], answer["records"], answer["guarded"]) == (True, writers * each, True)
