"""Surveys: recorded in the field, told on both cards, listed with what became of them, the start of a proposal."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditRecord, FormDraft
from khuyencong.law.models import ActivityType
from khuyencong.people.models import OfficerAssignment
from khuyencong.projects.models import Project, Survey
from khuyencong.projects.survey.actions import add_survey, change_survey
from khuyencong.projects.survey.listing import survey_list
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def home(commune):
    return make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001")


@pytest.fixture
def abroad(other_commune):
    return make_establishment(other_commune, "Mộc Thục Phán", "CB-00002")


@pytest.fixture
def values():
    return {
        "surveyed_on": dt.date(2026, 3, 1), "need": "Mùa mưa không phơi được miến.", "wanted": "Máy sấy 500 kg một mẻ",
        "estimated_cost": 300_000_000, "counterpart": 150_000_000, "ready": True, "verdict": "propose",
    }  # fmt: skip


@pytest.fixture
def typed():
    return {
        "surveyed_on": "01/03/2026", "need": "Mùa mưa không phơi được miến.", "wanted": "Máy sấy 500 kg một mẻ",
        "estimated_cost": "300 triệu", "counterpart": "150.000.000", "ready": "on", "verdict": "propose",
    }  # fmt: skip


@pytest.fixture
def client(commune_officer):
    client = Client()
    client.force_login(commune_officer)
    return client


def text(response):
    return response.content.decode()


def test_a_commune_officer_surveys_from_the_establishment_s_card(client, home, typed, commune_officer):
    address = f"/establishments/{home.pk}/survey/"
    assert f'href="{address}"' in text(client.get(f"/establishments/{home.pk}/"))
    key = f"survey:new:{home.pk}"
    assert f'data-draft-key="{key}"' in text(client.get(address))
    page = text(client.post(address, typed | {"draft_key": key, "draft_token": "t"}, follow=True))
    made = Survey.objects.get()
    assert (made.establishment, made.surveyed_by, made.surveyed_on) == (home, commune_officer, dt.date(2026, 3, 1))
    assert (made.estimated_cost, made.counterpart, made.ready) == (300_000_000, 150_000_000, True)
    assert FormDraft.objects.get(key=key).data == {"saved": "t"}
    for shown in ("Nên lập đề án, chưa lập", "300.000.000 ₫", "Lập đề án từ khảo sát này"):
        assert shown in page, shown
    assert "Nên lập đề án, chưa lập" in text(client.get(f"/establishments/{home.pk}/?tab=projects"))
    subjects = set(AuditRecord.objects.values_list("action", "subject_type"))
    assert subjects == {("create", "projects.survey"), ("create", "establishments.establishment")}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("need", "", "bắt buộc"),
        ("verdict", "", "bắt buộc"),
        ("surveyed_on", "31/02/2026", "15/10/2025"),
        ("surveyed_on", f"{clock.today() + dt.timedelta(days=2):%d/%m/%Y}", "chưa đến"),
        ("estimated_cost", "ba trăm triệu", "ba trăm triệu"),
    ],
)
def test_a_wrong_field_is_named_and_all_that_was_typed_stays(client, home, typed, field, value, told):
    response = client.post(f"/establishments/{home.pk}/survey/", typed | {field: value, "market": "Chợ tỉnh"})
    assert set(response.context["form"].errors) == {field}
    assert told in text(response)
    assert "Chợ tỉnh" in text(response)
    assert not Survey.objects.exists()


def test_a_change_is_kept_and_who_comes_second_keeps_what_was_typed(client, officer, home, values, typed):
    made = add_survey(officer, home, values)
    address = f"/projects/surveys/{made.pk}/edit/"
    version = client.get(address).context["opened"].version
    change_survey(officer, made.pk, values | {"need": "Của người trước"}, version)
    response = client.post(address, typed | {"version": version})
    assert "Người khác vừa lưu khảo sát này" in text(response)
    assert "Mùa mưa không phơi được miến." in text(response)
    assert Survey.objects.get().need == "Của người trước"
    assert client.post(address, typed | {"version": response.context["opened"].version}).status_code == 302
    assert Survey.objects.get().need == "Mùa mưa không phơi được miến."


@pytest.mark.parametrize("role", ["leader", "analyst", "viewer", "inspector", "administrator"])
def test_only_officers_survey(person, province, officer, home, values, role):
    made = add_survey(officer, home, values)
    user = person(role, province, "other")
    with pytest.raises(PermissionDenied):
        add_survey(user, home, values)
    with pytest.raises(PermissionDenied):
        change_survey(user, made.pk, values | {"need": "Khác"}, version_of(made))


def test_a_commune_officer_surveys_only_in_the_own_commune(client, commune_officer, officer, abroad, values, typed):
    with pytest.raises(PermissionDenied):
        add_survey(commune_officer, abroad, values)
    made = add_survey(officer, abroad, values)
    for address in (f"/establishments/{abroad.pk}/survey/", f"/projects/surveys/{made.pk}/edit/"):
        assert client.get(address).status_code == client.post(address, typed).status_code == 403
    assert client.get(f"/projects/surveys/{made.pk}/").status_code == 403
    assert "Mộc Thục Phán" not in text(client.get("/projects/surveys/"))


def test_the_list_tells_what_became_of_each(officer, officer_client, home, abroad, values):
    waiting = add_survey(officer, home, values)
    begun = add_survey(officer, abroad, values | {"surveyed_on": dt.date(2025, 3, 1)})
    later = add_survey(officer, home, values | {"verdict": "later"})
    none = add_survey(officer, home, values | {"verdict": "no"})
    begun.project = make_project(abroad, code="DA-2025-0009", year=None)
    begun.save()
    for filters, expected in (
        ({}, [none, later, waiting, begun]),
        ({"outcome": "waiting"}, [waiting]),
        ({"outcome": "project"}, [begun]),
        ({"outcome": "later"}, [later]),
        ({"outcome": "no"}, [none]),
        ({"year": "2025"}, [begun]),
        ({"q": "thuc phan"}, [begun]),
        ({"commune": home.commune.code, "outcome": "no"}, [none]),
        ({"q": "\x00", "year": "２０２５", "outcome": "lạ"}, []),
    ):
        assert list(survey_list(officer).found(filters)) == expected, filters
    page = text(officer_client.get("/projects/surveys/"))
    for shown in ("DA-2025-0009: Đang soạn", "Nên lập đề án, chưa lập", "Khảo sát lại sau", "Không phù hợp"):
        assert shown in page, shown
    assert "Không có khảo sát nào khớp" in text(officer_client.get("/projects/surveys/?q=khongco"))


def test_the_empty_list_says_what_it_would_hold(officer_client):
    assert "Chưa có khảo sát nào" in text(officer_client.get("/projects/surveys/"))


def test_a_proposal_starts_with_what_was_found(client, officer, commune_officer, home, values):
    OfficerAssignment.objects.create(user=officer, unit=home.commune, valid_from=dt.date(2020, 1, 1))
    survey = add_survey(commune_officer, home, values)
    address = f"/projects/propose/?survey={survey.pk}"
    response = client.get(address)
    form, editor = response.context["form"], response.context["editor"]
    assert form["title"].value() == "Hỗ trợ máy sấy 500 kg một mẻ"
    assert form["goals"].value() == values["need"]
    assert form["counterpart"].value() == "150.000.000"
    assert form["responsible"].value() == officer.pk, "whoever is in charge of the commune"
    assert editor.picked == [home]
    assert editor.costs == 300_000_000
    sent = {
        "title": "Hỗ trợ máy sấy", "activity": ActivityType.objects.get(code="machinery").pk, "fund": "local",
        "beneficiaries": home.pk, "support_amount": "150.000.000", "counterpart": "150.000.000",
        "lines-0-name": "Máy sấy", "lines-0-unit": "cái", "lines-0-quantity": "1", "lines-0-unit_price": "300.000.000",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    made = Project.objects.get()
    survey.refresh_from_db()
    assert (survey.project, made.drafted_by, made.total_cost) == (made, commune_officer, 300_000_000)
    again = client.get(address)
    assert again.status_code == 302
    assert again.url == f"/projects/{made.pk}/"


def test_a_survey_out_of_reach_starts_nothing(client, officer, abroad, values):
    survey = add_survey(officer, abroad, values)
    assert client.get(f"/projects/propose/?survey={survey.pk}").status_code == 403
    assert client.get(f"/projects/propose/?establishment={abroad.pk}").status_code == 403
    for nothing in ("survey=0", "survey=999999", "survey=x", "establishment=%00"):
        assert client.get(f"/projects/propose/?{nothing}").status_code == 404, nothing
