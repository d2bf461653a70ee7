"""The list: found without marks, narrowed, sorted, and never wider than the person's reach."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from khuyencong.establishments import queries
from khuyencong.establishments.listing import registry_list
from khuyencong.establishments.models import Industry
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import former_districts
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(commune, other_commune):
    """Three establishments that differ in everything the list can be narrowed or sorted by."""
    industry = {code: Industry.objects.get(code=code) for code in ("1074", "1610")}
    noodles = make_establishment(
        commune,
        "Cơ sở miến dong Hồng Ngự",
        "CB-00001",
        industry=industry["1074"],
        workers=5,
        owner_name="Nông Thị Đào",
        tax_code="0100109106",
        products="Miến dong, bột dong",
        phone="0912345678",
    )
    wood = make_establishment(
        other_commune,
        "Hợp tác xã Mộc Thục Phán",
        "CB-00002",
        legal_form="cooperative",
        industry=industry["1610"],
        workers=20,
        status="paused",
    )
    tea = make_establishment(commune, "Chè Kolia", "CB-00003", legal_form="enterprise")
    make_result(noodles, 2022, revenue=100)
    make_result(noodles, 2023, revenue=None, workers=5)
    make_result(wood, 2023, revenue=900)
    make_project(noodles, code="DA-1", year=2019)
    make_project(noodles, wood, code="DA-2", year=2021)
    make_project(tea, code="DA-3", year=None)
    return {"noodles": noodles, "wood": wood, "tea": tea}


def codes(user, **filters):
    return [one.code[-1] for one in registry_list(user).found(filters)]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("", "312"),
        ("mien dong", "1"),
        ("MIẾN DONG", "1"),
        ("dong mien", "1"),
        ("đào", "1"),
        ("dao nong", "1"),
        ("0100109106", "1"),
        ("bot dong", "1"),
        ("CB-00002", "2"),
        ("che kolia", "3"),
        ("hong ngu moc", ""),
        ("%", ""),
        ("???", ""),
        ("mien " * 1200, "1"),
        ("Ðào", "1"),
        ("'; DROP TABLE", ""),
    ],
)
def test_search_ignores_marks_case_and_order(officer, three, q, found):
    assert "".join(codes(officer, q=q)) == found


def test_each_filter_narrows(officer, three, commune):
    def found(**filters):
        return "".join(codes(officer, **filters))

    assert found(commune=commune.code) == "31"
    assert found(industry="10") == "1"
    assert found(industry="16") == "2"
    assert found(form="enterprise") == "3"
    assert found(status="paused") == "2"
    assert found(supported="yes") == "12"
    assert found(supported="no") == "3", "a project not yet accepted supports nobody yet"
    assert found(missing="2022") == "32"
    assert found(missing="2023") == "3"
    assert found(commune=commune.code, supported="yes", q="mien") == "1"


def test_a_former_district_is_a_filter_of_todays_communes(officer, three):
    districts = {unit.name: unit for unit in former_districts("04")}
    found = codes(officer, district=str(districts["Huyện Trùng Khánh"].pk))
    assert found == ["3", "1"]
    assert codes(officer, district=str(districts["Thành phố Cao Bằng"].pk)) == ["2"]
    assert codes(officer, district="999999999") == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", "312"),
        ("-name", "213"),
        ("commune", "231"),
        ("-commune", "312"),
        ("industry", "123"),
        ("-industry", "213"),
        ("form", "231"),
        ("-form", "132"),
        ("workers", "123"),
        ("-workers", "213"),
        ("revenue", "123"),
        ("-revenue", "213"),
        ("supported", "123"),
        ("-supported", "213"),
        ("nonsense", "312"),
        ("-", "312"),
    ],
)
def test_each_column_sorts_both_ways_and_the_unknown_stand_last(officer, three, sort, expected):
    assert "".join(codes(officer, sort=sort)) == expected


def test_the_latest_known_revenue_and_the_first_support_are_told(officer, three):
    found = {one.code: one for one in registry_list(officer).found({})}
    noodles, tea = found["CB-00001"], found["CB-00003"]
    assert (noodles.latest_revenue, noodles.latest_year, noodles.first_supported) == (100, 2022, 2019)
    assert (tea.latest_revenue, tea.latest_year, tea.first_supported) == (None, None, None)


@pytest.mark.parametrize(
    "params",
    [
        {"missing": "²"},
        {"missing": "9" * 30},
        {"commune": "x' OR 1=1"},
        {"district": "²"},
        {"industry": "%"},
        {"supported": "maybe"},
        {"sort": "-pk; DROP"},
        {"q": "\x00"},
        {"commune": "\x00"},
        {"page": "²"},
        {"after": "x"},
        {"before": "\x00"},
    ],
)
def test_an_address_typed_by_hand_never_breaks_the_list(officer_client, three, params):
    assert officer_client.get("/establishments/", params).status_code == 200
    assert officer_client.get("/establishments/download/", params).status_code == 200


def test_a_commune_officer_sees_the_own_commune_only(commune_officer, three):
    assert codes(commune_officer) == ["3", "1"]
    assert codes(commune_officer, q="moc") == []
    assert queries.get(commune_officer, three["noodles"].pk) == three["noodles"]
    with pytest.raises(PermissionDenied, match="Phường Thục Phán"):
        queries.get(commune_officer, three["wood"].pk)
    with pytest.raises(Http404):
        queries.get(commune_officer, 10**12)


def test_someone_without_a_role_sees_nothing(django_user_model, three):
    nobody = django_user_model.objects.create_user("nobody")
    assert codes(nobody) == []


def test_the_filters_offer_only_what_occurs_in_reach(officer, commune_officer, three):
    offered = {select.name: dict(select.choices) for select in registry_list(officer).show({}).selects}
    assert offered["commune"] == {"01273": "Phường Thục Phán", "01477": "Xã Trùng Khánh"}
    assert set(offered["industry"]) == {"10", "16"}
    mine = {select.name: dict(select.choices) for select in registry_list(commune_officer).show({}).selects}
    assert set(mine["commune"]) == {"01477"}
    assert set(mine["industry"]) == {"10"}


def test_the_filters_in_force_are_named(officer, three):
    asked = {"q": "mien", "commune": "01477", "supported": "yes", "missing": "2023"}
    assert [chip.text for chip in registry_list(officer).show(asked).chips] == [
        "Tìm: mien",
        "Xã Trùng Khánh",
        "Đã được hỗ trợ",
        "Chưa có kết quả năm 2023",
    ]


def test_possible_duplicates_are_the_same_tax_code_or_the_same_name_in_the_same_commune(officer, three, commune):
    def found(name="", where=None, tax_code="", but=None):
        return [one.code for one in queries.similar(officer, name, where, tax_code, but)]

    assert found("CO SO MIEN DONG HONG NGU", commune.pk) == ["CB-00001"]
    assert found("Cơ sở miến dong Hồng Ngự", three["wood"].commune_id) == []
    assert found("Tên khác", commune.pk, "0100109106") == ["CB-00001"]
    assert found("Cơ sở miến dong Hồng Ngự", commune.pk, but=three["noodles"].pk) == []
    assert found() == []


@pytest.mark.parametrize(("role", "sees"), [("officer", True), ("leader", True), ("analyst", False), ("viewer", False)])
def test_contacts_are_for_those_who_work_with_the_owner(person, province, three, role, sees):
    assert queries.sees_contact(person(role, province, "somebody"), three["noodles"]) is sees


def test_a_commune_officer_sees_contacts_of_the_own_commune_only(commune_officer, three):
    assert queries.sees_contact(commune_officer, three["noodles"])
    assert not queries.sees_contact(commune_officer, three["wood"])


def test_the_reach_of_another_province_is_another(person, three):
    other = Unit.objects.get(code="01", kind="province", valid_to=None)
    assert codes(person("officer", other)) == []
    with pytest.raises(PermissionDenied):
        queries.get(person("leader", other), three["noodles"].pk, Permission.REGISTRY_VIEW)
