"""Panels as people send them (tests/cases/panels, all invented): what is read, what is refused, what is said."""

import datetime as dt
import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest

from khuyencong.impact import reading, wording
from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.panel import Panel
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question
from tests.factories.sheets import csv_file, xlsx

pytestmark = pytest.mark.database_free

CASES = Path(__file__).parents[2] / "cases" / "panels"
SOUND = {0: 28, 2017: 6, 2018: 6}
YEARS = tuple(range(2015, 2021))
OTHER = {"unit": "firm", "time": "year", "outcome": "revenue", "first_support": "g"}
FLAG = {"first_support": None, "support_flag": "flag"}
TITLED = {"unit": "Mã cơ sở", "time": "Năm", "outcome": "Doanh thu", "first_support": "Năm hỗ trợ"}
IN_WORDS = {"unit": "Mã cơ sở", "time": "Năm", "outcome": "Doanh thu (triệu đồng)", "first_support": "Năm hỗ trợ"}

# File -> what the question says beside the usual, units by year of first support.
READ = {
    "00-sound.csv": ({}, SOUND),
    "01-enters-already-supported-flag.csv": (FLAG, {0: 22, 2017: 6, 2018: 12}),
    "02-flag-blank-before.csv": (FLAG, SOUND),
    "04a-never-minus1.csv": ({}, SOUND),
    "04d-supported-after-panel.csv": ({}, {0: 18, 2017: 6, 2018: 6, 2022: 10}),
    "04e-never-chua.csv": ({}, SOUND),
    "05-flag-switches-off.csv": (FLAG, SOUND),
    "06-controls-missing-in-base-year.csv": ({}, SOUND),
    "07-eight-units-without-any-outcome.csv": ({}, SOUND | {2017: 14}),
    "08-constant-outcome.csv": ({}, SOUND),
    "10-thousands-dot-TRUTH.csv": ({}, SOUND),
    "11-semicolon-decimal-comma.csv": ({}, SOUND),
    "12b-nfd-headings.csv": (IN_WORDS, SOUND),
    "14-duplicate-heading.csv": ({"outcome": "y (4)"}, SOUND),
    "15-title-rows.xlsx": (TITLED, SOUND),
    "16a-nam-2015.csv": ({}, SOUND),
    "17b-date-year.parquet": ({}, SOUND),
    "18-zeros-log.csv": ({}, SOUND),
    "18b-zeros-blanked.csv": ({"log": True}, SOUND),
    "30-pure-trend-3pct-no-effect.csv": ({}, {0: 170, 2018: 10, 2019: 10, 2020: 10}),
    "33-one-unit-in-other-unit-x1000.csv": ({}, SOUND),
    "35a-true-false.csv": (FLAG, SOUND),
    "35c-x.csv": (FLAG, SOUND),
    "36-attrition-half-supported-gone.csv": ({}, SOUND),
    "panel_flag_off.csv": (OTHER | FLAG, {0: 30, 2018: 30, 2020: 30}),
    "panel_sep.csv": (OTHER, {0: 30, 2018: 30, 2020: 30}),
    "first-minus1.csv": (OTHER, {0: 30, 2018: 30, 2020: 30}),
}

# File -> why it is refused, and the value that is named.
REFUSED = {
    "10-thousands-dot.csv": ({}, "two-readings", "1.034"),
    "13b-leading-zeros-lost-in-some-years.csv": ({}, "lost-zeros", None),
    "14-duplicate-heading.csv": ({}, "same-heading", None),
    "16c-yyyymm-quarters.csv": ({}, "month", "201503"),
    "18-zeros-log.csv": ({"log": True}, "not-positive", "0.0"),
    "panel_underscore.csv": (OTHER, "not-a-number", "1_000"),
}


def question(**said):
    usual = {"unit": "unit", "time": "year", "outcome": "y", "first_support": "first", "permutations": 0}
    return Question(**usual | said)


def panel(name, **said):
    return Panel(reading.stream(CASES / name), question(**said))


def test_every_panel_is_read_as_it_is_meant():
    for name, (said, expected) in READ.items():
        read = panel(name, **said)
        found = read.query("SELECT g, count(DISTINCT unit) FROM panel GROUP BY g")
        assert dict(found) == expected, name
        if said is not OTHER:
            assert read.times[: len(YEARS)] == YEARS, name
    sound, comma = (panel(name) for name in ("00-sound.csv", "11-semicolon-decimal-comma.csv"))
    outcomes = "SELECT unit, time, y FROM panel ORDER BY unit, time"
    assert sound.query(outcomes) == comma.query(outcomes)


def test_what_has_two_readings_or_none_is_refused_and_named():
    for name, (said, code, value) in REFUSED.items():
        with pytest.raises(PanelError) as error:
            panel(name, **said)
        assert (error.value.code, error.value.facts.get("value")) == (code, value), name


