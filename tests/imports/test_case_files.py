"""Files as people sent them (tests/cases/tables), each with what is read from it or what is said.

One line for each file. ``Read``: the names in the order of the rows, the problems (row, column, value), words of the
notes, the sheets that were left. A text: the sentence with which the file is refused.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from khuyencong.core.tables.columns import in_every_language
from khuyencong.core.tables.reading import TableError, read_table
from khuyencong.imports.actions import IMPORTERS
from tests.imports.test_files_people_send import ASKED, NOTED, READ, WRONG

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[1] / "cases" / "tables"


@dataclass(frozen=True)
class Read:
    """What comes out of a file."""

    names: list[str]
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def tried(*numbers):
    return [f"Cơ sở thử nghiệm {number}" for number in numbers]


# How the file was made: its kind, its size, its sheets, its failed cells.
FILES = {
    "e00-base.xlsx": Read(tried(0, 1, 2)),
    "e15-hidden-row.xlsx": Read(tried(0, 1, 2), notes=["Đã đọc cả 1 dòng bị ẩn: dòng 3."]),
    "e17-sheet-per-district.xlsx": Read(
        [f"Cơ sở {district} {n}" for district in ("Trùng Khánh", "Hòa An", "Hạ Lang") for n in (0, 1)]
    ),
    "e19-formula-errors.xlsx": Read(
        tried(0, 1, 2),
        [(2, "Lao động", "#N/A"), (3, "Vốn đăng ký", "#DIV/0!"), (5, "Tên cơ sở", "#N/A")],
    ),
    "o01-formulas-without-value.xlsx": Read(
        ["Cơ sở A"], [(2, "Lao động", "=2+3")], ["Không đọc trang tính bị ẩn: “Năm trước”."], ["Ghi chú"]
    ),
    "o02-formula-errors.ods": Read(
        tried(0, 1, 2),
        [(2, "Lao động", "#N/A"), (3, "Vốn đăng ký", "#DIV/0!"), (5, "Tên cơ sở", "#N/A")],
    ),
    "o08-formula-errors.xls": Read(
        tried(0, 1, 2),
        [(2, "Lao động", "#N/A"), (3, "Vốn đăng ký", "#DIV/0!"), (5, "Tên cơ sở", "#N/A")],
    ),
    "o03-only-sheet-hidden.xlsx": "Bảng số liệu nằm ở trang tính bị ẩn: “Số liệu”.",
    "c07-pipe.csv": Read(tried(0, 1)),
    "unbalanced_quote.csv": 'dòng 3: có dấu nháy kép (") mở mà không đóng',
    "o04-two-stray-quotes.csv": 'dòng 2: có dấu nháy kép (") mở mà không đóng',
    "o05-cell-of-two-lines.csv": Read(["Cơ sở A", "Cơ sở B"], notes=["Tệp có 1 dòng chữ nằm trong ô nhiều dòng"]),
    "m02-space-in-last-row.xlsx": Read(tried(0, 1, 2)),
    "m03-space-in-last-cell.xlsx": "trang tính “DS”: có ô ghi rất xa bảng số liệu (XFD1048576)",
    "x02-html-as-xls.xls": Read(tried(0, 1)),
    "x04-xlsx-named-xls.xls": Read(tried(0, 1, 2)),
    "x07.xlsm": Read(tried(0, 1, 2)),
    "x08-csv-named-xlsx.xlsx": Read(tried(0, 1)),
    "x09-unicode-text.txt": Read(tried(0, 1)),
    "x10-password.xlsx": "có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu",
    "o06-xml-2003.xls": Read(["Cơ sở A"], [(4, "Lao động", "#N/A")]),
    "o07-word-named-xlsx.xlsx": "thật ra là tệp Word (.docx), không phải bảng tính",
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_read_from_a_file_or_said_of_it(name):
    wanted, columns = FILES[name], in_every_language(IMPORTERS["establishments"].columns)
    if isinstance(wanted, str):
        with pytest.raises(TableError) as refused:
            read_table(FOLDER / name, columns)
        assert wanted in str(refused.value)
        return
    table = read_table(FOLDER / name, columns)
    assert [row.values["name"] for row in table.rows if "name" in row.values] == wanted.names
    assert [(one.row, one.column, one.value) for row in table.rows for one in row.problems] == wanted.problems
    assert len(table.notes) == len(wanted.notes)
    assert all(told in note for told, note in zip(wanted.notes, table.notes, strict=True))
    assert [one.title for one in table.choices if not one.read] == wanted.left


def test_every_file_has_its_line():
    """What is in a file, its units, headings, letters and codes, has its line in test_files_people_send.py."""
    contents = READ | WRONG | ASKED | NOTED
    contents |= dict.fromkeys(("p00-base.xlsx", "r00-base.xlsx"))  # what those are made from
    assert {path.name for path in FOLDER.iterdir()} == set(FILES | contents)
