"""One box for establishments, projects and communes."""

import pytest
from django.test import Client

from khuyencong.work import search as work_search
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(commune, other_commune):
    noodles = make_establishment(commune, "Cơ sở miến dong Hồng Ngự", "CB-00001", products="Miến dong")
    wood = make_establishment(other_commune, "Mộc Thục Phán", "CB-00002")
    make_project(noodles, code="DA-1", title="Máy sấy miến dong")
    make_project(wood, code="DA-2", title="Máy cưa")


def found(user, text):
    kinds = work_search.find_everything(user, text)
    return {kind: [str(one) for one in items] for kind, items in kinds.items() if items}


NOODLES = {"establishments": ["Cơ sở miến dong Hồng Ngự"], "projects": ["Máy sấy miến dong"]}


@pytest.mark.parametrize("text", ["miến dong", "mien dong", "MIEN  DONG", "dong miến", "  miến, dong!"])
def test_marks_case_order_and_punctuation_do_not_matter(officer, made, text):
    assert found(officer, text) == NOODLES


@pytest.mark.parametrize("text", ["", "   ", "%", "!?", "khongco"])
def test_nothing_is_found_for_nothing(officer, made, text):
    assert found(officer, text) == {}


def test_communes_of_the_registry_are_found(officer, made):
    assert found(officer, "trung khanh") == {"communes": ["Xã Trùng Khánh"]}
    assert found(officer, "thục phán") == {"establishments": ["Mộc Thục Phán"], "communes": ["Phường Thục Phán"]}
    assert found(officer, "ba vi") == {}, "a commune of another province, or without establishments"


def test_only_what_is_within_reach_is_found(commune_officer, made):
    assert found(commune_officer, "miến dong") == NOODLES
    assert found(commune_officer, "may") == {"projects": ["Máy sấy miến dong"]}
    assert found(commune_officer, "moc thuc phan") == {}


def test_the_page_links_to_what_it_found_and_escapes_what_was_typed(officer_client, made):
    page = officer_client.get("/search/", {"q": "mien dong"}).content.decode()
    assert 'href="/establishments/' in page
    assert 'href="/projects/' in page
    odd = officer_client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in odd
    assert "Không tìm thấy gì" in odd
    assert "Bạn muốn tìm gì?" in officer_client.get("/search/").content.decode()


def test_an_odd_text_never_breaks_the_page(officer_client, made):
    for text in ("\x00", "²" * 500, "a" * 5000, "' OR 1=1 --"):
        assert officer_client.get("/search/", {"q": text}).status_code == 200


def test_who_may_see_no_registry_may_not_search(person, province):
    client = Client()
    client.force_login(person("administrator", province))
    assert client.get("/search/", {"q": "mien"}).status_code == 403


def test_more_than_the_page_shows_leads_to_the_whole_list(officer_client, commune):
    for number in range(work_search.FOUND_AT_MOST):
        make_establishment(commune, f"Cơ sở đậu phụ {number}", f"THU-{number:03d}")
    page = officer_client.get("/search/", {"q": "dau phu"}).content.decode()
    assert 'href="/establishments/?q=dau%20phu"' in page
    page = officer_client.get("/search/", {"q": "dau phu 11"}).content.decode()
    assert 'href="/establishments/?q=dau' not in page
