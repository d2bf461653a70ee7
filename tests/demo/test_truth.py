"""The path of the built-in effect."""

import math

import pytest

from khuyencong.demo import truth


def test_no_effect_before_support():
    assert truth.effect(truth.REVENUE, -1) == 0.0


def test_the_effect_builds_up_over_two_years_and_then_stays():
    path = [truth.effect(truth.REVENUE, since) for since in range(6)]
    assert path == sorted(path)
    assert path[2:] == [0.18] * 4
    assert truth.effect(truth.WORKERS, 9) == 0.10


def test_the_average_is_over_supported_years_only():
    assert truth.average_log_effect((0.1, 0.2), [-3, -1, 0, 1]) == pytest.approx((math.log(1.1) + math.log(1.2)) / 2)
