"""The text of real files: Word documents in all the ways officers write them, PDF files of several pages."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from khuyencong.core.files.opening import MOST_UNPACKED
from khuyencong.law.documents.reading import files, pages
from khuyencong.law.documents.reading import text as reading_text
from khuyencong.law.documents.reading.letters import clean, in_unicode
from khuyencong.law.documents.reading.structure import flat, read

pytestmark = pytest.mark.database_free


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines(document):
    return list(files.extract(saved(document)).lines)


def test_paragraphs_tables_and_breaks_in_reading_order():
    document = Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text, head.cell(1, 0).text = "CHÍNH PHỦ", "Số: 45/2012/NĐ-CP"
    head.cell(0, 1).text, head.cell(1, 1).text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 21 tháng 5 năm 2012",
    )
    document.add_paragraph("Điều 1.\u00a0Mức  chi")
    document.add_paragraph("1. Một\n2. Hai")
    table = document.add_table(rows=4, cols=3)
    for row, values in enumerate(
        [("STT", "Nội dung", "Mức"), ("1", "Máy móc", "50 %"), ("2", "Mô hình", "30 %"), ("3", "Khác", "")]
    ):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    document.add_paragraph("Nơi nhận:")
    assert lines(document) == [
        "CHÍNH PHỦ",
        "Số: 45/2012/NĐ-CP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 21 tháng 5 năm 2012",
        "Điều 1. Mức chi",
        "1. Một",
        "2. Hai",
        "STT | Nội dung | Mức",
        "1 | Máy móc | 50 %",
        "2 | Mô hình | 30 %",
        "3 | Khác |",
        "Nơi nhận:",
    ]  # fmt: skip


def test_merged_cells_are_read_once():
    document = Document()
    table = document.add_table(rows=4, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Tiêu đề"
    assert lines(document)[0] == "Tiêu đề"


NUMBERING = """<w:abstractNum %s w:abstractNumId="77">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%%3)"/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
  <w:lvl w:ilvl="4"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%%1.%%5"/></w:lvl>
