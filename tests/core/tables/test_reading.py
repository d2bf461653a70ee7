"""A file of people becomes rows that know where they came from, or the reason why it cannot."""

import unicodedata

import pytest

from khuyencong.core.tables import cells
from khuyencong.core.tables.columns import Column, in_every_language
from khuyencong.core.tables.reading import TableError, read_table
from tests.factories.sheets import csv_file, xlsx

pytestmark = pytest.mark.database_free

COLUMNS = [
    Column("name", "Tên cơ sở", required=True, help="tên trong giấy đăng ký"),
    Column("commune", "Xã, phường", required=True, aliases=("Xã",)),
    Column("form", "Loại hình", options={"household": "Hộ kinh doanh", "enterprise": "Doanh nghiệp"}),
    Column("revenue", "Doanh thu", cells.count, help="đồng"),
]
HEADS = ("Tên cơ sở", "Xã, phường", "Loại hình", "Doanh thu")
ROW = ("Miến dong Hồng Ngự", "Xã Trùng Khánh", "Hộ kinh doanh", "1.250.000")
VALUES = {
    "name": "Miến dong Hồng Ngự",
    "commune": "Xã Trùng Khánh",
    "form": "household",
    "revenue": 1_250_000,
}


@pytest.fixture
def read(tmp_path):
    def do(content, name="so.xlsx", sheet=None, columns=COLUMNS):
        (tmp_path / name).write_bytes(content)
        return read_table(tmp_path / name, columns, sheet=sheet)

    return do


def values(table):
    return [row.values for row in table.rows]


FILES = {
    "xlsx": (xlsx(HEADS, ROW), "so.xlsx"),
    "comma": (csv_file(HEADS, ROW), "so.csv"),
    "semicolon": (csv_file(HEADS, ROW, separator=";"), "so.csv"),
    "tab": (csv_file(HEADS, ROW, separator="\t"), "so.csv"),
    "byte order mark": (csv_file(HEADS, ROW, encoding="utf-8-sig"), "so.csv"),
    "semicolon with byte order mark": (csv_file(HEADS, ROW, separator=";", encoding="utf-8-sig"), "SO.CSV"),
    "utf-16": (csv_file(HEADS, ROW, separator="\t", encoding="utf-16"), "so.csv"),
    "a workbook named csv": (xlsx(HEADS, ROW), "so.csv"),
    "no ending": (csv_file(HEADS, ROW), "so"),
    "separator line of Excel": (b"sep=;\r\n" + csv_file(HEADS, ROW, separator=";"), "so.csv"),
}


@pytest.mark.parametrize("kind", FILES)
def test_the_same_rows_from_every_kind_of_file(read, kind):
    assert values(read(*FILES[kind])) == [VALUES]


def test_the_old_vietnamese_encoding_gives_letters_and_marks_in_one_piece(read):
    """Windows-1258 writes most tone marks as letters of their own; the text must still equal a typed one."""
    decomposed = []
    for line in (HEADS, ROW):
        decomposed.append([_apart(text) for text in line])
    content = csv_file(*decomposed, separator=";", encoding="cp1258")
    assert content != csv_file(HEADS, ROW, separator=";")
    assert values(read(content, "so.csv")) == [VALUES]


