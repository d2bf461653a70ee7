"""Trends before support, attrition, what could be seen at all, and the warnings."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2 as chi_square_distribution
from scipy.stats import f as f_distribution
from scipy.stats import fisher_exact

from khuyencong.impact.estimation import diagnostics
from khuyencong.impact.estimation.algebra import chi_square_tail, f_tail, quadratic_form
from tests.factories.panels import ask, invented

pytestmark = pytest.mark.database_free


@given(st.integers(1, 5), st.integers(0, 10**6))
def test_quadratic_form_is_that_of_the_inverse(size, seed):
    rng = np.random.default_rng(seed)
    root, values = rng.normal(size=(size, size + 3)), rng.normal(size=size)
    found, rank = quadratic_form(values, root @ root.T)
    assert rank == size
    assert found == pytest.approx(values @ np.linalg.inv(root @ root.T) @ values, rel=1e-6)


def test_quadratic_form_leaves_out_what_has_no_spread():
    assert quadratic_form(np.array([3.0, 5.0]), np.diag([4.0, 0.0])) == (pytest.approx(9 / 4), 1)
    assert quadratic_form(np.array([1.0]), np.zeros((1, 1))) == (0.0, 0)
    assert quadratic_form(np.array([]), np.zeros((0, 0))) == (0.0, 0)
    same = np.array([[2.0, 2.0], [2.0, 2.0]])
    assert quadratic_form(np.array([1.0, 1.0]), same) == (pytest.approx(0.5), 1)


@given(st.integers(1, 40), st.floats(0, 300))
def test_the_tail_of_chi_square(degrees, value):
    known = chi_square_distribution.sf(value, degrees)
    assert chi_square_tail(degrees, value) == pytest.approx(known, rel=1e-9, abs=1e-300)


@given(st.integers(1, 30), st.integers(1, 2000), st.floats(0, 200))
def test_the_tail_of_f(over, under, value):
    known = f_distribution.sf(value, over, under)
    assert f_tail(over, under, value) == pytest.approx(known, rel=1e-8, abs=1e-12)


@given(st.integers(1, 40), st.integers(1, 200), st.data())
def test_attrition_is_fishers_exact_test(supported, others, data):
    gone, left = data.draw(st.integers(0, supported)), data.draw(st.integers(0, others))
    found = diagnostics._same_share(gone, supported, left, others)
    if gone + left in (0, supported + others):
        assert found is None
    else:
        known = fisher_exact([[gone, supported - gone], [left, others - left]]).pvalue
        assert found == pytest.approx(known, rel=1e-6, abs=1e-9)


def test_attrition_of_many_units_is_the_normal_approximation_of_the_same_test():
    exact = diagnostics._same_share(2_100, 10_000, 17_000, 85_000)
    normal = diagnostics._same_share(2_100 * 2, 10_000 * 2, 17_000 * 2, 85_000 * 2)
    assert exact == pytest.approx(0.0187, abs=0.002)
    assert normal == pytest.approx(0.00075, abs=0.0003)


def test_lost_units_are_told_from_units_that_never_were():
    panel = invented(units=40, supported=20, years=4, cohorts=(2012,))
    unit, year, y = (panel[name].to_pylist() for name in ("unit", "year", "y"))
    lost = [None if one < 10 and when == 2013 else value for one, when, value in zip(unit, year, y, strict=True)]
    never = [None if one == 39 else value for one, value in zip(unit, lost, strict=True)]
    answer = ask(panel.set_column(2, "y", pa.array(never)))
    assert (answer.attrition.supported, answer.attrition.others) == (0.5, 0.0)
    assert answer.attrition.p_value == pytest.approx(fisher_exact([[10, 10], [0, 19]]).pvalue)
    assert [one.facts for one in answer.warnings if one.code == "unbalanced"] == [{"units": 11, "of": 40}]


def test_one_cohort_is_hotellings_t2():
    answer = ask(invented(units=400, supported=12, years=6, cohorts=(2013,), seed=6))
    test = answer.pre_trend
    assert (test.leads, test.method) == (2, "hotelling")
    assert test.p_value == pytest.approx(f_distribution.sf(test.statistic * 10 / (12 * 2), 2, 10))


def test_few_units_are_tested_at_few_points():
    assert ask(invented(supported=5, years=9, cohorts=(2017,))).pre_trend.leads == 1
    assert ask(invented(supported=9, years=9, cohorts=(2017,))).pre_trend.leads == 3


def test_nothing_before_support_cannot_be_tested():
    answer = ask(invented(years=3, cohorts=(2011,)), permutations=19)
    assert (answer.pre_trend.p_value, answer.pre_trend.method, answer.pre_trend.leads) == (None, "none", 0)
    assert "no-pre-trend-test" in answer.verdict.reasons


def test_least_effect_that_would_be_found():
    assert diagnostics.minimum_detectable_effect(1.0) == pytest.approx(2.8016, abs=1e-4)
    assert diagnostics.minimum_detectable_effect(0.0) is None


def test_the_least_effect_is_found_four_times_in_five():
    """Effects of that size, drawn with that error: the share of p-values below 5 %."""
    least = diagnostics.minimum_detectable_effect(0.5)
    draws = np.random.default_rng(2).normal(least, 0.5, size=20_000)
    assert (np.abs(draws) > 1.96 * 0.5).mean() == pytest.approx(0.80, abs=0.01)


def _warned(answer):
    return {one.code: one.facts for one in answer.warnings}


def test_warnings_of_small_cohorts_and_early_support():
    panel = invented(units=40, supported=11, years=5, cohorts=(2010, 2012, 2012, 2012))
    assert _warned(ask(panel)) == {"supported-before": {"units": 3, "year": 2010}}
    few = invented(units=40, supported=9, years=5, cohorts=(2012, 2012, 2013))
    assert _warned(ask(few)) == {"small-cohorts": {"groups": [2013], "fewer_than": 5}}


def test_strata_without_controls_are_left_out_and_told():
    panel = invented(units=30, supported=12, years=4, cohorts=(2012,))
    side = ["alone" if unit in (0, 1, 2) else "rest" for unit in panel["unit"].to_pylist()]
    answer = ask(panel.append_column("side", pa.array(side)), strata=("side",))
    assert _warned(answer) == {"strata-dropped": {"strata": ["alone"], "supported": 3}}
    assert (answer.supported, answer.overall.supported) == (9, 9)


def test_a_stratum_of_later_supported_is_no_control_for_never_supported():
    panel = invented(units=30, supported=12, years=5, cohorts=(2012, 2013))
    side = ["sooner or later" if unit < 6 else "rest" for unit in panel["unit"].to_pylist()]
    split = panel.append_column("side", pa.array(side))
    assert "strata-dropped" in _warned(ask(split, strata=("side",)))
    assert "strata-dropped" not in _warned(ask(split, strata=("side",), control="not-yet"))


def test_controls_are_counted_where_they_are_used():
    panel = invented(units=40, supported=10, years=4, cohorts=(2012,))
    unit, year, y = (panel[name].to_pylist() for name in ("unit", "year", "y"))
    seen = [value if one < 15 or when < 2011 else None for one, when, value in zip(unit, year, y, strict=True)]
    answer = ask(panel.set_column(2, "y", pa.array(seen)))
    assert (answer.controls, answer.overall.controls) == (30, 5)
    assert answer.verdict.reasons[0] == "few-controls"
