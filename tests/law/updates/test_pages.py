"""The page that tells an officer what an update of the reference data changed, and which projects it touches."""

import datetime as dt

import pytest

from khuyencong.law import reference
from khuyencong.law.models import ActivityType, ReferenceUpdate
from khuyencong.law.work import waiting
from khuyencong.projects.models import Step
from tests.factories import first_edition
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db
PAGE = "/law/updates/"


def text(response):
    assert response.status_code == 200, response
    return " ".join(response.content.decode().split())


def approved(commune, code, day, activity="machinery"):
    """A project approved on the day."""
    firm = make_establishment(commune, code, code)
    made = make_project(firm, code=code, title=code, activity=ActivityType.objects.get(code=activity))
    Step.objects.create(
        project=made, position=1, transition="approve", source="department-appraisal", target="approved", day=day,
        taken_at=dt.datetime(2019, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    return made


def test_before_any_update_the_page_says_so(as_, officer, viewer):
    assert "Chưa có lần cập nhật nào" in text(as_(officer).get(PAGE))
    assert as_(viewer).get(PAGE).status_code == 403
    assert PAGE in text(as_(officer).get("/law/")) and PAGE not in text(as_(viewer).get("/law/"))


def test_it_tells_from_what_to_what_with_source_and_what_was_kept(before, as_, officer):
    reference.load()
    page = text(as_(officer).get(PAGE))
    kept, applied = page.split("Đã áp dụng (")[0], page.split("Đã áp dụng (")[1]
    assert "Mức tối đa (đồng): 30.000.000 → 35.000.000" in kept
    assert "46/2012/TT-BCT" in kept
    assert "Áp dụng từ: 31/12/2018 → 11/05/2018" in applied
    assert "thuvienphapluat.vn" in applied and "đọc trong nguồn công khai" in applied


def test_it_leads_to_the_projects_whose_ceiling_rests_on_a_changed_norm(as_, officer, commune):
    first_edition.lay_down()
    between = approved(commune, "DA-GIUA", dt.date(2018, 8, 1))  # no norm was known for it, now that of 28/2018 is
    later = approved(commune, "DA-SAU", dt.date(2020, 1, 1))  # the same norm before and after
    early = approved(commune, "DA-TRUOC", dt.date(2016, 1, 1))  # the norm of 26/2014 has come
    reference.load()
    page = text(as_(officer).get(PAGE))
    applied, added = page.split("Bản ghi mới (")[:2]
    assert f"/projects/{between.pk}/" in applied and f"/projects/{early.pk}/" in added
    assert f"/projects/{later.pk}/" not in page


def test_it_waits_for_an_officer_until_one_has_looked(before, as_, officer, leader):
    reference.load()
    today = dt.date(2027, 1, 1)
    mine = [one for one in waiting(officer, today) if one.url == PAGE]
    assert len(mine) == 1 and not [one for one in waiting(leader, today) if one.url == PAGE]
    update = ReferenceUpdate.objects.get()
    assert as_(leader).post(f"{PAGE}{update.pk}/seen/").status_code == 403
    as_(officer).post(f"{PAGE}{update.pk}/seen/")
    update.refresh_from_db()
    assert update.seen_by == officer
    assert not [one for one in waiting(officer, today) if one.url == PAGE]
