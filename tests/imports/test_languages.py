"""A workbook made on a screen of one language is read on a screen of another."""

import openpyxl
import pytest
from django.utils import translation

from khuyencong.core.tables import workbooks
from khuyencong.core.tables.columns import in_every_language
from khuyencong.core.tables.reading import read_table
from khuyencong.core.text import fold
from khuyencong.establishments.models import Industry
from khuyencong.imports.actions import IMPORTERS, plan_file

pytestmark = pytest.mark.django_db

BOTH_WAYS = [("vi", "en"), ("en", "vi")]


def filled_in(kind, language, path):
    """The template of a language with its own examples as the first row."""
    importer = IMPORTERS[kind]
    with translation.override(language):
        columns = importer.columns()
        path.write_bytes(workbooks.template(str(importer.title), columns))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append([column.example for column in columns])
    book.save(path)
    return path


@pytest.mark.parametrize(("made_in", "read_in"), BOTH_WAYS)
@pytest.mark.parametrize("kind", IMPORTERS)
def test_headings_and_choices_of_the_other_language(kind, made_in, read_in, tmp_path):
    path = filled_in(kind, made_in, tmp_path / "mau.xlsx")
    with translation.override(read_in):
        columns = in_every_language(IMPORTERS[kind].columns)
        table = read_table(path, columns)
    assert not table.unknown
    assert set(table.labels) == {column.key for column in columns}
    [row] = table.rows
    assert not row.problems
    for column in columns:
        if column.options:
            assert row.values[column.key] in column.options


@pytest.mark.parametrize(("made_in", "read_in"), BOTH_WAYS)
def test_the_name_of_an_industry_in_the_other_language(made_in, read_in, tmp_path):
    industry = Industry.objects.get(code="1076")
    path = filled_in("establishments", made_in, tmp_path / "mau.xlsx")
    book = openpyxl.load_workbook(path)
    with translation.override(made_in):
        labels = [column.key for column in IMPORTERS["establishments"].columns()]
        book.worksheets[0].cell(2, labels.index("industry") + 1, translation.gettext(industry.name))
    book.worksheets[0].cell(2, labels.index("code") + 1, None)
    book.save(path)
    with translation.override(read_in):
        [planned] = plan_file("establishments", path, None).rows
    assert not planned.problems
    assert planned.values["industry_id"] == industry.pk


@pytest.mark.parametrize("kind", IMPORTERS)
def test_a_heading_names_one_column_in_every_language(kind):
    named = {}
    for column in in_every_language(IMPORTERS[kind].columns):
        for name in (column.key, column.label, *column.aliases):
            assert named.setdefault(fold(name), column.key) == column.key, name


@pytest.mark.parametrize("kind", IMPORTERS)
def test_a_wrong_value_is_told_in_the_language_of_the_screen(kind, tmp_path):
    path = filled_in(kind, "vi", tmp_path / "mau.xlsx")
    columns = IMPORTERS[kind].columns()
    chosen = next(column for column in columns if column.options)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(2, columns.index(chosen) + 1, "???")
    book.save(path)
    with translation.override("en"):
        [row] = read_table(path, in_every_language(IMPORTERS[kind].columns)).rows
    assert [problem.key for problem in row.problems] == [chosen.key]
    assert row.problems[0].message.startswith(("expected one of: ", "expected a value from the list"))
