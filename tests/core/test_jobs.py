"""Long work: waits in the queue, is done by a worker, told while it runs, stopped, tried again, and cleared away."""

import datetime as dt
import errno
import signal

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError, connections
from django.test import Client

from khuyencong.core import audit, clock, jobs
from khuyencong.core.queue import alive, lost, tidying
from khuyencong.core.queue.models import Job
from tests.core.installations import migrated


@jobs.work
def told(run, words):
    run.progress(0.25, words)
    return "/home/"


@jobs.work
def failing(run, kind, said):
    raise {"refused": jobs.Refused, "full": _full, "away": OperationalError, "bug": KeyError}[kind](said)


@jobs.work
def stopped_half_way(run):
    jobs.stop(Job.objects.get(pk=run.job.pk))
    run.progress(0.5)
    raise AssertionError("it went on")


@jobs.work
def inside_a_writing(run):
    """What the queue's own connection sees while the main database's writer is held."""
    with audit.writing(run.owner):
        audit.alone()
        run.progress(0.5, "nửa chừng")
        seen = Job.objects.get(pk=run.job.pk)
    return f"/{seen.share}/{seen.words}/"


def _full(said):
    return OSError(errno.ENOSPC, said)


def page_of(client, job):
    return client.get(f"/jobs/{job.pk}/").content.decode()


def done(job):
    jobs.work_off()
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_work_waits_its_turn_and_leads_to_what_came_of_it(officer, officer_client):
    first = jobs.start(officer, "Việc đầu", told, words="đang làm")
    second = jobs.start(officer, "Việc sau", told, words="đang làm")
    assert "còn 1 việc phía trước" in page_of(officer_client, second)
    assert "chưa chạy" in page_of(officer_client, second), "nobody works"
    with alive.living():
        assert "chưa chạy" not in page_of(officer_client, second)
    assert done(first).state == done(second).state == "done"
    assert (first.share, first.words) == (0.25, "đang làm")
    assert officer_client.get(f"/jobs/{first.pk}/").url == "/home/"


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_work_holds_the_main_database(officer):
    assert done(jobs.start(officer, "Việc dài", inside_a_writing)).next_url == "/0.5/nửa chừng/"
    job = jobs.start(officer, "Việc dài", told, words="x")
    with audit.writing(officer):
        queue = connections["queue"].copy()
        try:
            with queue.cursor() as cursor:  # as the server sees it, which has a connection of its own
                cursor.execute("SELECT state FROM queue_job WHERE title = %s", [job.title])
                assert ("waiting",) in cursor.fetchall()
        finally:
            queue.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "seen"),
    [("refused", "Thiếu giấy."), ("full", "Ổ đĩa của máy chủ đã đầy"), ("away", "không nối được"), ("bug", "báo mã")],
)
def test_why_it_failed_is_told_in_plain_words(officer, officer_client, kind, seen):
    job = done(jobs.start(officer, "Việc thử", failing, kind=kind, said="Thiếu giấy."))
    assert job.state == "failed"
    page = page_of(officer_client, job)
    assert seen in page.replace("báo người quản trị mã", "báo mã")
    assert ("Thiếu giấy." in page) is (kind == "refused"), "no raw text of an error"
    assert len(job.tries) == (2 if kind == "away" else 0), "what may pass is tried again by itself"
    officer_client.post(f"/jobs/{job.pk}/again/")
    again = Job.objects.get(pk=job.pk)
    assert (again.state, again.error) == ("waiting", "")
    assert again.tries[-1]["why"] == job.error
    assert "Các lần trước không xong" in page_of(officer_client, again)


