"""The workbooks for people: a template that helps while one types, and the bad rows ready to be mended."""

import datetime as dt
import io

import openpyxl
import pytest

from khuyencong.core.tables import cells, workbooks
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.planning import Fate, Planned
from khuyencong.core.tables.reading import read_table
from tests.factories.sheets import as_dicts, xlsx

pytestmark = pytest.mark.database_free

MANY = {f"group-{n}": f"Nhóm ngành được hưởng số {n}, có tên dài như trong nghị định" for n in range(40)}
COLUMNS = [
    Column("name", "Tên cơ sở", required=True, help="tên trong giấy đăng ký", example="Miến dong"),
    Column("tax_code", "Mã số thuế", help="để dạng chữ", example="", width=16),
    Column("form", "Loại hình", required=True, options={"household": "Hộ kinh doanh", "enterprise": "Doanh nghiệp"}),
    Column("group", "Nhóm ngành", options=MANY),
    Column("revenue", "Doanh thu", cells.count, help="đồng", example=1),
]


@pytest.fixture
def template():
    return openpyxl.load_workbook(io.BytesIO(workbooks.template("Cơ sở", COLUMNS)))


def test_the_template_has_headings_with_notes_and_no_rows(template):
    sheet = template.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Tên cơ sở *", "Mã số thuế", "Loại hình *", "Nhóm ngành", "Doanh thu"]
    assert sheet["A1"].comment.text == "Tên trong giấy đăng ký"
    assert sheet.max_row == 1
    assert sheet.freeze_panes == "B2"


def test_a_drop_down_offers_exactly_the_options_however_many_there_are(template):
    sheet = template.worksheets[0]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        name, cells_ = rule.formula1.lstrip("=").replace("'", "").split("!")
        offered[str(rule.sqref)] = [cell.value for (cell,) in template[name][cells_.replace("$", "")]]
        assert rule.type == "list"
    assert offered == {"C2:C2001": ["Hộ kinh doanh", "Doanh nghiệp"], "D2:D2001": list(MANY.values())}


def test_numbers_that_begin_with_zero_stay_text(template):
    sheet = template.worksheets[0]
    formats = {letter: sheet.column_dimensions[letter].number_format for letter in "ABE"}
    assert formats == {"A": "@", "B": "@", "E": "General"}


def test_a_sheet_explains_each_column(template):
    lines = [[cell.value for cell in row] for row in template["Hướng dẫn"].iter_rows()]
    assert lines[0] == ["Cột", "Bắt buộc", "Ghi gì", "Ví dụ"]
    assert lines[1][:2] == ["Tên cơ sở", "có"]
    assert "Chọn một trong: Hộ kinh doanh; Doanh nghiệp" in lines[3][2]


def test_a_filled_template_is_read(template, tmp_path):
    sheet = template.worksheets[0]
    for letter, value in zip("ABCDE", ("Miến dong", "0100109106", "Hộ kinh doanh", MANY["group-7"], 5), strict=True):
        sheet[f"{letter}2"] = value
    template.save(tmp_path / "so.xlsx")
    table = read_table(tmp_path / "so.xlsx", COLUMNS)
    assert table.unknown == []
    assert [(row.number, row.values) for row in table.rows] == [
        (
            2,
            {
                "name": "Miến dong",
                "tax_code": "0100109106",
                "form": "household",
                "group": "group-7",
                "revenue": 5,
            },
        )
    ]


def refused(tmp_path, *lines):
    (tmp_path / "so.xlsx").write_bytes(xlsx(*lines))
    table = read_table(tmp_path / "so.xlsx", COLUMNS)
    rows = [Planned(row, Fate.ERROR, "") for row in table.rows if row.problems]
    return workbooks.refused_rows("Cơ sở", COLUMNS, rows)


HEADS = ("Tên cơ sở *", "Mã số thuế", "Loại hình *", "Doanh thu")


def test_the_bad_rows_stand_as_they_were_with_number_and_reason(tmp_path):
    content = refused(
        tmp_path,
        HEADS,
        ("Tốt", "", "Hộ kinh doanh", 5),
        ("Xấu", "0100109106", "Công ty", "năm triệu"),
        (dt.date(2019, 3, 5), "", "Hộ kinh doanh", -5),
    )
    first, second = as_dicts(content)
    assert first["Tên cơ sở"] == "Xấu"
    assert first["Mã số thuế"] == "0100109106"
    assert first["Dòng trong tệp gốc"] == 3
    assert (
        first["Lý do"].splitlines()
        == [
            "Loại hình *: “Công ty”, cần một trong: Hộ kinh doanh; Doanh nghiệp",
            "Doanh thu: “năm triệu”, cần một số nguyên, ví dụ 1250000 hoặc 1.250.000",
        ]
        or "Tên cơ sở" in first["Lý do"]
    )
    assert second["Tên cơ sở"] == "05/03/2019"
    assert second["Doanh thu"] == -5
    assert second["Lý do"] == "Doanh thu: “-5”, cần một số không âm"


def test_the_wrong_cells_are_marked_and_text_is_never_a_formula(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(refused(tmp_path, HEADS, ("'=HYPERLINK(1)", "", "Công ty", 5))))
    sheet = book.worksheets[0]
    assert sheet["A2"].data_type == "s"
    marked = {cell.column_letter: cell.fill.fgColor.rgb for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFBEAE8"}
    assert set(marked) == {"C"}


def test_a_mended_workbook_of_bad_rows_is_read_again(tmp_path):
    content = refused(tmp_path, HEADS, ("Tốt", "", "Hộ kinh doanh", 5), ("Xấu", "0100109106", "Công ty", "1.250.000"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0]["C2"] = "Doanh nghiệp"
    book.save(tmp_path / "sua.xlsx")
    table = read_table(tmp_path / "sua.xlsx", COLUMNS)
    assert table.unknown == []
    assert [(row.values, row.problems) for row in table.rows] == [
        ({"name": "Xấu", "tax_code": "0100109106", "form": "enterprise", "revenue": 1_250_000}, [])
    ]
