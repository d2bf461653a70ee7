"""Workbooks whose sheets are records of bytes: failed formulas are the errors of their cells, as in xlsx and ods."""

import pytest

from khuyencong.core.files import sheets
from khuyencong.core.files.kinds import BINARY_EXCEL, look
from tests.factories.binary_sheets import xlsb
from tests.imports.test_case_files import FOLDER

pytestmark = pytest.mark.database_free


def test_failed_formulas_of_an_xlsb_file(tmp_path):
    content = xlsb(("Tên", "Vốn", "Lao động"), ("A", b"\x07=", b"\x2a"), (b"\x17", 8, 9), title="Số liệu")
    seen = look(content)
    assert (seen.kind, seen.danger) == (BINARY_EXCEL, None), "its type says macros even when it has none"
    (tmp_path / "sổ").write_bytes(content)
    (read,) = sheets.read(tmp_path / "sổ")
    assert (read.title, read.lines[1:]) == ("Số liệu", [("A", "#DIV/0!", "#N/A"), ("#REF!", 8, 9)])


def test_failed_formulas_of_an_xls_file():
    old, new = (sheets.read(FOLDER / name)[0] for name in ("o08-formula-errors.xls", "e19-formula-errors.xlsx"))
    assert old.lines == new.lines
