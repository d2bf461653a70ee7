"""What no database can tell of itself: emptied, cut short, put back older, or changed past the actions."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from khuyencong.core import audit, history
from khuyencong.core.audit import replay
from khuyencong.core.models import AuditHead, AuditRecord
from khuyencong.establishments import actions
from khuyencong.establishments.models import Establishment
from tests.factories.reports import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trail(officer, commune):
    """Three establishments brought in."""
    values = {"legal_form": "household", "commune": commune}
    return [actions.add_establishment(officer, {"name": f"Cơ sở {one}", **values}) for one in range(3)]


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def empty():
    sql("DELETE FROM core_auditrecord")
    sql("DELETE FROM core_audithead")


def answer(capsys, *options):
    with suppress(SystemExit):
        call_command("audit", "verify", "--json", *options)
    return json.loads(capsys.readouterr().out)


def test_an_emptied_chain_is_told_and_stays_so_when_others_write_on(trail, officer, commune, capsys):
    assert answer(capsys)["sound"]
    empty()
    assert audit.verify().broken is None, "in itself it is sound"
    assert (answer(capsys)["problem"], answer(capsys)["broken_at"]) == ("missing", 3)
    actions.add_establishment(officer, {"name": "Mới", "legal_form": "household", "commune": commune})
    assert not answer(capsys)["sound"]


def test_a_chain_put_back_to_an_older_state_is_told(trail, officer, commune, capsys):
    head = AuditHead.objects.values().get()
    actions.add_establishment(officer, {"name": "Mới", "legal_form": "household", "commune": commune})
    sql("DELETE FROM core_auditrecord WHERE seq > 3")
    AuditHead.objects.filter(pk=1).update(**head)
    assert answer(capsys)["broken_at"] == 4


@pytest.mark.parametrize("harm", [lambda file: file.unlink(), lambda file: file.write_text('{"seq": 0, "hash": "x"}')])
def test_an_anchor_that_is_gone_or_forged_is_told(trail, settings, capsys, harm):
    harm(Path(settings.AUDIT_DIR) / "head.json")
    assert answer(capsys)["problem"] == "anchor"


def test_without_its_anchor_it_is_held_to_the_backups(trail, settings, tmp_path, capsys):
    call_command("backup", str(tmp_path / "sao-luu.zip"))
    capsys.readouterr()
    for kept in ("head.json", "ed25519.pem"):
        (Path(settings.AUDIT_DIR) / kept).unlink()
    assert answer(capsys)["sound"]
    empty()
    found = answer(capsys)
    assert (found["sound"], "sao-luu.zip" in found["message"]) == (False, True)


def test_rows_changed_past_the_actions_are_named(trail, capsys):
    assert answer(capsys, "--tables")["rows"] == []
    first, second, third = (one.pk for one in trail)
    sql(f"UPDATE establishments_establishment SET name = 'Khác' WHERE id = {first}")
    sql(f"DELETE FROM establishments_establishment WHERE id = {second}")
    copied = Establishment.objects.get(pk=third)
    copied.pk, copied.code, copied._state.adding = third + 100, "CB-99999", True
    copied.save()
    found = {(one["pk"], one["what"], tuple(one["names"])) for one in answer(capsys, "--tables")["rows"]}
    assert found == {
        (str(first), "changed", ("name",)), (str(second), "missing", ()), (str(third + 100), "unrecorded", ()),
    }  # fmt: skip


def test_what_a_sent_report_holds_is_compared_unasked(trail, officer, person, province, settings, capsys):
    report = signed(officer, person("leader", province), province)
    seq, _colon, digest = report.trail.partition(":")
    kept = AuditRecord.objects.get(hash=digest)
    assert str(kept.seq) == seq and report.trail in report.snapshot
    assert answer(capsys)["sound"]
    empty()
    (Path(settings.AUDIT_DIR) / "head.json").unlink()
    (Path(settings.AUDIT_DIR) / "ed25519.pem").unlink()
    found = answer(capsys)
    assert (found["problem"], found["broken_at"]) == ("missing", int(seq))
    assert f"“{report}”" in found["message"]


def test_a_look_at_personal_data_is_told_with_its_reason(trail, officer):
    before = AuditRecord.objects.count()
    with pytest.raises(ValidationError, match="lý do"):
        audit.looked(officer, trail[0], " ")
    audit.looked(officer, trail[0], "Đối chiếu chủ hộ với hồ sơ đề nghị")
    assert AuditRecord.objects.count() == before + 1
    (newest, *_older) = history.sentences(trail[0])
    assert "đã xem dữ liệu cá nhân của hồ sơ này" in newest.sentence
    assert newest.changes == ["Lý do: “Đối chiếu chủ hộ với hồ sơ đề nghị”"]
    assert audit.verify().broken is None and list(replay.differences()) == []
