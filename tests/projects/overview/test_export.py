"""The list as a workbook that is made while one waits, and kept for the person who asked."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from khuyencong.core import clock, jobs
from khuyencong.core.queue import tidying
from khuyencong.core.queue.models import Job
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project
from tests.factories.sheets import read

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


def export(client, query=""):
    response = client.post("/projects/export/", {"query": query})
    assert response.status_code == 302
    jobs.work_off()
    return Job.objects.latest("asked"), response.url


def test_the_filtered_list_is_made_and_fetched_by_its_owner_alone(officer_client, person, province, commune):
    home = make_establishment(commune)
    make_project(home, code="DA-1", fund="national")
    make_project(home, code="DA-2", fund="local")
    job, address = export(officer_client, "fund=national&page=7&nonsense=1")
    assert job.state == Job.State.DONE, job.error
    page = officer_client.get(address).content.decode()
    assert f"/jobs/{job.pk}/file/" in page
    response = officer_client.get(f"/jobs/{job.pk}/file/")
    assert response["Content-Disposition"] == f'attachment; filename="de-an-{clock.today():%Y%m%d}.xlsx"'
    _heads, line, _foot = read(b"".join(response.streaming_content))
    assert line[0] == "DA-1"
    colleague = Client()
    colleague.force_login(person("officer", province, "colleague"))
    assert colleague.get(f"/jobs/{job.pk}/file/").status_code == 403
    assert colleague.get(address).status_code == 403


def test_each_exports_what_is_in_reach(commune_officer, commune, other_commune):
    make_project(make_establishment(commune), code="DA-1")
    make_project(make_establishment(other_commune, "Khác", "THU-2"), code="DA-2")
    client = Client()
    client.force_login(commune_officer)
    job, _address = export(client)
    _heads, line, _foot = read(job.file.open().read())
    assert line[0] == "DA-1"


def test_files_are_kept_a_while_and_then_cleared_away(officer, officer_client):
    old, _address = export(officer_client)
    Job.objects.filter(pk=old.pk).update(finished=clock.now() - dt.timedelta(days=jobs.KEPT_DAYS, hours=1))
    path = old.file.path
    recent, _address = export(officer_client)
    tidying.jobs()
    assert officer_client.get(f"/jobs/{old.pk}/file/").status_code == 404
    assert not Path(path).exists()
    assert list(jobs.files_of(officer)) == [recent]


def test_a_link_does_not_start_work(officer_client):
    assert officer_client.get("/projects/export/").status_code == 405
    assert not Job.objects.exists()
