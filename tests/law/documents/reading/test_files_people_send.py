"""Files of law as offices write them (tests/cases/law, all invented): what is read of head and structure."""

import io
from pathlib import Path

import pytest
from docx import Document

from khuyencong.law.documents.reading import files, heads, structure

pytestmark = pytest.mark.database_free

CASES = Path(__file__).parents[3] / "cases" / "law"
TITLE = "Ban hành Quy định mức chi khuyến công trên địa bàn tỉnh Cao Bằng"
PLAIN = "1 Phạm vi điều chỉnh/k1/k2/a/b 2 Hiệu lực thi hành 3 Tổ chức thực hiện"

# File -> title, from when in force, articles with their names and what lies in them.
READ = {
    "L01-base.docx": (TITLE, "2025-04-01", PLAIN),
    "L01-base.pdf": (TITLE, "2025-04-01", PLAIN),
    "L02-article-own-line.docx": (TITLE, "2025-04-01", "1 Phạm vi điều chỉnh/k1/k2 2 Hiệu lực thi hành"),
    "L03-colon-dash.docx": (TITLE, "2025-03-15", "1 Phạm vi điều chỉnh/k1/k2/a/b 2 Hiệu lực 3 Thi hành"),
    "L05-auto-numbers.docx": (
        TITLE, "2025-04-01", "1 Phạm vi điều chỉnh/k1/k2/a/b/c/d/e 2 Hiệu lực thi hành/k1",
    ),
    "L07-table2cols.docx": (TITLE, "None", "1 Mức chi/k1/k2 2 Thi hành"),
    "L08-attached-appendix.docx": (TITLE, "2025-04-01", "1  2  3 "),
    "L11-consolidated.docx": (
        "Hợp nhất Nghị định về khuyến công", "2012-07-01",
        "1 Phạm vi/k1 2 Nguyên tắc/k1/k2/a 3 Mức chi 4 Hiệu lực",
    ),
    "L30-closer-to-word.docx": (
        "Ban hành Quy định nội dung, mức chi và việc quản lý, sử dụng kinh phí khuyến công trên địa bàn tỉnh Cao Bằng",
        "2025-04-01", "1 Phạm vi điều chỉnh/k1 2 Hiệu lực thi hành",
    ),
}  # fmt: skip


def read(content):
    found = files.extract(content)
    made = structure.read(found.lines)
    nodes = structure.flat(made.nodes)
    return heads.read(made.preamble, [node.text for node in nodes], made.closing), nodes, found


def outline(nodes):
    signs = {"article": " {} {}", "clause": "/k{}", "point": "/{}"}
    return "".join(signs[node.kind].format(node.label, node.heading) for node in nodes).removeprefix(" ")


def document(*lines):
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_every_file_is_read_as_it_is_meant():
    for name, (title, force, written) in READ.items():
        head, nodes, _found = read((CASES / name).read_bytes())
        assert (head.title, str(head.in_force_from), outline(nodes)) == (title, force, written), name
        assert head.issuer == "Ủy ban nhân dân tỉnh Cao Bằng", name


def test_amounts_in_a_table_of_two_columns_stay_together():
    _head, nodes, _found = read((CASES / "L07-table2cols.docx").read_bytes())
    assert "Máy móc | 300 triệu đồng" in nodes[1].text


OLD = {
    "TCVN3": ["§iÒu 1. Ph¹m vi ®iÒu chØnh", "1. QuyÕt ®Þnh nµy quy ®Þnh vÒ khuyÕn c«ng, h\u00ad¬ng ­íc."],
    "VNI": ["Ñieàu 1. Phaïm vi ñieàu chænh", "1. Quyeát ñònh naøy quy ñònh veà khuyeán coâng, höông öôùc."],
}


@pytest.mark.parametrize("code", OLD)
def test_text_in_an_old_code_is_converted_and_told(code):
    _head, nodes, found = read(saved(document(*OLD[code])))
    assert outline(nodes) == "1 Phạm vi điều chỉnh/k1"
    assert nodes[1].text == "Quyết định này quy định về khuyến công, hương ước."
    assert code in found.warnings[0]
    kept = files.extract(saved(document(*OLD[code])), keep_letters=True)
    assert (kept.lines[0], kept.warnings) == (OLD[code][0], ()), "somebody said that the letters are right"


def test_raised_figures_of_notes_go_and_those_of_measures_stay():
    made = document("Điều 1.")
    paragraph = made.paragraphs[0]
    for text, raised in (("2", True), (" Diện tích 100 m", False), ("2", True)):
        paragraph.add_run(text).font.superscript = raised
    assert files.extract(saved(made)).lines == ("Điều 1. Diện tích 100 m²",)


def test_notes_below_a_consolidated_text_are_no_part_of_its_last_article():
    text = ["Điều 1.[1] Phạm vi", "1.[2] Một.", "Điều 2. Hiệu lực[3]", "Quyết định này có hiệu lực từ 01/4/2025."]
    told = [f"[{number}] Điều này được sửa đổi theo Quyết định 5/2026/QĐ-UBND." for number in (1, 2, 3)]
    head, nodes, found = read(saved(document(*text, *told)))
    assert outline(nodes) == "1 Phạm vi/k1 2 Hiệu lực"
    assert (nodes[-1].text, str(head.in_force_from)) == (text[-1], "2025-04-01")
    assert structure.read(found.lines).closing == tuple(told)


def test_khoan_and_diem_in_words_begin_provisions():
    _head, nodes, _found = read(saved(document("Điều 1. Tên", "Khoản 1. Một.", "Khoản 2: Hai:", "Điểm a) A.")))
    assert outline(nodes) == "1 Tên/k1/k2/a"
