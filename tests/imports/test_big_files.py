"""A long file goes through a job, with progress."""

import pytest

from khuyencong.core import audit, jobs
from khuyencong.core.queue.models import Job
from khuyencong.establishments.models import Establishment
from khuyencong.imports import actions
from khuyencong.imports.batches import actions as batches
from khuyencong.imports.models import ImportBatch
from khuyencong.imports.views import SMALL
from tests.factories.imports import make_batch
from tests.factories.sheets import csv_file
from tests.imports.conftest import Bringer

HEADS = ("Tên cơ sở", "Loại hình", "Xã", "Lao động")


def lines(count):
    return [(f"Cơ sở {number:04d}", "Hộ kinh doanh", "Xã Trùng Khánh", 5) for number in range(count)]


def start(client, owner, content, **choice):
    """Confirm a file in the browser; the address of the job."""
    batch = make_batch(owner, content=content)
    seen = client.get(f"/import/{batch.pk}/").context["seen"]
    response = client.post(f"/import/{batch.pk}/", {"seen": seen} | choice)
    assert response.status_code == 302
    return response.url


def done(client, address):
    """What the page of progress is told once the worker has been at work."""
    jobs.work_off()
    return client.get(address, headers={"HX-Request": "true"})


@pytest.mark.django_db
def test_a_long_file_is_written_by_a_job_and_ends_on_its_page(officer, officer_client):
    address = start(officer_client, officer, csv_file(HEADS, *lines(SMALL + 1)))
    assert address.startswith("/jobs/")
    waiting = officer_client.get(address)
    assert waiting.context["job"].state == "waiting"
    assert not Establishment.objects.exists()
    response = done(officer_client, address)
    batch = ImportBatch.objects.get()
    assert response.headers["HX-Redirect"] == f"/import/{batch.pk}/"
    assert officer_client.get(address).url == f"/import/{batch.pk}/", "the whole page goes on too"
    assert "Đã ghi 301 dòng." in officer_client.get(f"/import/{batch.pk}/").content.decode()
    assert Establishment.objects.count() == SMALL + 1
    assert (batch.state, batch.outcome["written"]) == ("done", SMALL + 1)
    assert Job.objects.get().state == "done"
    assert audit.verify().broken is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "told"), [({}, "Còn dòng lỗi"), ({"only_good": "yes", "seen": "x"}, "đã thay đổi từ lúc bạn xem trước")]
)
def test_a_job_that_cannot_says_why_and_leaves_nothing(officer, officer_client, choice, told):
    content = csv_file(HEADS, *lines(SMALL), ("", "Hộ kinh doanh", "Xã Trùng Khánh", 5))
    response = done(officer_client, start(officer_client, officer, content, **choice))
    page = response.content.decode()
    assert told in page
    assert "Không có gì bị ghi dở dang" in page
    assert not Establishment.objects.exists()
    assert ImportBatch.objects.get().state == "planned"


@pytest.mark.django_db
def test_a_short_file_is_written_at_once(officer, officer_client):
    address = start(officer_client, officer, csv_file(HEADS, *lines(SMALL)))
    assert address.startswith("/import/")
    assert Establishment.objects.count() == SMALL


@pytest.mark.django_db
def test_progress_only_grows_and_ends_at_the_end(tmp_path, officer):
    bringer = Bringer(tmp_path, "csv", officer)
    told = []
    batches.bring(
        "establishments",
        bringer.file(HEADS, *lines(1100)),
        officer,
        actions.Choice(),
        lambda share, words: told.append((share, words)),
    )
    shares = [share for share, _words in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) >= 4, "several steps on the way"
    assert {words for _share, words in told} == {"", "Đang chuẩn bị", "Đang ghi vào hệ thống"}
