"""The map's numbers: they are the registry's, they add up to the province's, and end where a person's reach ends."""

import csv
import datetime as dt
import io
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from khuyencong.establishments.models import Establishment
from khuyencong.indicators import headline as home
from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.maps.archipelagos import ARCHIPELAGOS
from khuyencong.maps.drawing import MARGIN
from khuyencong.maps.figures import Asked, What, by_commune
from khuyencong.maps.nation import nation_map
from khuyencong.maps.province import province_map
from khuyencong.places.boundaries.actions import import_file
from khuyencong.places.models import Unit
from khuyencong.places.queries import district_of_communes
from khuyencong.projects.models import Project
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project
from tests.places.outlines import collection, feature

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 6, 1)
SCHEMATIC = "Bản đồ minh họa, không theo ranh giới thật."


@pytest.fixture
def support(commune, other_commune):
    """Three establishments in two communes; a project of both communes, one of a later year, one not accepted."""
    one = make_establishment(commune, code="CB-1", name="Cơ sở một")
    two = make_establishment(other_commune, code="CB-2", name="Cơ sở hai")
    make_establishment(other_commune, code="CB-3", name="Cơ sở ba", status="closed")
    trademark = ActivityType.objects.get(code="trademark")
    make_project(one, two, code="DA-1", year=2019, support=100_000_001)
    make_project(two, code="DA-2", year=2023, support=30_000_000, activity=trademark)
    make_project(one, code="DA-3", year=None, support=900_000_000)
    return one, two


def asked(what, **more):
    return Asked(what=what, **more)


def test_money_is_shared_out_to_the_dong(support, officer, commune, other_commune):
    found = by_commune(officer, asked("support"), TODAY)
    assert found == {commune.pk: 50_000_001, other_commune.pk: 80_000_000}
    later = by_commune(officer, asked("support", since="2020"), TODAY)
    assert later == {other_commune.pk: 30_000_000}
    backwards = asked("support", since="2023", until="2019")
    assert by_commune(officer, backwards, TODAY) == found
    assert by_commune(officer, asked("support", content="trademark"), TODAY) == later


def test_an_establishment_counts_once(support, officer, commune, other_commune):
    assert by_commune(officer, asked("supported"), TODAY) == {commune.pk: 1, other_commune.pk: 1}
    assert by_commune(officer, asked("establishments"), TODAY) == {commune.pk: 1, other_commune.pk: 2}


def test_need_is_what_the_law_allows_and_nobody_got(commune, other_commune, officer):
    group = EligibleGroup.objects.first()
    fields = {"eligible_group": group, "legal_form": "enterprise"}
    make_establishment(commune, code="CB-1", name="Có thể", **fields)
    supported = make_establishment(commune, code="CB-2", name="Đã được", **fields)
    make_establishment(other_commune, code="CB-3", name="Đã nghỉ", status="closed", **fields)
    make_establishment(other_commune, code="CB-4", name="Chưa rõ ngành", legal_form="enterprise")
    make_project(supported)
    assert by_commune(officer, asked("need", content="machinery"), TODAY) == {commune.pk: 1}
    assert sum(by_commune(officer, asked("need"), TODAY).values()) <= 2
    assert by_commune(officer, asked("need", content="none-such"), TODAY) == {}


@pytest.mark.parametrize("what", What)
def test_the_communes_add_up_to_the_province(what, support, officer):
    shown = province_map(officer, "04", asked(what), TODAY)
    assert sum(row.number for district in shown.districts for row in district.rows) == shown.total
    assert sum(district.total for district in shown.districts) == shown.total
    assert shown.within == 56 == sum(len(district.rows) for district in shown.districts)
    totals = {
        What.ESTABLISHMENTS: Establishment.objects.count(),
        What.SUPPORTED: home.programme(officer).supported,
        What.SUPPORT: home.programme(officer).support,
        What.NEED: 0,
    }
    assert shown.total == totals[what]
    assert nation_map(officer, asked(what), TODAY).total == shown.total


def test_a_commune_officer_sees_their_own_numbers_only(support, commune_officer, commune, client):
    shown = province_map(commune_officer, "04", asked("support"), TODAY)
    assert (shown.total, shown.within, shown.beyond) == (50_000_001, 1, 55)
    assert sum(area.title.endswith("ngoài phạm vi của bạn") for area in shown.picture.areas) == 55
    client.force_login(commune_officer)
    page = client.get("/reports/map/?what=support").content.decode()
    assert "50.000.001" in page and "80.000.000" not in page
    assert "/reports/map/01273/" not in page
    assert client.get("/reports/map/01273/").status_code == 403
    assert client.get("/reports/map/nation/?what=support").content.decode().count("50.000.001") >= 1


def test_an_administrator_sees_no_map(client, person, province):
    client.force_login(person("administrator", province))
    assert client.get("/reports/map/").status_code == 403


def test_the_page_says_that_cells_are_no_boundaries(support, officer_client):
    page = officer_client.get("/reports/map/").content.decode()
    assert SCHEMATIC in page
    assert page.count('class="map-area"') == 56
    assert "<title>Xã Trùng Khánh: 1 cơ sở</title>" in page
    assert "Huyện Trùng Khánh" in page