@pytest.mark.django_db
def test_work_is_stopped_before_it_begins_and_half_way(officer, officer_client, person, province):
    waiting = jobs.start(officer, "Việc thử", told, words="x")
    stranger = Client()
    stranger.force_login(person("officer", province, "khac"))
    assert stranger.post(f"/jobs/{waiting.pk}/stop/").status_code == 403
    officer_client.post(f"/jobs/{waiting.pk}/stop/")
    assert (done(waiting).state, waiting.words) == ("stopped", "")
    assert "đã dừng theo yêu cầu" in page_of(officer_client, waiting)
    assert done(jobs.start(officer, "Việc thử", stopped_half_way)).state == "stopped"


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_taken_up_and_given_up_after_three_tries(officer):
    job = jobs.start(officer, "Việc thử", told, words="x")
    for left in (1, 0):
        Job.objects.filter(pk=job.pk).update(state="running", worker="dead")
        lost.take_up()
        job.refresh_from_db()
        assert (job.state, job.spare_tries) == ("waiting", left)
    with alive.living() as name:
        Job.objects.filter(pk=job.pk).update(state="running", worker=name)
        lost.take_up()
        job.refresh_from_db()
        assert job.state == "running", "its worker lives"
    lost.take_up()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Chương trình chạy việc nền đã dừng giữa chừng.")


@pytest.mark.django_db
def test_what_is_kept_for_a_while_goes(officer, settings):
    old, young = (done(jobs.start(officer, "Việc thử", told, words="x")) for _ in range(2))
    waiting = jobs.start(officer, "Việc thử", told, words="x", brought=("a.txt", b"a"))
    Job.objects.filter(pk=old.pk).update(finished=clock.now() - dt.timedelta(days=jobs.KEPT_DAYS, hours=1))
    over = SessionStore()
    over.set_expiry(-1)
    over.save()
    for tidy in tidying.registered():
        tidy()
    assert set(Job.objects.all()) == {young, waiting}
    assert waiting.brought.storage.exists(waiting.brought.name)
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_no_job_begins_before_its_write_is_done(officer):
    with audit.writing(officer), pytest.raises(RuntimeError):
        jobs.start(officer, "Việc thử", told, words="x")
    with pytest.raises(ValueError, match="is no work"):
        jobs.start(officer, "Việc thử", page_of)


FILL = """
from khuyencong.core import audit, jobs
from khuyencong.imports import actions, background
from khuyencong.people.actions import accounts
from khuyencong.people.rules import Role
from khuyencong.places.models import Unit
from tests.factories.imports import make_batch
from tests.factories.sheets import csv_file
import datetime as dt
home = Unit.objects.create(code="04", name="Cao Bằng", short_name="Cao Bằng", kind="province", folded="cao bang")
commune = Unit.objects.create(code="01477", name="Xã Trùng Khánh", short_name="Trùng Khánh", kind="commune",
    parent=home, valid_from=dt.date(2025, 7, 1), folded="xa trung khanh")
with audit.writing(None):
    owner = accounts.add_account(None, "can.bo", "một mật khẩu dài", "Nông Thị Thơm")
    accounts.grant(None, owner, Role.OFFICER, home)
rows = [(f"Cơ sở {n}", "Hộ kinh doanh", "Xã Trùng Khánh", 5) for n in range(3000)]
batch = make_batch(owner, content=csv_file(("Tên cơ sở", "Loại hình", "Xã", "Lao động"), *rows))
from pathlib import Path
seen = actions.plan_file(batch.kind, Path(batch.file.path), owner, batch.file_name).fingerprint()
jobs.start(owner, "Nhập", background.confirm, batch=str(batch.pk), seen=seen,
    choice=background.plain(actions.Choice()), sheets=[])
"""
UNTIL_IT_RUNS = """
import time
from khuyencong.core.queue.models import Job
while (job := Job.objects.get()).share == 0:
    assert job.state in {"waiting", "running"}, job.error
    time.sleep(0.02)
"""
STATE = """
from khuyencong.core.models import AuditRecord
from khuyencong.core.queue.models import Job
from khuyencong.establishments.models import Establishment
job = Job.objects.get()
imports = AuditRecord.objects.filter(action="import", object_type__endswith="importbatch").count()
print(job.state, len(job.tries), Establishment.objects.count(), imports)
"""


def test_work_under_a_killed_worker_is_done_by_the_next_and_its_effect_is_there_once(tmp_path):
    house = migrated(tmp_path / "house")
    house.python(FILL)
    worker = house.start("worker")
    house.python(UNTIL_IT_RUNS)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    assert house.python(STATE).split() == ["running", "0", "0", "0"], "nothing half-written"
    house.run("worker", "--once")
    assert house.python(STATE).split() == ["done", "1", "3000", "1"]
