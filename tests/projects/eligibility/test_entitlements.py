"""“Cơ sở này được hỗ trợ những gì?”: every content with its reasons, and the priority in parts."""

import datetime as dt

import pytest
from django.test import Client

from khuyencong.law.models import ActivityType, AreaStatus, EligibleGroup
from khuyencong.projects.eligibility.queries import entitlements, priority_of
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def noodles(commune):
    """A household of Xã Trùng Khánh that makes noodles."""
    group = EligibleGroup.objects.get(code="agro-processing")
    return make_establishment(commune, eligible_group=group, workers=12, local_material=True)


def answers(establishment, day=DAY):
    return {one.content.code: one.answer.eligible for one in entitlements(establishment, day)}


def page(user, establishment, **params):
    client = Client()
    client.force_login(user)
    response = client.get(f"/establishments/{establishment.pk}/eligibility/", params)
    assert response.status_code == 200
    return response


def test_each_content_of_the_day_has_its_answer(noodles):
    make_project(noodles, year=2019, title="Máy sấy miến", activity=ActivityType.objects.get(code="machinery"))
    found = answers(noodles)
    assert found["machinery"] is False
    assert found["trademark"] is True
    assert found["digital-transformation"] is True
    assert "digital-transformation" not in answers(noodles, dt.date(2025, 10, 14))
    assert "programme-capacity" not in found, "work of the programme is no support of an establishment"
    assert answers(noodles, dt.date(2018, 12, 31))["machinery"] is True


def test_a_missing_group_leaves_open_what_asks_for_one(commune):
    bare = make_establishment(commune)
    found = answers(bare)
    assert found["machinery"] is None
    assert found["management-capacity"] is True


def test_before_the_new_decree_a_ward_leaves_open_in_what_kind_of_city_it_lay(other_commune):
    group = EligibleGroup.objects.get(code="agro-processing")
    there = make_establishment(other_commune, eligible_group=group)
    assert answers(there, dt.date(2025, 10, 14))["machinery"] is None
    assert answers(there, dt.date(2025, 10, 15))["machinery"] is True


def test_before_any_rule_nothing_is_said(noodles):
    assert entitlements(noodles, dt.date(2012, 7, 4)) == []
    activity = ActivityType.objects.get(code="fair")
    activity.valid_from = dt.date(2000, 1, 1)
    activity.save()
    assert answers(noodles, dt.date(2012, 7, 4)) == {"fair": None}


def test_priority_counts_what_is_known_on_the_day(noodles, commune):
    make_result(noodles, 2025, export_value=3_000_000)
    AreaStatus.objects.create(unit=commune, kind="difficult", valid_from=dt.date(2021, 1, 1), state="adopted")
    found = priority_of(noodles, DAY)
    assert {part.criterion.key: part.points for part in found.parts if part.points} == {
        "area-difficult": 15, "industry": 20, "local-material": 15, "labour-10": 10, "export": 15,
    }  # fmt: skip
    assert (found.points, found.most) == (75, 100)
    assert {part.criterion.key for part in found.parts if part.met is None} == {
        "area-especially-difficult",
        "new-rural",
    }


def test_the_page_gives_reasons_articles_and_where_to_fill_in(officer, commune):
    bare = make_establishment(commune)
    response = page(officer, bare)
    shown = response.content.decode()
    assert "Hồ sơ chưa ghi nhóm ngành được hưởng" in shown
    assert f'href="/establishments/{bare.pk}/edit/#id_eligible_group"' in shown
    assert "Điều 5 Nghị định 45/2012/NĐ-CP" in shown or "Điều 5 45/2012/NĐ-CP" in shown
    assert "chưa xác minh" in shown
    assert "0/100" in shown


def test_the_page_tells_what_was_supported_before(officer, noodles):
    make_project(noodles, year=2019, title="Máy sấy miến", activity=ActivityType.objects.get(code="machinery"))
    assert "Đã được hỗ trợ: Máy sấy miến (năm 2019)" in page(officer, noodles).content.decode()
    assert "Máy sấy miến" not in page(officer, noodles, day="2018-05-01").content.decode()


def test_who_only_reads_is_not_sent_to_a_form(person, province, commune):
    bare = make_establishment(commune)
    shown = page(person("viewer", province), bare).content.decode()
    assert "Hồ sơ chưa ghi nhóm ngành được hưởng" in shown
    assert "/edit/" not in shown


def test_the_card_leads_there_and_another_commune_does_not(officer_client, commune_officer, noodles, other_commune):
    assert (
        f"/establishments/{noodles.pk}/eligibility/"
        in officer_client.get(f"/establishments/{noodles.pk}/").content.decode()
    )
    elsewhere = make_establishment(other_commune, "Khác", "THU-2")
    client = Client()
    client.force_login(commune_officer)
    assert client.get(f"/establishments/{noodles.pk}/eligibility/").status_code == 200
    assert client.get(f"/establishments/{elsewhere.pk}/eligibility/").status_code == 403
    assert client.get("/establishments/999999/eligibility/").status_code == 404