def test_real_boundaries_are_drawn_and_the_others_listed(commune, officer_client):
    import_file(collection(feature(commune)), "xa.geojson", "04")
    page = officer_client.get("/reports/map/").content.decode()
    assert SCHEMATIC not in page
    assert "Ranh giới: xa.geojson." in page
    assert page.count('class="map-area"') == 1
    assert "Chưa vẽ vì chưa có ranh giới" in page and "Phường Thục Phán" in page


def test_communes_without_coordinates_are_listed(officer_client):
    Unit.objects.filter(code="01477", valid_to=None).update(latitude=None, longitude=None)
    page = officer_client.get("/reports/map/").content.decode()
    assert "Chưa vẽ vì chưa có tọa độ: Xã Trùng Khánh." in page
    Unit.objects.filter(parent__code="04", valid_to=None).update(latitude=None, longitude=None)
    assert "Chưa vẽ được bản đồ" in officer_client.get("/reports/map/").content.decode()


@pytest.mark.parametrize(
    "query", ["what=x", "since=abcd&until=²", "content=%00", "districts=yes", "since=9999&what=support"]
)
def test_whatever_stands_in_the_address_bar(query, officer_client):
    assert officer_client.get(f"/reports/map/?{query}").status_code == 200
    assert officer_client.get(f"/reports/map/nation/?{query}").status_code == 200


def test_a_content_that_cannot_be_chosen_narrows_nothing(support, officer_client):
    every = officer_client.get("/reports/map/?what=support").content.decode()
    assert "130.000.001" in every
    assert "130.000.001" in officer_client.get("/reports/map/?what=support&content=none-such").content.decode()
    assert "30.000.000" in officer_client.get("/reports/map/?what=support&content=trademark").content.decode()


def test_the_page_of_a_commune(support, officer_client):
    page = officer_client.get("/reports/map/01273/").content.decode()
    assert "Phường Thục Phán" in page
    assert "Đề án thử DA-2" in page
    assert 'href="/establishments/?commune=01273"' in page
    assert officer_client.get("/reports/map/99999/").status_code == 404


def test_the_table_to_take_away(support, officer_client):
    answer = officer_client.get("/reports/map/download.csv?what=support")
    assert answer["Content-Disposition"].startswith('attachment; filename="ban-do-xa-')
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Kinh phí khuyến công đã hỗ trợ, mọi năm, Cao Bằng"]
    assert "ngày" in rows[1][0]
    assert rows[2] == [SCHEMATIC]
    assert ["Huyện Trùng Khánh", "01477", "Xã Trùng Khánh", "50000001"] in rows
    assert rows[-1] == ["Cộng", "", "", "130000001"]


def test_the_picture_to_take_away_says_what_it_is(support, officer_client):
    answer = officer_client.get("/reports/map/download.svg?what=support&districts=yes")
    root = ET.fromstring(answer.content)  # noqa: S314 our own
    told = " ".join(root.itertext())
    assert "Kinh phí khuyến công đã hỗ trợ" in told
    assert SCHEMATIC in told
    assert "Nguồn: số liệu trong hệ thống Khuyến Công" in told
    assert "chưa có hỗ trợ" in told
    assert not root.findall(".//{http://www.w3.org/2000/svg}a")


@pytest.mark.parametrize("address", ["/reports/map/nation/", "/reports/map/nation/download.svg"])
@pytest.mark.parametrize("boundaries", [False, True])
def test_the_nation_always_shows_and_names_its_archipelagos(address, boundaries, officer_client, province):
    if boundaries:
        import_file(collection(feature(province)), "tinh.geojson", "04")
    page = officer_client.get(address).content.decode()
    for name, place in (("Hoàng Sa", "Đà Nẵng"), ("Trường Sa", "Khánh Hòa")):
        assert f"Quần đảo {name}" in page
        assert f"({place})" in page


def test_the_archipelagos_lie_at_their_true_places(officer):
    shown = nation_map(officer, asked("establishments"), TODAY)
    hoang_sa, truong_sa = ARCHIPELAGOS
    assert all(111 <= x <= 113 and 15.5 <= y <= 17.2 for x, y in hoang_sa.islands)
    assert all(111 <= x <= 117.5 and 6.5 <= y <= 12 for x, y in truong_sa.islands)
    assert [one.name for one in shown.picture.islets] == ["Hoàng Sa", "Trường Sa"]
    for one in shown.picture.islets:
        assert one.islands
        assert all(MARGIN <= x <= shown.picture.width and MARGIN <= y <= shown.picture.height for x, y in one.islands)
    assert len({area.title for area in shown.picture.areas}) == 34


def test_a_commune_belongs_to_the_old_district_most_of_it_was_in(commune):
    found = district_of_communes("04")
    assert len(found) == 56
    assert found[commune.pk].name == "Huyện Trùng Khánh"
    # Of Thục Phán's five former units four were in the city.
    assert found[Unit.objects.get(code="01273", valid_to=None).pk].name == "Thành phố Cao Bằng"


def test_in_english(support, officer_client):
    officer_client.cookies["django_language"] = "en"
    assert officer_client.get("/reports/map/?what=support").status_code == 200


def test_a_project_across_the_border_of_reach_is_shared_with_those_beyond(support, commune_officer, commune):
    assert Project.objects.get(code="DA-1").establishments.count() == 2
    assert by_commune(commune_officer, asked("support"), TODAY) == {commune.pk: 50_000_001}


def test_strangers_are_sent_to_the_login():
    assert Client().get("/reports/map/download.svg").status_code == 302
