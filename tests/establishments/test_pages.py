"""The pages of the registry as people of each role see them."""

import html
import re

import pytest
from django.test import Client

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.establishments import actions
from khuyencong.establishments.models import Industry
from khuyencong.law.models import EligibleGroup
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project
from tests.factories.sheets import as_dicts

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

LAST_YEAR = clock.today().year - 1


@pytest.fixture
def one(commune):
    return make_establishment(
        commune,
        "Miến dong <Hồng Ngự>",
        "CB-00001",
        owner_name="Nông Thị Đào",
        phone="0912345678",
        email="dao@example.vn",
        industry=Industry.objects.get(code="1074"),
        eligible_group=EligibleGroup.objects.first(),
        place_as_given="Thị trấn Trùng Khánh, huyện Trùng Khánh",
        capital=1_250_000_000,
        latitude=22.8364,
        longitude=106.5211,
    )


@pytest.fixture
def client_of(person, province):
    def make(role, unit=None):
        client = Client()
        client.force_login(person(role, unit or province, f"{role}-client"))
        return client

    return make


def text(response):
    return response.content.decode()


def turn_of(page, way):
    """Where the pager leads."""
    return html.unescape(re.search(rf'rel="{way}" href="([^"]+)"', page)[1])


def test_the_list_counts_and_pages(officer_client, commune):
    for number in range(53):
        make_establishment(commune, f"Cơ sở {number:02d}", f"CB-{number:05d}")
    first = text(officer_client.get("/establishments/"))
    assert "53 cơ sở" in first
    assert "1–50 trong 53 dòng" in first
    assert "Cơ sở 52" not in first
    assert "Trang 1/2" in first
    second = text(officer_client.get("/establishments/" + turn_of(first, "next")))
    assert "51–53 trong 53 dòng" in second
    assert "Cơ sở 52" in second
    assert "Cơ sở 00" not in second
    assert "1–50 trong 53 dòng" in text(officer_client.get("/establishments/" + turn_of(second, "prev")))
    assert "1–50 trong 53 dòng" in text(officer_client.get("/establishments/?page=2")), "an old link: the first page"


def test_an_empty_list_says_what_to_do(officer_client, client_of, one):
    assert "Hãy bỏ bớt điều kiện lọc" in text(officer_client.get("/establishments/?q=khongco"))
    one.delete()
    assert "Thêm cơ sở đầu tiên" in text(officer_client.get("/establishments/"))
    assert "Thêm cơ sở" not in text(client_of("viewer").get("/establishments/"))


def test_missing_figures_are_blank_and_never_zero(officer_client, one):
    make_result(one, 2023, workers=None, revenue=None)
    line = text(officer_client.get("/establishments/")).split("<tbody>")[1].split("</tbody>")[0]
    assert ">0<" not in line
    facts = text(officer_client.get(f"/establishments/{one.pk}/"))
    assert "<dt>Lao động</dt><dd>–</dd>" in facts
    assert "<dt>Vốn đăng ký</dt><dd>1.250.000.000 ₫</dd>" in facts


def test_the_card_shows_facts_with_their_sources(officer_client, one):
    page = text(officer_client.get(f"/establishments/{one.pk}/"))
    for shown in (
        "Miến dong &lt;Hồng Ngự&gt;",
        "Xã Trùng Khánh",
        "Thị trấn Trùng Khánh, huyện Trùng Khánh",
        "mã 1074, VSIC 2018",
        "Điều 5 Nghị định 45/2012/NĐ-CP",
        "22,8364; 106,5211",
    ):
        assert shown in " ".join(page.replace("\n", " ").split()), shown


@pytest.mark.parametrize(("role", "sees"), [("officer", True), ("leader", True), ("analyst", False), ("viewer", False)])
def test_the_owners_contact_is_shown_and_downloaded_only_by_who_works_with_them(client_of, one, role, sees):
    client = client_of(role)
    page = text(client.get(f"/establishments/{one.pk}/"))
    (row,) = as_dicts(client.get("/establishments/download/").content)
    for private in ("Nông Thị Đào", "0912345678"):
        assert (private in page) is sees
        assert (private in row.values()) is sees
    assert ("dao@example.vn" in page) is sees


