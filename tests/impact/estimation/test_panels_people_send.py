"""Panels as people send them (tests/cases/panels, all invented): what is read, what is refused, what is said."""

import unicodedata
from pathlib import Path

import pytest

from khuyencong.impact import reading
from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.panel import Panel
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question

pytestmark = pytest.mark.database_free

CASES = Path(__file__).parents[2] / "cases" / "panels"
SOUND = {0: 28, 2017: 6, 2018: 6}
YEARS = tuple(range(2015, 2021))
OTHER = {"unit": "firm", "time": "year", "outcome": "revenue", "first_support": "g"}
FLAG = {"first_support": None, "support_flag": "flag"}
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
    "11-semicolon-decimal-comma.csv": ({}, SOUND),
    "12b-nfd-headings.csv": (IN_WORDS, SOUND),
    "16a-nam-2015.csv": ({}, SOUND),
    "17b-date-year.parquet": ({}, SOUND),
    "35a-true-false.csv": (FLAG, SOUND),
    "35c-x.csv": (FLAG, SOUND),
    "panel_sep.csv": (OTHER, {0: 30, 2018: 30, 2020: 30}),
    "first-minus1.csv": (OTHER, {0: 30, 2018: 30, 2020: 30}),
}

# File -> why it is refused, and the value that is named.
REFUSED = {
    "10-thousands-dot.csv": ({}, "two-readings", "1.034"),
    "13b-leading-zeros-lost-in-some-years.csv": ({}, "lost-zeros", None),
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
            assert read.times == YEARS, name
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


def test_support_that_ends_is_said():
    ended = evaluate(reading.stream(CASES / "05-flag-switches-off.csv"), question(**FLAG))
    assert [one.facts for one in ended.warnings if one.code == "flag-ends"] == [{"units": 12}]
    lasting = evaluate(reading.stream(CASES / "35a-true-false.csv"), question(**FLAG))
    assert not [one for one in lasting.warnings if one.code == "flag-ends"]