</w:abstractNum>"""


def numbered(document, text, level):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="78"/></w:numPr>'))


def test_numbers_that_word_counts_are_written_out():
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING % nsdecls("w")))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in [
        ("Phạm vi", 0),
        ("Khoản", 1),
        ("Điểm", 2),
        ("Điểm", 2),
        ("Gạch", 3),
        ("Khoản", 1),
        ("Điểm", 2),
        ("Tên", 0),
        ("Khoản", 1),
        ("La Mã", 4),
    ]:
        numbered(document, text, level)
    found = lines(document)
    assert found == [
        "Điều 1. Phạm vi", "1. Khoản", "a) Điểm", "b) Điểm", "- Gạch", "2. Khoản", "a) Điểm", "Điều 2. Tên", "1. Khoản",
        "2.III La Mã",
    ]  # fmt: skip
    assert [one.path for one in flat(read(found).nodes)][:4] == ["d1", "d1.k1", "d1.k1.a", "d1.k1.b"]


def test_insertions_are_read_deletions_are_not_and_boxes_and_controls_are_not_lost():
    document = Document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Trong ô</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    paragraph = document.add_paragraph("Giữ ")
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>thêm</w:t></w:r></w:ins>'))
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>bỏ</w:delText></w:r></w:del>')
    )
    box = OxmlElement("w:txbxContent")
    box.append(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>Trong khung</w:t></w:r></w:p>"))
    run = document.add_paragraph("Có khung").add_run()
    pict = OxmlElement("w:pict")
    pict.append(box)
    run._r.append(pict)
    assert lines(document) == ["Trong ô", "Giữ thêm", "Có khung", "Trong khung"]
    assert body.find(qn("w:sdt")) is not None


def test_letters_have_one_spelling():
    assert clean("Ðiều 1. ho\u0300a\u00a0bình\u200b") == "Điều 1. hòa bình"
    document = Document()
    document.add_paragraph("Đie\u0302\u0300u 1. Te\u0302n")
    assert lines(document) == ["Điều 1. Tên"]


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def blank():
    return saved(Document())


BAD = {
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
    "rtf": (b"{\\rtf1 abc}", ".docx"),
    "a workbook": (zipped(xl__workbook_xml="<a/>"), "Excel"),
    "OpenDocument": (zipped(content_xml="<a/>"), "OpenDocument"),
    "another zip": (zipped(a_xml="<a/>"), "không có văn bản Word"),
    "a broken zip": (b"PK\x03\x04" + b"x" * 100, "hỏng"),
    "a broken docx": (zipped(word__document_xml="<w:document"), "hỏng"),
    "plain text": ("Điều 1. Tên".encode(), "không phải văn bản Word"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "không phải văn bản Word"),
    "nothing": (b"", "không phải văn bản Word"),
    "a broken pdf": (b"%PDF-1.7\n1 0 obj\n<<", "hỏng"),
    "a bomb": (zipped(word__document_xml="0" * (MOST_UNPACKED + 1)), "quá lớn"),
    "a document without text": (blank(), "không có chữ"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_told_with_advice(case):
    content, words = BAD[case]
    with pytest.raises(reading_text.Unreadable, match=words):
        files.extract(content)


@given(st.binary(max_size=300).map(lambda tail: b"%PDF-1.4\n" + tail))
def test_any_bytes_are_refused_in_words(content):
    with pytest.raises(reading_text.Unreadable):
        files.extract(content)


def pdf(*sheets, size=9):
    """A PDF with these pages of lines, letters and all."""
    out = io.BytesIO()
    with rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(out) as book:
        for sheet in sheets:
            figure = Figure(figsize=(8.3, 11.7))
            for number, line in enumerate(sheet):
                figure.text(0.08, 0.95 - number * 0.022, line, fontsize=size)
            book.savefig(figure)
    return out.getvalue()


FIRST = [
    "1 CÔNG BÁO/Số 385 + 386/Ngày 10-6-2012",
    "CHÍNH PHỦ",
    "Số: 45/2012/NĐ-CP",
    "NGHỊ ĐỊNH",
    "Về khuyến công",
    "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;",
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Nghị định này quy định chính sách khuyến khích phát triển công nghiệp nông thôn, gồm việc hỗ trợ",
    "tổ chức, cá nhân đầu tư sản xuất theo Nghị định số 134/2004/NĐ-CP và các văn bản hướng dẫn thi hành",
]
SECOND = [
    "2 CÔNG BÁO/Số 385 + 386/Ngày 10-6-2012",
    "hiện hành; mức hỗ trợ theo quy định của Bộ Tài chính.",
    "2. Khoản hai:",
    "a) Điểm a;",
    "đ) Điểm đ.",
    "Nơi nhận:",
    "- Như trên;",
]
THIRD = [
    "3 CÔNG BÁO/Số 385 + 386/Ngày 10-6-2012",
    "PHỤ LỤC",
    "Một bảng rất dài với nhiều chữ để trang này không trống.",
]


def test_pages_become_a_text_again():
    found = files.extract(pdf(FIRST, SECOND, THIRD))
    assert found.warnings == ()
    assert list(found.lines) == [
        *FIRST[1:9],
        f"{FIRST[9]} {FIRST[10]} {SECOND[1]}",
        *SECOND[2:],
        *THIRD[1:],
    ]
    assert [one.path for one in flat(read(found.lines).nodes)] == ["", "d1", "d1.k1", "d1.k2", "d1.k2.a"]


def test_a_scan_says_so_and_a_page_without_text_is_named():
    with pytest.raises(reading_text.Unreadable, match="bản quét"):
        files.extract(pdf([], []))
    found = files.extract(pdf(FIRST, [], SECOND))
    assert "Trang 2" in found.warnings[0]


@pytest.mark.child
def test_progress_is_told_page_by_page():
    told = []
    files.extract(pdf(FIRST, SECOND, THIRD), told.append)
    assert told == sorted(told)
    assert len(told) == 3


def test_old_code_is_not_seen_in_our_own_letters():
    assert in_unicode([*FIRST, *SECOND])[1] == ""


@given(
    st.lists(
        st.lists(
            st.sampled_from(["Điều 1. Tên", "Trang 1", "2", "- 3 -", "câu thường", "Câu dài hơn một chút;"]), max_size=9
        ),
        max_size=6,
    )
)
def test_only_what_stands_at_the_edge_of_most_pages_goes(sheets):
    kept = pages.without_repeats(sheets)
    assert len(kept) == len(sheets)
    for before, after in zip(sheets, kept, strict=True):
        start = next((i for i in range(len(before) + 1) if before[i : i + len(after)] == after), None)
        assert start is not None
        assert len(before) - len(after) <= 2 * pages.EDGE


@given(
    st.lists(
        st.sampled_from(["Điều 1. Tên", "1. Một câu dài dài dài,", "câu tiếp", "HOA", "a) Điểm;", "Hết."]), max_size=20
    )
)
def test_joining_keeps_every_word(sheet):
    assert " ".join(pages.joined(sheet)) == " ".join(sheet)
