"""One panel, written in many ways, gives one answer; rows have the numbers a person sees."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from khuyencong.impact import problem_words, reading
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.source import data_of
from tests.factories.panels import HEAD, ask, invented, rows_of, write

pytestmark = pytest.mark.database_free


def _figures(source, **question):
    answer = ask(source, permutations=19, **question)
    return answer.overall, answer.event_study, answer.pre_trend, answer.units


@pytest.fixture
def answer(tmp_path):
    """What the sound small panel says."""
    return _figures(write(rows_of(), tmp_path / "thước.parquet"))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_every_format(kind, answer, tmp_path):
    assert _figures(write(rows_of(), tmp_path / f"bảng.{kind}")) == answer


WRITTEN = {
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "Excel's Unicode text": lambda text: text.replace(",", "\t").encode("utf-16"),
    "lines as on Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "spaces around": lambda text: (
        text.replace(",", " , ").replace("unit , year , y , first", "unit,year,y,first").encode()
    ),
    "quoted": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.split()
    ).encode(),
    "blank lines": lambda text: text.replace("\n", "\n\n").encode(),
    "rows of commas at the end": lambda text: (text + ",,,\n" * 3).encode(),
    "no line end at the end": lambda text: text.rstrip().encode(),
    "decimals": lambda text: text.replace(",2012\n", ",2012.0\n").encode(),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_csv_as_programs_write_it(way, answer, tmp_path):
    text = "".join(",".join(map(str, row)) + "\n" for row in rows_of())
    path = tmp_path / "bảng.csv"
    path.write_bytes(WRITTEN[way](text))
    assert _figures(path) == answer


@pytest.mark.parametrize("blank", ["", " ", "NA", "n/a", "NaN", "null", ".", "-"])
def test_missing_is_missing_however_it_is_written(blank, tmp_path):
    rows = rows_of()
    rows[7][2] = None
    known = _figures(write(rows, tmp_path / "thước.parquet"))
    rows[7][2] = blank
    assert _figures(write(rows, tmp_path / "bảng.csv")) == known


@pytest.mark.parametrize("never", [0, "", None, "inf", "NA"])
def test_never_supported_however_it_is_written(never, answer, tmp_path):
    rows = [[*row[:3], never if row[3] == 0 else row[3]] for row in rows_of()]
    assert _figures(write(rows, tmp_path / "bảng.csv")) == answer


def test_never_supported_as_infinity_in_parquet(answer, tmp_path):
    rows = [[*row[:3], float("inf") if row[3] == 0 else row[3]] for row in rows_of()]
    assert _figures(write(rows, tmp_path / "bảng.parquet")) == answer


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint16(), pa.float32(), pa.bool_(), pa.decimal128(5, 0)])
def test_a_flag_of_any_numeric_type(kind, answer):
    rows = rows_of()[1:]
    flag = [row[1] >= row[3] > 0 for row in rows]
    columns = dict(zip(HEAD[:3], zip(*(row[:3] for row in rows), strict=True), strict=True))
    table = pa.table({name: list(cells) for name, cells in columns.items()})
    flagged = table.append_column("flag", pa.array(flag).cast(pa.int8()).cast(kind))
    assert _figures(flagged, support_flag="flag") == answer


def test_true_and_false_cells_of_a_sheet(answer, tmp_path):
    rows = [[*HEAD[:3], "flag"], *([*row[:3], bool(row[1] >= row[3] > 0)] for row in rows_of()[1:])]
    assert _figures(write(rows, tmp_path / "bảng.xlsx"), support_flag="flag") == answer


def test_column_names_with_anything_in_them(answer, tmp_path):
    names = ['mã "cơ sở"', "năm", "time", "g; DROP TABLE raw"]
    path = write([names, *rows_of()[1:]], tmp_path / "bảng [1] *.csv")
    asked = {"unit": names[0], "time": names[1], "outcome": names[2], "first_support": names[3]}
    assert reading.read(path).columns == names
    assert _figures(path, **asked) == answer


def test_blank_rows_and_spare_columns_of_a_sheet(answer, tmp_path):
    rows = [[*row, "ghi chú" if not number else ""] for number, row in enumerate(rows_of())]
    rows[5:5] = [[None] * 5, [None] * 4 + [" "]]
    assert _figures(write([*rows, [None] * 5], tmp_path / "bảng.xlsx")) == answer


def _refused_at(path):
    with pytest.raises(PanelError) as caught:
        ask(path)
    return problem_words.sentence(caught.value)


def test_row_numbers_count_blank_lines_and_lines_within_cells(tmp_path):
    path = tmp_path / "bảng.csv"
    path.write_text('unit,year,y,first,note\n\n1,2010,3,0,"hai\ndòng"\n\n2,2010,ba,0,\n', "utf-8")
    assert _refused_at(path).startswith("Dòng 6: cột “y” ghi “ba”")


def test_row_numbers_of_a_sheet_count_blank_rows(tmp_path):
    rows = [HEAD, [1, 2010, 3, 0], [None] * 4, [2, 2010, "ba", 0]]
    assert _refused_at(write(rows, tmp_path / "bảng.xlsx")).startswith("Trang tính “Số liệu”, dòng 4: cột “y” ghi “ba”")


def test_the_row_number_of_a_long_file(tmp_path):
    path = tmp_path / "bảng.csv"
    lines = [f"{unit},{year},{unit % 7},0\n" for unit in range(60_000) for year in (2010, 2011)]
    lines[99_998] = lines[99_998].replace(",", ",x", 1)
    path.write_text("unit,year,y,first\n" + "".join(lines), "utf-8")
    assert _refused_at(path).startswith("Dòng 100000: cột “year” ghi “x2010”")


def test_two_columns_of_one_name_in_a_sheet_are_both_there(tmp_path):
    path = write([["unit", "year", "y", "y", ""], [1, 2010, 3, 4, 5]], tmp_path / "bảng.xlsx")
    assert reading.read(path).columns == ["unit", "year", "y (3)", "y (4)", "(5)"]


def test_units_are_shown_as_people_know_them():
    panel = invented(units=20, supported=4, cohorts=(2012,))
    panel = panel.set_column(0, "unit", panel["unit"].cast(pa.float64()))
    assert ask(panel).leave_one_out.unit in {"0", "1", "2", "3"}


def test_spaces_around_a_unit_do_not_make_two_of_it(answer, tmp_path):
    rows = [[f" {row[0]}" if row[1] == 2011 else row[0], *row[1:]] for row in rows_of()]
    assert _figures(write(rows, tmp_path / "bảng.csv")) == answer


def test_the_fingerprint_is_that_of_the_content(tmp_path):
    table = invented()
    pq.write_table(table, tmp_path / "một.parquet")
    (tmp_path / "hai.parquet").write_bytes((tmp_path / "một.parquet").read_bytes())
    assert reading.fingerprint(tmp_path / "một.parquet") == reading.fingerprint(tmp_path / "hai.parquet")
    assert data_of(table).fingerprint == data_of(invented()).fingerprint != data_of(invented(seed=1)).fingerprint
