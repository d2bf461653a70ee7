"""The form of official papers (decree 30/2020/NĐ-CP, annex I), and that there is one builder of it."""

import ast
import io
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt

import khuyencong
from khuyencong.core.word.page import LETTER, REPORT
from khuyencong.core.word.paper import Paper

pytestmark = pytest.mark.database_free


def made(form=REPORT):
    paper = Paper(form)
    paper.head("ỦY BAN NHÂN DÂN TỈNH", "SỞ CÔNG THƯƠNG", "Số: 12/BC-SCT", "Cao Bằng, ngày 03 tháng 02 năm 2026")
    paper.title("BÁO CÁO", "Kết quả hoạt động khuyến công")
    paper.section("I. Tình hình")
    paper.para("Không có.")
    paper.table(["TT", "Tiền"], [[1, "5\n6"], ["", "11"]], (20, 145), numbers_from=1, strong=[False, True])
    paper.sign("GIÁM ĐỐC", "Nơi nhận:", ["- Như trên;", "- Lưu: VT."], "Nông Thị A")
    paper.turn()
    paper.para("Biểu 01")
    return Document(io.BytesIO(paper.content()))


@pytest.mark.parametrize(("form", "size"), [(REPORT, 13), (LETTER, 14)])
def test_page_margins_and_type(form, size):
    document = made(form)
    page, turned = document.sections
    assert [round(side.mm) for side in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in margins] == [20, 20, 30, 15]
    assert (turned.orientation, round(turned.page_width.mm)) == (WD_ORIENT.LANDSCAPE, 297)
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size) == ("Times New Roman", Pt(size))


def lines(cell):
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


def test_head_title_and_signature():
    document = made()
    head, _table, sign = document.tables
    assert lines(head.cell(0, 0)) == ["ỦY BAN NHÂN DÂN TỈNH", "SỞ CÔNG THƯƠNG"]
    assert lines(head.cell(0, 1)) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert lines(head.cell(1, 0)) == ["Số: 12/BC-SCT"]
    assert lines(head.cell(1, 1)) == ["Cao Bằng, ngày 03 tháng 02 năm 2026"]
    assert [p.text for p in document.paragraphs if p.text][:2] == ["BÁO CÁO", "Kết quả hoạt động khuyến công"]
    assert lines(sign.cell(0, 0)) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert lines(sign.cell(0, 1)) == ["GIÁM ĐỐC", "Nông Thị A"]
    assert "w:cantSplit" in sign._tbl.xml


def test_a_table_repeats_its_head_and_sets_numbers_to_the_right():
    table = made().tables[1]
    assert "w:tblHeader" in table.rows[0]._tr.xml and "w:tblHeader" not in table.rows[1]._tr.xml
    assert lines(table.cell(1, 1)) == ["5", "6"]
    assert [cell.paragraphs[0].alignment for cell in table.columns[1].cells] == [None, 2, 2]
    assert [row.cells[0].paragraphs[0].runs[0].bold for row in table.rows] == [True, False, True]


def test_one_place_builds_papers():
    house = Path(khuyencong.__file__).parent
    found = set()
    for path in house.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "docx":
                found.add(path.relative_to(house).as_posix())
    reading = {path for path in found if "/importing/" in path or "/reading/" in path}
    letters = {"projects/letters/paper.py"}  # adds fields and loops, in points of its own
    assert found - reading - letters == {
        "core/word/page.py",
        "core/word/paper.py",
        "core/word/pieces.py",
    }