def test_a_heading_is_found_however_its_marks_are_kept():
    apart = unicodedata.normalize("NFD", "Năm")
    assert apart in (CASES / "12b-nfd-headings.csv").read_text("utf-8")
    read = panel("12b-nfd-headings.csv", **IN_WORDS)
    assert read.question.time == apart


# File -> what the question says, what is said beside the answer.
SAID = {
    "00-sound.csv": ({}, {}),
    "05-flag-switches-off.csv": (FLAG, {"flag-ends": {"units": 12}}),
    "07-eight-units-without-any-outcome.csv": ({}, {"unbalanced": {"units": 8, "of": 48}}),
    "33-one-unit-in-other-unit-x1000.csv": ({}, {"far-off": {"units": 1, "year": 2018, "times": 1076}}),
    "35a-true-false.csv": (FLAG, {}),
    "36-attrition-half-supported-gone.csv": ({}, {"unbalanced": {"units": 6, "of": 40}}),
}


def test_what_the_reader_must_know_is_said():
    for name, (said, expected) in SAID.items():
        answer = evaluate(reading.stream(CASES / name), question(**said))
        assert {one.code: one.facts for one in answer.warnings} == expected, name
        assert len(wording.warnings({"warnings": [vars(one) for one in answer.warnings]})) == len(expected)


def test_every_file_has_its_line():
    assert {path.name for path in CASES.iterdir()} == set(READ | REFUSED | SAID)


def test_headings_are_found_under_titles_and_over_units(tmp_path):
    titles = [("SỞ CÔNG THƯƠNG", None, None, "CỘNG HÒA"), ("Biểu 2",), (None,)]
    under = [("(1)", "(2)", "(3)", "(4)"), ("mã", "năm", "triệu đồng", "năm")]
    rows = [("A", dt.date(year, 1, 1), 1.034 + year, 0) for year in (2015, 2016)]
    path = tmp_path / "bảng.xlsx"
    path.write_bytes(xlsx(*titles, ("Mã", "Năm", "Doanh\nthu", "Năm hỗ trợ"), *under, *rows))
    read = reading.read(path)
    assert read.columns == ["Mã", "Năm", "Doanh thu", "Năm hỗ trợ"]
    assert read.place(1)["row"] == 7
    asked = question(**TITLED | {"unit": "Mã"})
    assert Panel(read, asked).query("SELECT time, y FROM panel ORDER BY time") == [(2015, 2016.034), (2016, 2017.034)]


def test_a_figure_hundreds_of_times_off_is_told_and_a_wide_column_is_not():
    def far(values):
        rows = [(unit, year, value, 0) for unit, value in enumerate(values) for year in (2015, 2016)]
        columns = (pa.array(one) for one in zip(*rows, strict=True))
        return Panel(pa.table(dict(zip(("unit", "year", "y", "first"), columns, strict=True))), question()).far_off()

    assert far([100.0] * 9 + [100_000.0]) == (1, 2015, 1000)
    assert far([10.0**size for size in range(9)]) is None


WRITTEN = {  # how a year, a first support and a flag may be written -> what is read, or why it is refused
    ("31/12/2015", "chưa được hỗ trợ", "Chưa"): (2015, 0),
    ("Năm 2015", "2016", "không"): (2015, 2016),
    ("2015-03", "2016", "0"): "month",
    ("2015Q1", "2016", "0"): "month",
    ("2015", "201603", "0"): "month",
    ("2015", "9999", "0"): "not-a-year",
}


@pytest.mark.parametrize("cells", WRITTEN)
def test_years_and_words_as_people_write_them(cells, tmp_path):
    year, first, flag = cells
    rows = [("unit", "year", "y", "first", "flag"), ("A", year, 1, first, flag), ("B", 2016, 2, "", "đã hỗ trợ")]
    (tmp_path / "bảng").write_bytes(csv_file(*rows))

    def read(**said):
        found = Panel(reading.read(tmp_path / "bảng"), question(**said))
        return found.query("SELECT time, g FROM panel ORDER BY unit")

    if isinstance(expected := WRITTEN[cells], str):
        with pytest.raises(PanelError) as error:
            read()
        assert error.value.code == expected
        return
    assert read()[0] == expected
    assert read(**FLAG) == [(expected[0], 0), (2016, 2016)]


def test_small_whole_numbers_are_rows_and_no_numbers_of_columns(tmp_path):
    (tmp_path / "bảng").write_bytes(csv_file(("u", "t", "y", "g"), ("A", 1, 2, 3), ("A", 2, 3, 3)))
    assert reading.read(tmp_path / "bảng").rows.num_rows == 2
