"""A wrong import is taken back whole, as one action, while nobody has built on it."""

import io
import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from khuyencong.core import audit, history
from khuyencong.core.audit import replay
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditRecord
from khuyencong.establishments.actions import save_result
from khuyencong.establishments.importing.results import ResultImporter
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.imports import actions
from khuyencong.imports.batches import actions as batches
from khuyencong.imports.models import ImportBatch, ImportTouch
from khuyencong.imports.taking_back.actions import take_back
from tests.factories.establishments import make_establishment, make_result
from tests.factories.sheets import csv_file
from tests.trail import refused

pytestmark = pytest.mark.django_db

HEADS = ("Số đăng ký", "Năm", "Doanh thu (đồng)", "Lao động", "Nguồn số liệu")
BOOK = ("Số đăng ký", "Tên cơ sở", "Loại hình", "Xã, phường")


def bring(user, kind, *lines):
    """A batch received and confirmed, as the pages do."""
    batch = actions.receive(user, kind, ContentFile(csv_file(*lines), name="nham.csv"))
    seen = actions.plan_file(kind, Path(batch.file.path), user, batch.file_name).fingerprint()
    batches.confirm_batch(batch, user, actions.Choice(), lambda share, words: None, seen)
    return ImportBatch.objects.get(pk=batch.pk)


def rows():
    """What stands in the tables."""
    return [list(model.objects.order_by("pk").values()) for model in (Establishment, YearlyResult)]


@pytest.fixture
def one(commune):
    found = make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001")
    make_result(found, 2022, revenue=5_000_000)
    return found


@pytest.fixture
def results(officer, one):
    return bring(
        officer,
        "results",
        HEADS,
        ("CB-00001", 2022, 7000000, 9, "Khảo sát"),
        ("CB-00001", 2023, 6000000, 1, "Khảo sát"),
    )


@pytest.fixture
def was(one):
    return rows()


def test_what_was_changed_is_as_before_and_what_was_new_is_gone(was, results, officer):
    assert rows() != was
    assert take_back(officer, results) == 2
    assert rows() == was
    assert ImportBatch.objects.get().state == "taken-back"
    assert audit.verify().broken is None
    with refused("không rút lại được"):
        take_back(officer, results)


def test_its_record_holds_the_hash_of_all_it_touched(results):
    record = AuditRecord.objects.get(action="import", object_id=str(results.pk))
    assert json.loads(record.after)["touched"] == batches.hash_of(results.touches.all())
    assert [bool(one.before) for one in results.touches.order_by("key")] == [True, False]


def test_what_was_changed_since_keeps_it_and_nothing_is_undone(results, officer):
    YearlyResult.objects.filter(year=2023).update(workers=2)
    before = rows()
    with refused("Có 1 bản ghi đã được sửa sau lần nhập này"):
        take_back(officer, results)
    assert rows() == before


def test_what_others_rest_on_keeps_it(officer, commune):
    line = ("CB-77777", "Mộc mới", "Doanh nghiệp", commune.name)
    batch = bring(officer, "establishments", BOOK, line)
    made = Establishment.objects.get(code="CB-77777")
    result = make_result(made, 2023)
    with refused("đã được hồ sơ khác dùng đến"):
        take_back(officer, batch)
    result.delete()
    take_back(officer, batch)
    assert not Establishment.objects.filter(code="CB-77777").exists()


def test_only_who_may_bring_in_takes_back(results, person, province):
    with pytest.raises(PermissionDenied):
        take_back(person("viewer", province), results)


def test_the_page_lists_it_and_takes_it_back(results, officer_client, was):
    page = officer_client.get(f"/import/{results.pk}/").content.decode()
    assert "Rút lại lần nhập này" in page
    book = officer_client.get(f"/import/{results.pk}/touched/")
    assert io.BytesIO(b"".join(book.streaming_content) if book.streaming else book.content).read(2) == b"PK"
    page = officer_client.post(f"/import/{results.pk}/take-back/", follow=True).content.decode()
    assert "đã được rút lại" in page
    assert YearlyResult.objects.count() == 1


def test_one_record_tells_of_every_row_and_stands_on_every_card_it_touched(one, results, officer_client):
    told = AuditRecord.objects.exclude(action="create")
    assert [(record.action, record.object_type) for record in told] == [("import", "reports.importbatch")]
    (newest, *_older) = history.sentences(one)
    assert "đã nhập từ tệp nham.csv" in newest.sentence
    assert "Doanh thu: từ 5.000.000 thành 7.000.000" in newest.changes
    assert "Thêm: Miến dong Hồng Ngự, 2023" in newest.changes
    assert list(replay.differences()) == []


def test_what_was_changed_past_the_system_after_an_import_is_told(one, results):
    YearlyResult.objects.filter(year=2023).update(workers=99)
    YearlyResult.objects.filter(year=2022).delete()
    found = {(each.model, each.what, each.names) for each in replay.differences()}
    label = "establishments.yearlyresult"
    assert found == {(label, "changed", ("workers",)), (label, "missing", ())}
    ImportTouch.objects.filter(before="").update(now="{}", after="0" * 64)
    assert ("reports.importbatch", "changed") in {(each.model, each.what) for each in replay.differences()}


def test_what_others_write_while_an_import_is_planned_is_seen(officer, one, monkeypatch):
    """Others come in while it is staged; the plan is then made anew, and what it says is no longer what was shown."""
    made_ready = ResultImporter.ready

    def beside(importer, rows, user):
        save_result(user, one, 2023, {"revenue": 6_000_000, "workers": 1, "source": "survey"}, version_of(None))
        return made_ready(importer, rows, user)

    monkeypatch.setattr(ResultImporter, "ready", beside)
    with pytest.raises(actions.PlanChanged):
        bring(officer, "results", HEADS, ("CB-00001", 2023, 6000000, 1, "Khảo sát"))
    assert AuditRecord.objects.filter(action="import").count() == 0 and YearlyResult.objects.count() == 2
