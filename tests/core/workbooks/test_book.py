"""Whatever is written, a workbook gives it back as what it was: text as text, nothing that runs, nothing lost."""

import ast
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import khuyencong
from khuyencong.core.workbooks import plain
from khuyencong.core.workbooks.book import Book, list_workbook
from khuyencong.core.workbooks.styles import PLAIN, Kind, SheetColumn, Style

pytestmark = pytest.mark.database_free

HOSTILE = [
    "=1+1", "+84 912", "-5", "@SUM(A1)", "\t=1", "\r=1", "'=1", "{=1}", "=cmd|' /C calc'!A0", "https://example.vn/?a=1",
    "mailto:a@example.vn", "internal:Sheet1!A1", "external:c:\\a.xlsx", "<b>&amp;</b>", "_x0041_", " hai đầu ", "1e5",
    "0100109106", "TRUE", "#REF!", "x" * 32_767, "Miến dong\nCao Bằng", "😀", "﷽", "&L&P",
]  # fmt: skip

anything = st.text(st.characters()) | st.sampled_from(HOSTILE) | st.text("=+-@\t\r\n\x00\x1f\ud800'\"", min_size=1)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content), rich_text=False)


def told(value):
    """A text as it may come back: what nobody can see is marked, line ends are of one kind."""
    return plain.text(value) or None


@given(st.lists(anything, min_size=1, max_size=8))
@example(HOSTILE)
@example(["x" * 40_000, "\x0b\x00", "😀" * 20_000])
def test_any_text_comes_back_as_the_same_text(texts):
    sheet = opened(list_workbook("Thử", [SheetColumn("Chữ", value=str)], texts)).active
    cells = [sheet.cell(row, 1) for row in range(2, len(texts) + 2)]
    assert [cell.value for cell in cells] == [told(text) for text in texts]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert all(cell.quotePrefix for cell in cells if (cell.value or "").startswith(tuple("=+-@\t")))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"), max_size=99))
def test_a_text_that_can_be_shown_is_not_touched(written):
    assert plain.text(written) == written


@given(anything)
@example("x" * 40_000)
@example("😀" * 16_384)
def test_what_is_cleaned_is_marked_and_fits_in_a_cell(written):
    clean = plain.text(written)
    assert len(clean.encode("utf-16-le")) <= 2 * plain.MOST
    assert plain.text(clean) == clean
    if len(written) > plain.MOST:
        assert clean.endswith("…")


@given(st.lists(anything, min_size=1, max_size=4))
@example(["Cơ sở", "cơ sở", "History", "", "'", "a/b", "Hướng dẫn" * 9, "Hướng dẫn" * 9])
def test_any_title_names_a_sheet(titles):
    book = Book()
    sheets = [book.sheet(title) for title in titles]
    for sheet in sheets:
        sheet.row(["x"])
    assert opened(book.content()).sheetnames == [sheet.name for sheet in sheets]
    assert len({sheet.name.lower() for sheet in sheets}) == len(titles)


def cell_of(value, kind=Kind.TEXT):
    book = Book()
    book.sheet("x").row([value], Style(kind=kind))
    return opened(book.content()).active["A1"]


@pytest.mark.parametrize(
    ("value", "kind", "read", "form"),
    [
        (1_250_000, Kind.MONEY, 1_250_000, "#,##0"),
        (Decimal("12.5"), Kind.SHARE, 12.5, "0.0"),
        (2026, Kind.PLAIN_NUMBER, 2026, "0"),
        (dt.date(2026, 2, 3), Kind.DAY, dt.datetime(2026, 2, 3), "dd/mm/yyyy"),  # noqa: DTZ001 - a sheet has no zones
        (dt.date(2026, 2, 3), Kind.TEXT, dt.datetime(2026, 2, 3), "dd/mm/yyyy"),  # noqa: DTZ001 - a sheet has no zones
        (dt.date(1802, 2, 3), Kind.DAY, "03/02/1802", "dd/mm/yyyy"),
        (True, Kind.TEXT, "True", "General"),
        (float("nan"), Kind.NUMBER, None, "#,##0"),
        (None, Kind.MONEY, None, "#,##0"),
    ],
)
def test_a_cell_is_written_by_what_it_is(value, kind, read, form):
    cell = cell_of(value, kind)
    assert (cell.value, cell.number_format) == (read, form)


COLUMNS = [
    SheetColumn("Tên", 30, value=lambda one: one[0]),
    SheetColumn("Tiền", 18, Kind.MONEY, lambda one: one[1]),
    SheetColumn("Ghi", 9),
]


def test_a_list_has_widths_head_filter_frozen_panes_and_print_set_up():
    sheet = opened(list_workbook("Thử", COLUMNS, [("a", 5), ("b", None), ("c", 7)], keep=1, sums=True)).active
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABC"] == [31, 19, 10]
    assert sheet["A1"].font.bold and sheet["A1"].border.top.style and sheet["A1"].alignment.wrap_text
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    footer = opened(list_workbook("Thử", COLUMNS, [])).active.oddFooter
    assert (footer.left.text, footer.right.text) == (None, "&P/&N")


def test_a_wide_list_lies_down():
    wide = [SheetColumn(f"Cột {n}", 20) for n in range(6)]
    assert opened(list_workbook("Thử", wide, [])).active.page_setup.orientation == "landscape"


def test_sums_are_formulas_that_also_tell_their_value():
    content = list_workbook("Thử", COLUMNS, [("a", 5), ("b", None), ("c", 7)], sums=True)
    assert opened(content).active["B5"].value == "=SUM(B2:B4)"
    assert openpyxl.load_workbook(io.BytesIO(content), data_only=True).active["B5"].value == 12
    assert opened(list_workbook("Thử", COLUMNS, [], sums=True)).active.max_row == 1


def test_what_finds_no_place_is_not_left_out_without_a_word():
    sheet = Book().sheet("x")
    sheet.at = 1_048_576
    with pytest.raises(ValueError, match="no place"):
        sheet.row(["x"], PLAIN)


def test_one_module_writes_workbooks():
    house = Path(khuyencong.__file__).parent
    found = [
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if "xlsxwriter" in {name.split(".")[0] for name in _imported(node)}
    ]
    assert set(found) == {"core/workbooks/book.py"}


def _imported(node):
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
