"""The page and its files: what is shown to whom, and that a plan of visits can be opened and printed."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


def opened(client, query=""):
    return load_workbook(io.BytesIO(client.get(f"/reports/next/visit-plan.xlsx{query}").content))


def rows(book):
    return list(book.worksheets[0].iter_rows(min_row=6, values_only=True))


def test_the_page_leads_to_the_entitlements_and_to_the_survey(officer_client, places, evaluated):
    evaluated()
    page = officer_client.get("/reports/next/").content.decode()
    best = places["best"].pk
    assert f'data-href="/establishments/{best}/eligibility/"' in page
    assert f"/establishments/{best}/survey/" in page
    assert "khoảng 60 triệu" in page and "từ 25 triệu đến 100 triệu" in page
    assert "Đã được hỗ trợ" not in page.split("<tbody>")[1]
    assert "Danh sách xã thuộc diện này chưa được nhập" in page


def test_a_missing_fact_leads_to_the_field_of_the_card(officer_client, places):
    page = officer_client.get("/reports/next/?show=lacking").content.decode()
    assert f"/establishments/{places['lacking'].pk}/edit/#id_eligible_group" in page


def test_the_number_of_an_owner_is_not_searched_nor_shown(officer_client, places):
    page = officer_client.get("/reports/next/").content.decode()
    assert "0206 000 001" not in page
    found = officer_client.get("/reports/next/", {"q": "0206"}).content.decode()
    assert "Không có cơ sở nào khớp" in found


def test_an_empty_registry_says_what_would_be_here(officer_client):
    page = officer_client.get("/reports/next/").content.decode()
    assert "Chưa có cơ sở nào ở nhóm này" in page
    assert "visit-plan.xlsx" not in page
    assert len(rows(opened(officer_client))) == 1


def test_a_plan_of_visits_goes_hamlet_by_hamlet_and_has_room_to_write(officer_client, places, evaluated):
    evaluated()
    book = opened(officer_client, "?commune=01477")
    sheet = book.worksheets[0]
    head, *lines = rows(book)
    assert [line[0] for line in lines] == ["Miến dong Phia Đén\nMiến dong", "Hương Phia Thắp"]
    at = {name: place for place, name in enumerate(head)}
    assert "Xã, phường" not in at
    assert lines[0][at["Chủ cơ sở, điện thoại"]] == "Nông Văn Thử, 0206 000 001"
    assert lines[0][at["Doanh thu gần nhất (đồng)"]] == 500_000_000
    assert lines[0][at["Doanh thu có thể thêm một năm"]] == "khoảng 60 triệu, từ 25 triệu đến 100 triệu"
    assert lines[0][at["Ngày đi"]] is lines[0][at["Người đi"]] is lines[0][at["Kết quả"]] is None
    assert [sheet.cell(row, 1).value for row in (1, 2)] == ["Kế hoạch đi cơ sở", "Xã Trùng Khánh, tỉnh Cao Bằng"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.cell(7, at["Doanh thu gần nhất (đồng)"] + 1).number_format == "#,##0"
    basis = "\n".join(str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row if cell)
    assert "Điều 1 Nghị định 235/2025/NĐ-CP" in basis and "Nếu tác dụng như đã đo" in basis


def test_several_communes_are_told_apart(officer_client, places):
    head, *lines = rows(opened(officer_client))
    where = head.index("Xã, phường")
    assert [line[where] for line in lines] == ["Phường Thục Phán", "Xã Trùng Khánh", "Xã Trùng Khánh"]


def test_contacts_are_for_those_who_work_with_owners(person, province, places):
    for role, sees in (("analyst", False), ("viewer", False), ("leader", True)):
        client = Client()
        client.force_login(person(role, province))
        assert ("Chủ cơ sở, điện thoại" in rows(opened(client))[0]) is sees
        assert ("0206 000 001" in client.get("/reports/next/list.csv").content.decode()) is sees


def test_plain_rows_are_no_formulas_and_tell_the_interval(officer_client, places, evaluated):
    evaluated()
    places["poor"].name = '=HYPERLINK("x")'
    places["poor"].save()
    content = officer_client.get("/reports/next/list.csv").content.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(content))
    assert len(lines) == 3
    assert lines[-1][head.index("Cơ sở")].startswith("'=")
    at = head.index("Doanh thu gần nhất (đồng)")
    assert lines[0][at : at + 6] == ["500000000", "2022", "65", "60000000", "25000000", "100000000"]
