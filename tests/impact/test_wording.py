"""Answers in words: numbers as they are written here, every verdict, reason and warning has a sentence."""

import math

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.impact import wording
from khuyencong.impact.estimation.verdict import Grade, Reason
from tests.factories.panels import ask, invented

pytestmark = pytest.mark.database_free


@pytest.fixture(scope="module")
def result():
    return ask(invented(effect=2.0), permutations=19).as_json()


def _scaled(result, estimate, log=False):
    overall = result["overall"] | {"estimate": estimate, "se": abs(estimate) / 3 or None}
    return result | {"overall": overall, "question": result["question"] | {"log": log}}


@pytest.mark.parametrize(
    ("estimate", "log", "written"),
    [
        (0.1345, True, "+14,4 %"),
        (-0.35, True, "-29,5 %"),
        (-0.039951, False, "-0,0400"),
        (-0.345, False, "-0,345"),
        (12.345, False, "+12,3"),
        (1234567.8, False, "+1.234.568"),
        (0.0, False, "0"),
        (0.00004567, False, "+0,0000457"),
    ],
)
def test_amounts(estimate, log, written, result):
    assert wording.amount(estimate, wording.scale(_scaled(result, estimate, log)), signed=True) == written


def test_amounts_in_english(result):
    with translation.override("en"):
        assert wording.amount(1234567.8, wording.scale(_scaled(result, 1234567.8))) == "1,234,568"


def test_never_minus_nought(result):
    shape = wording.scale(_scaled(result, 100.0))
    assert wording.amount(-0.2, shape, signed=True) == "0"


def test_what_is_not_known(result):
    shape = wording.scale(result)
    assert wording.amount(None, shape) == "không xác định"
    assert wording.interval([None, None], shape) == "không xác định"
    assert wording.p_value(None) == "không tính được"


@given(st.floats(0, 1))
def test_p_values_are_never_nought(value):
    written = wording.p_value(value)
    assert (
        written == "nhỏ hơn 0,001"
        if value < 0.001
        else float(written.replace(",", ".")) == pytest.approx(value, abs=6e-4)
    )


@given(st.floats(-1e12, 1e12).filter(lambda value: abs(value) > 1e-6))
def test_three_digits_are_kept(value):
    result = ask_once()
    shape = wording.scale(_scaled(result, value))
    written = wording.amount(value, shape).replace(".", "").replace(",", ".")
    assert float(written) == pytest.approx(value, rel=0.006)


def ask_once(_known=[]):  # noqa: B006 one answer is enough for all examples
    if not _known:
        _known.append(ask(invented(effect=2.0)).as_json())
    return _known[0]


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("direction", [1, -1])
def test_every_grade_has_its_sentence(grade, direction, result):
    judged = result | {"verdict": {"grade": grade, "direction": direction, "reasons": []}}
    told = wording.verdict(judged, "doanh thu")
    assert "doanh thu" in told
    assert told.endswith(".")
    found = grade in (Grade.STRONG, Grade.SOME)
    assert found == ("tăng" in told or "giảm" in told)
    assert not found or ("tăng" if direction > 0 else "giảm") in told
    assert (
        wording.verdict_tone(judged)
        == {
            Grade.STRONG: "good",
            Grade.SOME: "good",
            Grade.NOT_ENOUGH: "open",
            Grade.NOT_CREDIBLE: "bad",
        }[grade]
    )


def test_every_reason_has_its_sentence(result):
    told = wording.reasons(result | {"verdict": result["verdict"] | {"reasons": list(Reason)}})
    assert len(set(told)) == len(Reason)
    assert all(one.endswith(".") for one in told)


def test_one_way_of_checking_is_not_called_two(result):
    alone = result | {
        "overall": result["overall"] | {"p_randomization": None},
        "verdict": result["verdict"] | {"reasons": ["clear"]},
    }
    assert wording.reasons(alone) == ["Con số khác 0 rõ ràng (theo phân phối chuẩn)."]


WARNINGS = {
    "supported-before": {"units": 1200, "year": 2012},
    "strata-dropped": {"strata": ["10", "16"], "supported": 3},
    "small-cohorts": {"groups": [2013, 2015], "fewer_than": 5},
    "unbalanced": {"units": 12, "of": 1650},
    "no-randomization": {"units": 300000},
}


def test_every_warning_has_its_sentence(result):
    told = wording.warnings(result | {"warnings": [{"code": code, "facts": facts} for code, facts in WARNINGS.items()]})
    assert told[0].startswith("1.200 cơ sở được hỗ trợ từ năm 2012 trở về trước")
    assert told[1].startswith("2 nhóm không có cơ sở để so sánh, 3 cơ sở")
    assert "2013, 2015 có dưới 5 cơ sở" in told[2]
    assert told[3].startswith("12 trong 1.650 cơ sở thiếu")
    assert "300.000 đơn vị" in told[4]


def test_findings_without_errors_say_so(result):
    lone = ask(invented(years=4, supported=1, cohorts=(2012,)), permutations=19).as_json()
    told = "\n".join(wording.findings(lone) + [f"{name} {value}" for name, value in wording.basis(lone)])
    assert "khoảng tin cậy 95 %: không xác định" in told
    assert "không tính được theo phân phối chuẩn" in told
    assert "nan" not in told.lower().replace("nang", "")
    assert not math.isnan(lone["overall"]["estimate"])