def _apart(text):
    """Tones apart from their letters, as Windows-1258 has them; horn and hat stay on."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in tones)
        out.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tone)
    return "".join(out)


def test_title_rows_empty_rows_and_columns_in_front_keep_their_numbers(read):
    table = read(
        xlsx(
            (),
            ("", "SỞ CÔNG THƯƠNG TỈNH CAO BẰNG"),
            ("", "DANH SÁCH CƠ SỞ, NĂM 2023"),
            (),
            ("", *HEADS),
            ("", *ROW),
            (),
            ("", "", "Xã Trùng Khánh", "", "x"),
        )
    )
    assert [row.number for row in table.rows] == [6, 8]
    assert [(p.sheet, p.row, p.column, p.value) for p in table.rows[1].problems] == [
        ("Trang 1", 8, "Tên cơ sở", ""),
        ("Trang 1", 8, "Doanh thu", "x"),
    ]


def test_groups_with_sums_are_no_rows_and_told(read):
    own = ("STT", *HEADS)
    groups = [("I", "Thành phố Cao Bằng", "", "", 3000), ("", "II. Huyện Hạ Lang", "", "", "2.000.000")]
    short = (2, "Cơ sở thiếu loại hình", "", "", 7)
    table = read(xlsx(own, groups[0], (1, *ROW), groups[1], (1, *ROW), short, ("", "Tổng cộng", "", "", 5000)))
    assert [row.number for row in table.rows] == [3, 5, 6]
    assert table.rows[2].problems, "a row that lacks something is no group"
    assert [note for note in table.notes if "dòng 2, 4." in note] == ["Không nhập các dòng nhóm: dòng 2, 4."]


def test_an_error_says_what_was_read_and_what_was_expected(read):
    table = read(xlsx(HEADS, ("", "Xã Trùng Khánh", "Công ty", "nhiều")))
    told = {problem.column: (problem.value, problem.message) for problem in table.rows[0].problems}
    assert told == {
        "Tên cơ sở": ("", "để trống; cần tên trong giấy đăng ký"),
        "Loại hình": ("Công ty", "cần một trong: Hộ kinh doanh; Doanh nghiệp"),
        "Doanh thu": ("nhiều", "cần một số nguyên, ví dụ 1250000 hoặc 1.250.000"),
    }


def test_headings_are_known_without_marks_with_star_unit_or_another_name(read):
    heads = ("TEN CO SO *", "Xã", "loại  hình", "Doanh thu (đồng)")
    assert values(read(xlsx(heads, ROW))) == [VALUES]


def test_order_and_unknown_columns_do_not_matter_and_are_told(read):
    table = read(xlsx((*reversed(HEADS), "Ghi chú của tôi", "Lý do"), (*reversed(ROW), "gì đó", "")))
    assert values(table) == [VALUES]
    assert table.unknown == ["Ghi chú của tôi"]


def test_a_heading_that_comes_twice_is_read_once_and_told(read):
    table = read(xlsx((*HEADS, "Doanh thu"), (*ROW, 5)))
    assert values(table) == [VALUES]
    assert table.unknown == ["Doanh thu"]


def test_missing_is_missing_and_never_zero(read):
    (row,) = read(xlsx(HEADS, ("Miến dong", "Xã Trùng Khánh", None, "  "))).rows
    assert row.values == {"name": "Miến dong", "commune": "Xã Trùng Khánh"}
    assert not row.problems
    (row,) = read(xlsx(HEADS, ("Miến dong", "Xã Trùng Khánh", None, 0))).rows
    assert row.values["revenue"] == 0


def test_every_visible_sheet_with_the_headings_is_read_or_those_named(read):
    other = ("Miến dong khác", *ROW[1:])
    book = xlsx(("Bìa",), title="Bìa", more=[("Số liệu", (HEADS, ROW)), ("Năm trước", (HEADS, other))])
    both = read(book)
    assert [(row.sheet, row.number, row.place) for row in both.rows] == [
        ("Số liệu", 2, "2 (trang “Số liệu”)"), ("Năm trước", 2, "2 (trang “Năm trước”)"),
    ]  # fmt: skip
    assert len({row.key for row in both.rows}) == 2
    assert [(one.title, one.rows, one.read) for one in both.choices] == [
        ("Bìa", 0, False), ("Số liệu", 1, True), ("Năm trước", 1, True),
    ]  # fmt: skip
    named = read(book, sheet="nam truoc")
    assert values(named)[0]["name"] == "Miến dong khác"
    assert [one.read for one in named.choices] == [False, False, True]
    with pytest.raises(TableError, match="không có trang tính “Khác”"):
        read(book, sheet="Khác")


REFUSED = {
    "no headings": (xlsx(("a", "b"), ("c", "d")), "so.xlsx", "Không tìm thấy dòng tiêu đề. Cần các cột: Tên cơ sở"),
    "a required column is missing": (xlsx(("Tên cơ sở", "Doanh thu"), ("A", 1)), "so.xlsx", "Thiếu cột bắt buộc: Xã, "),
    "no rows": (xlsx(HEADS, ("", "", "")), "so.xlsx", "không có dòng số liệu nào"),
    "an empty workbook": (xlsx(), "so.xlsx", "Không tìm thấy dòng tiêu đề|Không mở được"),
    "an empty csv file": (b"", "so.csv", "Không tìm thấy dòng tiêu đề"),
    "blank lines": (b"\n\n  \n", "so.csv", "Không tìm thấy dòng tiêu đề"),
    "one word": ("chữ".encode(), "so.csv", "Không tìm thấy dòng tiêu đề"),
    "a cut workbook": (xlsx(HEADS, ROW)[:400], "so.xlsx", "Không mở được tệp “so.xlsx”: tệp hỏng"),
    "a picture named workbook": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "so.xlsx", "thật ra là tệp PNG, không phải"),
    "a document": (b"%PDF-1.7", "so.pdf", "thật ra là tệp PDF, không phải bảng tính. Hãy dùng xlsx hoặc csv"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_words(read, reason):
    content, name, told = REFUSED[reason]
    with pytest.raises(TableError, match=told):
        read(content, name)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(TableError):
        read_table(tmp_path / "không-có.xlsx", COLUMNS)


def test_a_sheet_made_on_an_english_screen_is_read_on_a_vietnamese_one(read):
    from khuyencong.imports.actions import IMPORTERS

    columns = in_every_language(IMPORTERS["results"].columns)
    table = read(xlsx(("Register number", "Year", "Source"), ("CB-00001", 2023, "Survey")), columns=columns)
    assert values(table) == [{"code": "CB-00001", "year": 2023, "source": "survey"}]
