"""A wrong import is taken back whole, as one action, while nobody has built on it."""

import io
import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.imports import actions
from khuyencong.imports.models import ImportBatch
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
    actions.confirm_batch(batch, user, actions.Choice(), lambda share, words: None, seen)
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
    assert json.loads(record.after)["touched"] == actions.hash_of(results.touches.all())
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
