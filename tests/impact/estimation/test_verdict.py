"""The verdict: every rule by itself, and that better evidence never earns a worse grade."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.impact.estimation.verdict import Evidence, Grade, Reason, judge

pytestmark = pytest.mark.database_free

BEST = Evidence(
    estimate=0.2,
    p_normal=0.001,
    p_randomization=0.002,
    supported=60,
    controls=300,
    pre_trend_p=0.6,
    attrition_gap=0.02,
    attrition_p=0.5,
    sign_holds=True,
)
STRONG, SOME, NOT_ENOUGH, NOT_CREDIBLE = Grade.STRONG, Grade.SOME, Grade.NOT_ENOUGH, Grade.NOT_CREDIBLE

RULES = {
    "all is well": ({}, STRONG, [Reason.CLEAR]),
    "exactly twenty supported": ({"supported": 20}, STRONG, [Reason.CLEAR]),
    "below twenty supported": ({"supported": 19}, SOME, [Reason.CLEAR]),
    "between one and five per cent": ({"p_normal": 0.03}, SOME, [Reason.CLEAR]),
    "exactly one per cent": ({"p_randomization": 0.01}, SOME, [Reason.CLEAR]),
    "exactly five per cent": ({"p_normal": 0.05, "p_randomization": 0.05}, NOT_ENOUGH, [Reason.NOT_CLEAR]),
    "nothing to see": ({"p_normal": 0.7, "p_randomization": 0.6}, NOT_ENOUGH, [Reason.NOT_CLEAR]),
    "only the normal p-value is small": ({"p_randomization": 0.2}, NOT_ENOUGH, [Reason.P_VALUES_DISAGREE]),
    "only the randomization p-value is small": ({"p_normal": 0.2}, NOT_ENOUGH, [Reason.P_VALUES_DISAGREE]),
    "no randomization": ({"p_randomization": None}, STRONG, [Reason.CLEAR]),
    "no standard error": ({"p_normal": None}, NOT_ENOUGH, [Reason.NO_ERROR]),
    "few supported": ({"supported": 7}, NOT_ENOUGH, [Reason.FEW_SUPPORTED]),
    "just enough supported": ({"supported": 8}, SOME, [Reason.CLEAR]),
    "few controls": ({"controls": 19}, NOT_ENOUGH, [Reason.FEW_CONTROLS]),
    "just enough controls": ({"controls": 20}, STRONG, [Reason.CLEAR]),
    "moved apart before": ({"pre_trend_p": 0.049}, NOT_CREDIBLE, [Reason.PRE_TREND]),
    "perhaps moved apart before": ({"pre_trend_p": 0.05}, SOME, [Reason.CLEAR, Reason.PRE_TREND_DOUBTFUL]),
    "trend before is fine": ({"pre_trend_p": 0.10}, STRONG, [Reason.CLEAR]),
    "no trend before to test": ({"pre_trend_p": None}, SOME, [Reason.CLEAR, Reason.NO_PRE_TREND_TEST]),
    "more of the supported are lost": (
        {"attrition_gap": 0.2, "attrition_p": 0.01},
        SOME,
        [Reason.CLEAR, Reason.ATTRITION],
    ),
    "more of the others are lost": (
        {"attrition_gap": -0.2, "attrition_p": 0.01},
        SOME,
        [Reason.CLEAR, Reason.ATTRITION],
    ),
    "a gap that may be chance": ({"attrition_gap": 0.2, "attrition_p": 0.3}, STRONG, [Reason.CLEAR]),
    "a gap that nobody can test": (
        {"attrition_gap": 0.2, "attrition_p": None},
        SOME,
        [Reason.CLEAR, Reason.ATTRITION],
    ),
    "one unit decides": ({"sign_holds": False}, SOME, [Reason.CLEAR, Reason.ONE_UNIT_DECIDES]),
    "a bad trend comes before everything": (
        {"pre_trend_p": 0.01, "supported": 2, "p_normal": None, "sign_holds": False},
        NOT_CREDIBLE,
        [Reason.PRE_TREND, Reason.ONE_UNIT_DECIDES],
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_rule(name):
    changed, grade, reasons = RULES[name]
    found = judge(replace(BEST, **changed))
    assert (found.grade, list(found.reasons)) == (grade, reasons)


def test_every_reason_is_reached():
    assert {reason for _changed, _grade, reasons in RULES.values() for reason in reasons} == set(Reason)


@pytest.mark.parametrize(("estimate", "direction"), [(0.3, 1), (-0.3, -1), (0.0, 0)])
def test_direction(estimate, direction):
    assert judge(replace(BEST, estimate=estimate)).direction == direction


ORDER = [Grade.NOT_CREDIBLE, Grade.NOT_ENOUGH, Grade.SOME, Grade.STRONG]
shares = st.floats(0, 1)
evidence = st.builds(
    Evidence,
    estimate=st.floats(-5, 5),
    p_normal=st.none() | shares,
    p_randomization=st.none() | shares,
    supported=st.integers(1, 80),
    controls=st.integers(1, 80),
    pre_trend_p=st.none() | shares,
    attrition_gap=st.floats(-1, 1),
    attrition_p=st.none() | shares,
    sign_holds=st.booleans(),
)


def _no_worse(better, worse):
    assert ORDER.index(judge(better).grade) >= ORDER.index(judge(worse).grade)


@given(evidence, shares)
def test_smaller_p_values_are_never_worse(seen, share):
    smaller = {
        name: None if value is None else value * share
        for name, value in (("p_normal", seen.p_normal), ("p_randomization", seen.p_randomization))
    }
    _no_worse(replace(seen, **smaller), seen)


@given(evidence, st.integers(0, 50), st.integers(0, 50))
def test_more_units_are_never_worse(seen, supported, controls):
    more = replace(seen, supported=seen.supported + supported, controls=seen.controls + controls)
    _no_worse(more, seen)


@given(evidence, shares)
def test_a_calmer_trend_before_support_is_never_worse(seen, share):
    if seen.pre_trend_p is not None:
        calmer = seen.pre_trend_p + (1 - seen.pre_trend_p) * share
        _no_worse(replace(seen, pre_trend_p=calmer), seen)


@given(evidence, shares)
def test_less_attrition_and_no_decisive_unit_are_never_worse(seen, share):
    _no_worse(replace(seen, attrition_gap=seen.attrition_gap * share, sign_holds=True), seen)


@given(evidence)
def test_a_verdict_always_gives_its_reason(seen):
    found = judge(seen)
    assert found.reasons
    assert len(set(found.reasons)) == len(found.reasons)
    if found.grade is Grade.STRONG:
        assert found.reasons == (Reason.CLEAR,)
