"""Intervals and the simultaneous band."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.impact.estimation.bands import curve, intervals, sup_t, two_sided_p
from tests.factories.panels import ask, invented

pytestmark = pytest.mark.database_free


def test_independent_estimates_have_the_known_critical_value():
    for count in (1, 3, 8):
        known = NormalDist().inv_cdf((1 + 0.95 ** (1 / count)) / 2)
        assert sup_t(np.diag(np.arange(1.0, count + 1)), seed=1) == pytest.approx(known, abs=0.03)


def test_estimates_that_move_as_one_need_no_wider_band():
    errors = np.array([1.0, 2.0, 5.0])
    assert sup_t(np.outer(errors, errors), seed=1) == pytest.approx(1.96, abs=0.03)


def test_an_estimate_known_for_certain_takes_no_part():
    assert sup_t(np.diag([0.0, 4.0]), seed=1) == pytest.approx(1.96, abs=0.03)
    assert sup_t(np.zeros((2, 2)), seed=1) == 0.0


@given(st.integers(1, 6), st.integers(0, 10**6))
def test_the_band_holds_every_interval(count, seed):
    root = np.random.default_rng(seed).normal(size=(count, count))
    around = curve(np.arange(float(count)), root @ root.T, seed=1)
    assert (around.simultaneous[:, 0] <= around.pointwise[:, 0]).all()
    assert (around.simultaneous[:, 1] >= around.pointwise[:, 1]).all()
    np.testing.assert_allclose(around.pointwise.mean(axis=1), around.estimates, atol=1e-9)


def test_the_band_covers_the_whole_curve_as_often_as_it_says():
    covariance = 0.5 * np.ones((5, 5)) + 0.5 * np.eye(5)
    draws = np.random.default_rng(3).multivariate_normal(np.zeros(5), covariance, size=4000)
    critical = curve(np.zeros(5), covariance, seed=1).critical
    assert (np.abs(draws).max(axis=1) <= critical).mean() == pytest.approx(0.95, abs=0.012)


def test_an_event_study_has_a_band_wider_than_its_intervals():
    answer = ask(invented(years=8))
    assert answer.sup_t > 1.96
    for one in answer.event_study:
        assert one.band_low < one.low < one.estimate < one.high < one.band_high


def test_intervals_are_1_96_errors_wide():
    around = intervals(np.array([2.0]), np.array([[9.0]]))
    assert around.pointwise[0] == pytest.approx([2 - 3 * 1.959964, 2 + 3 * 1.959964], abs=1e-5)


def test_p_values_of_the_normal_distribution():
    assert two_sided_p(0.0, 1.0) == 1.0
    assert two_sided_p(-1.959963985, 1.0) == pytest.approx(0.05)
    assert 0 < two_sided_p(30.0, 1.0) < 1e-190
    assert two_sided_p(3.0, 0.0) is None
    assert two_sided_p(3.0, float("nan")) is None