def test_who_may_not_see_a_phone_number_cannot_search_by_it_either(client_of, one):
    assert "Hồng Ngự" in text(client_of("officer").get("/establishments/?q=0912345678"))
    for role in ("analyst", "viewer"):
        client = client_of(role)
        for address in ("/establishments/?q=0912345678", "/search/?q=0912345678", "/establishments/?q=dao+nong"):
            assert "Hồng Ngự" not in text(client.get(address)), (role, address)


def test_the_download_holds_the_filtered_list_with_gaps_as_gaps(officer_client, one, other_commune):
    other = make_establishment(other_commune, "Mộc Thục Phán", "CB-00002", workers=0, founded=None)
    make_result(one, 2023, revenue=5_000_000_000)
    make_project(one, year=2021)
    response = officer_client.get("/establishments/download/")
    assert response["Content-Disposition"].endswith('.xlsx"')
    first, second = as_dicts(response.content)
    assert (first["Số đăng ký"], first["Doanh thu (đồng)"], first["Năm doanh thu"]) == ("CB-00001", 5_000_000_000, 2023)
    assert (first["Năm được hỗ trợ"], first["Lao động"], first["Xã, phường"]) == (2021, None, "Xã Trùng Khánh")
    assert (second["Lao động"], second["Năm thành lập"], second["Doanh thu (đồng)"]) == (0, None, None)
    (only,) = as_dicts(officer_client.get("/establishments/download/?q=moc").content)
    assert only["Tên cơ sở"] == other.name


def test_results_are_told_by_year_and_a_year_between_stays_empty(officer_client, one):
    make_result(one, 2020, revenue=100, workers=3)
    make_result(one, 2022, revenue=300)
    response = officer_client.get(f"/establishments/{one.pk}/?tab=results")
    assert response.context["chart"] == {
        "years": [2020, 2021, 2022],
        "revenue": [100, None, 300],
        "workers": [3, None, None],
        "supported": [],
    }


def test_last_years_result_is_asked_for_until_it_is_there(officer_client, one):
    asked = f"Nhập kết quả năm {LAST_YEAR}"
    assert asked in text(officer_client.get(f"/establishments/{one.pk}/"))
    make_result(one, LAST_YEAR)
    assert asked not in text(officer_client.get(f"/establishments/{one.pk}/"))


def test_a_closed_establishment_is_not_asked(officer_client, one):
    one.status = "closed"
    one.save()
    assert "Nhập kết quả" not in text(officer_client.get(f"/establishments/{one.pk}/"))


def test_the_history_is_told_in_words_to_those_who_may_read_it(officer, officer_client, client_of, one):
    values = {"name": "Miến dong mới", "workers": 1200, "commune": one.commune}
    actions.change_establishment(officer, one.pk, values, version_of(one))
    page = text(officer_client.get(f"/establishments/{one.pk}/?tab=history"))
    assert f"{officer} đã sửa hồ sơ này." in page
    assert "Lao động: từ (trống) thành 1.200" in page
    assert "Tên cơ sở: từ “Miến dong &lt;Hồng Ngự&gt;” thành “Miến dong mới”" in page
    hidden = client_of("viewer").get(f"/establishments/{one.pk}/?tab=history")
    assert hidden.context["tab"] == "facts"
    assert hidden.context["history"] == []


def test_projects_stand_on_the_card(officer_client, one):
    make_project(one, code="DA-9", title="Hỗ trợ máy sấy", year=2021, support=150_000_000)
    page = text(officer_client.get(f"/establishments/{one.pk}/?tab=projects"))
    assert "Hỗ trợ máy sấy" in page
    assert "150.000.000 ₫" in page
    assert "được hỗ trợ năm 2021" in page


def test_a_card_that_is_not_there_or_not_ones_own(commune_officer, other_commune):
    client = Client()
    client.force_login(commune_officer)
    theirs = make_establishment(other_commune)
    assert client.get("/establishments/999999/").status_code == 404
    refused = client.get(f"/establishments/{theirs.pk}/")
    assert refused.status_code == 403
    assert "Phường Thục Phán" in text(refused)
    assert theirs.name not in text(refused)
