"""The pages of official reports, and the papers that they hand out."""

import io

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from khuyencong.reports.official import actions
from khuyencong.reports.official.models import Report
from tests import office
from tests.factories import reports as making
from tests.factories.reports import drafted, records, signed

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def leader(person, province):
    return person("leader", province)


def text_of(answer):
    return answer.content.decode()


def test_begin_a_report_by_form(officer_client, province):
    told = {"unit": province.pk, "kind": making.kind().pk, "period_kind": "quarter", "number": 2, "year": 2024}
    answer = officer_client.post(reverse("official:add"), told)
    assert answer.status_code == 302
    assert Report.objects.get().period.window.last == 6


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": 5}, "cần số từ 1 đến 4"),
        ({"year": 1990}, "2012"),
        ({"period_kind": "week"}, "week"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(officer_client, province, change, told):
    given = {"unit": province.pk, "kind": making.kind().pk, "period_kind": "quarter", "number": 2, "year": 2024}
    answer = officer_client.post(reverse("official:add"), given | change)
    assert answer.status_code == 200
    assert told in text_of(answer)
    assert not Report.objects.exists()


def test_the_kind_must_be_of_the_unit(officer_client, province):
    given = {
        "unit": province.pk,
        "kind": making.kind("commune").pk,
        "period_kind": "quarter",
        "number": 2,
        "year": 2024,
    }
    assert officer_client.post(reverse("official:add"), given).status_code == 200
    assert not Report.objects.exists()


def test_a_report_shows_its_forms_and_leads_to_the_records(officer_client, officer, province, commune):
    _establishment, project, _result = records(commune)
    report = drafted(officer, province)
    page = text_of(officer_client.get(reverse("official:report", args=[report.pk])))
    address = reverse("official:cell", args=[report.pk, "overview", "5", 0])
    assert address in page
    cell = text_of(officer_client.get(address))
    assert project.title in cell
    assert "1 dòng hồ sơ" in cell


@pytest.mark.parametrize(
    ("form", "row", "column"),
    [("overview", "999", 0), ("overview", "0", 0), ("overview", "x", 0), ("by-place", "colour=red", 0),
     ("overview", "5", 9), ("no-such", "5", 0)],
)  # fmt: skip
def test_there_is_no_such_cell(officer_client, officer, province, form, row, column):
    report = drafted(officer, province)
    assert officer_client.get(reverse("official:cell", args=[report.pk, form, row, column])).status_code == 404


def test_every_number_on_the_page_opens(officer_client, officer, leader, province, commune):
    records(commune)
    report = signed(officer, leader, province)
    page = text_of(officer_client.get(reverse("official:report", args=[report.pk])))
    addresses = {part.split('"')[0] for part in page.split('href="')[1:] if f"/{report.pk}/" in part.split('"')[0]}
    cells = sorted(one for one in addresses if one.count("/") > 5)
    assert len(cells) > 40
    for address in cells[::9]:
        assert officer_client.get(address).status_code == 200, address


def test_signing_on_the_page(client, officer, leader, province):
    report = drafted(officer, province)
    actions.send(officer, report.pk)
    client.force_login(leader)
    assert "Báo cáo chờ bạn ký" in text_of(client.get(reverse("official:report", args=[report.pk])))
    client.post(reverse("official:sign", args=[report.pk]), {"number": ""})
    assert Report.objects.get().state == "sent"
    client.post(reverse("official:sign", args=[report.pk]), {"number": "7/BC-SCT"})
    assert Report.objects.get().state == "signed"


def test_a_change_after_signing_stands_on_the_page(client, officer, leader, province, commune):
    _establishment, _project, result = records(commune)
    report = signed(officer, leader, province)
    client.force_login(officer)
    assert "vẫn cho đúng số đã ký" in text_of(client.get(reverse("official:report", args=[report.pk])))
    result.workers = 8
    result.save()
    page = text_of(client.get(reverse("official:report", args=[report.pk])))
    assert "Lập báo cáo điều chỉnh" in page
    client.post(reverse("official:correct", args=[report.pk]))
    assert Report.objects.filter(version=2).exists()


def test_the_word_paper_holds_words_and_numbers(officer_client, officer, leader, province, commune):
    records(commune)
    report = signed(officer, leader, province)
    answer = officer_client.get(reverse("official:word", args=[report.pk]))
    document = Document(io.BytesIO(answer.content))
    words = "\n".join(one.text for one in document.paragraphs)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "Kết quả hoạt động khuyến công năm 2024" in words
    assert "Kính gửi: Ủy ban nhân dân tỉnh." in words
    assert report.sha256[:16] in words
    assert {"Số: 12/BC-SCT", "Đề án đã nghiệm thu", "Xã Trùng Khánh"} <= cells


def test_the_workbook_holds_numbers_as_numbers(officer_client, officer, leader, province, commune):
    records(commune)
    report = signed(officer, leader, province)
    answer = officer_client.get(reverse("official:excel", args=[report.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 7
    found = {row[0]: row[2] for row in book.worksheets[0].iter_rows(min_row=6, values_only=True)}
    assert found["Kinh phí đã nghiệm thu"] == 100_000_000


@pytest.mark.parametrize(("name", "kind"), [("word", "docx"), ("excel", "xlsx")])
def test_libreoffice_opens_it(officer_client, officer, leader, province, commune, tmp_path, name, kind):
    if not office.opens(kind):
        pytest.skip("LibreOffice is not on this machine")
    records(commune)
    report = signed(officer, leader, province)
    answer = officer_client.get(reverse(f"official:{name}", args=[report.pk]))
    assert office.as_pdf(answer.content, kind, tmp_path).read_bytes().startswith(b"%PDF")
