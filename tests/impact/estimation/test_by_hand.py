"""Small panels whose answer is worked out on paper."""

import math

import pyarrow as pa
import pytest

from tests.factories.panels import ask, invented

pytestmark = pytest.mark.database_free


def panel(*rows):
    """Rows of (unit, year, y, first)."""
    return pa.Table.from_pylist([dict(zip(("unit", "year", "y", "first"), row, strict=True)) for row in rows])


def two_by_two():
    """Changes of the supported: 5, 7 (mean 6, variance 1). Changes of the others: 1, 2, 3 (mean 2, variance 2/3)."""
    before_after = {"a": (10, 15, 2020), "b": (20, 27, 2020), "c": (1, 2, 0), "d": (1, 3, 0), "e": (1, 4, 0)}
    return panel(
        *(
            (unit, year, value, first)
            for unit, (before, after, first) in before_after.items()
            for year, value in ((2019, before), (2020, after))
        )
    )


def test_two_by_two():
    answer = ask(two_by_two())
    assert answer.overall.estimate == pytest.approx(6 - 2)
    assert answer.overall.se == pytest.approx(math.sqrt(1 / 2 + (2 / 3) / 3))
    assert (answer.overall.supported, answer.overall.controls) == (2, 3)


def test_two_by_two_interval_p_value_and_least_effect():
    overall, error = ask(two_by_two()).overall, math.sqrt(1 / 2 + (2 / 3) / 3)
    assert (overall.low, overall.high) == pytest.approx((4 - 1.959964 * error, 4 + 1.959964 * error), rel=1e-6)
    assert overall.p_normal == pytest.approx(math.erfc(4 / error / math.sqrt(2)))
    assert ask(two_by_two()).minimum_detectable_effect == pytest.approx(2.801585 * error, rel=1e-6)


def test_two_by_two_without_each_supported_unit():
    one_out = ask(two_by_two()).leave_one_out
    assert (one_out.lowest, one_out.highest) == pytest.approx((5 - 2, 7 - 2))


def test_in_logs():
    rows = [("a", 2019, 100.0, 2020), ("a", 2020, 120.0, 2020), ("b", 2019, 50.0, 0), ("b", 2020, 55.0, 0)]
    assert ask(panel(*rows), log=True).overall.estimate == pytest.approx(math.log(1.2) - math.log(1.1))


def staggered():
    """One unit supported in 2020, one in 2021, two never; one outcome is missing."""
    return panel(
        ("a", 2019, 10, 2020),
        ("a", 2020, 14, 2020),
        ("a", 2021, 19, 2020),
        ("b", 2019, 10, 2021),
        ("b", 2020, 11, 2021),
        ("b", 2021, 15, 2021),
        ("c", 2019, 10, None),
        ("c", 2020, 12, None),
        ("c", 2021, 13, None),
        ("d", 2019, 10, None),
        ("d", 2020, 10, None),
        ("d", 2021, None, None),
    )


def _cells(answer):
    return {(one.group, one.time): one.estimate for one in answer.group_time}


def test_staggered_against_never_supported():
    # a: +4 by 2020 against mean(+2, 0); +9 by 2021 against c alone (+3), for d is not seen in 2021.
    # b: +1 from 2019 to 2020 against mean(+2, 0), before its support; +4 from 2020 to 2021 against c alone (+1).
    expected = {(2020, 2020): 3.0, (2020, 2021): 6.0, (2021, 2020): 0.0, (2021, 2021): 3.0}
    answer = ask(staggered())
    assert _cells(answer) == pytest.approx(expected)
    assert answer.overall.estimate == pytest.approx((3 + 6 + 3) / 3)
    assert {one.since: one.estimate for one in answer.event_study} == pytest.approx({-1: 0.0, 0: 3.0, 1: 6.0})
    assert {one.year: one.estimate for one in answer.by_year} == pytest.approx({2020: 3.0, 2021: 4.5})
    assert {one.year: one.estimate for one in answer.by_group} == pytest.approx({2020: 4.5, 2021: 3.0})


def test_staggered_against_not_yet_supported():
    # In 2020, b is not yet supported and stands beside c and d: mean(+1, +2, 0) = 1.
    expected = {(2020, 2020): 3.0, (2020, 2021): 6.0, (2021, 2020): 0.0, (2021, 2021): 3.0}
    answer = ask(staggered(), control="not-yet")
    assert _cells(answer) == pytest.approx(expected)
    counted = {(one.group, one.time): one.controls for one in answer.group_time}
    assert counted == {(2020, 2020): 3, (2020, 2021): 1, (2021, 2020): 2, (2021, 2021): 1}


def test_attrition():
    attrition = ask(staggered()).attrition
    assert (attrition.supported, attrition.others, attrition.gap) == (0.0, 0.5, -0.5)
    assert attrition.p_value == pytest.approx(1.0)  # 1 of 2 against 0 of 2: nothing is told by four units


def test_strata_compare_like_with_like():
    # North: +5 against +1. South: +2 against +0. Weights: two supported in the north, one in the south.
    rows = [
        ("a", 1, 0, 2, "north"),
        ("a", 2, 5, 2, "north"),
        ("b", 1, 0, 2, "north"),
        ("b", 2, 5, 2, "north"),
        ("c", 1, 0, 0, "north"),
        ("c", 2, 1, 0, "north"),
        ("d", 1, 0, 2, "south"),
        ("d", 2, 2, 2, "south"),
        ("e", 1, 0, 0, "south"),
        ("e", 2, 0, 0, "south"),
    ]
    table = pa.Table.from_pylist([dict(zip(("unit", "year", "y", "first", "side"), row, strict=True)) for row in rows])
    assert ask(table, strata=("side",)).overall.estimate == pytest.approx((2 * 4 + 1 * 2) / 3)
    assert ask(table).overall.estimate == pytest.approx(4 - 0.5)


def test_a_flag_means_the_first_year_in_which_it_is_one():
    flags = {"a": (0, 1, 0), "b": (0, 0, 1), "c": (0, None, 0), "d": (0, 0, 0)}
    rows = staggered().to_pylist()
    flagged = pa.Table.from_pylist([row | {"flag": flags[row["unit"]][row["year"] - 2019]} for row in rows])
    assert _cells(ask(flagged, support_flag="flag")) == pytest.approx(_cells(ask(staggered())))


def test_a_flag_counts_in_years_left_out_of_the_comparison_too():
    rows = [("a", 2018, 1, 1), ("a", 2019, 1, 0), ("a", 2020, 1, 0), ("b", 2018, 1, 0), ("b", 2019, 1, 0)]
    rows += [("b", 2020, 3, 1), ("c", 2019, 1, 0), ("c", 2020, 1, 0)]
    answer = ask(panel(*rows), support_flag="first", years=(2019, None))
    assert _cells(answer) == pytest.approx({(2020, 2020): 2.0})
    assert [one.facts for one in answer.warnings if one.code == "supported-before"] == [{"units": 1, "year": 2019}]


def test_supported_after_the_last_year_is_not_supported_within_the_panel():
    rows = [("a", 1, 0, 2), ("a", 2, 3, 2), ("b", 1, 0, 7), ("b", 2, 1, 7)]
    answer = ask(panel(*rows))
    assert (answer.overall.estimate, answer.controls) == (2.0, 1)


def test_a_year_that_nobody_reported_is_no_base():
    rows = [(unit, year, 10 * unit + (3 if unit == 1 and year > 2020 else 0) + (year - 2018), first)
            for unit, first in ((1, 2021), (2, 0), (3, 0)) for year in (2018, 2019, 2021)]  # fmt: skip
    rows += [(unit, 2020, None, first) for unit, first in ((1, 2021), (2, 0), (3, 0))]
    answer = ask(panel(*rows))
    assert answer.years == (2018, 2019, 2021)
    assert _cells(answer)[2021, 2021] == pytest.approx(3.0)


def test_one_supported_unit_has_an_effect_and_no_error():
    """Nothing tells how units like it spread: a made-up certainty would be worse than none."""
    before_after = {"a": (10, 16, 2020), "c": (1, 2, 0), "d": (1, 3, 0), "e": (1, 4, 0)}
    rows = [
        (unit, year, value, first)
        for unit, (before, after, first) in before_after.items()
        for year, value in ((2019, before), (2020, after))
    ]
    answer = ask(panel(*rows), permutations=99)
    overall = answer.overall
    assert (overall.estimate, overall.se, overall.low, overall.p_normal) == (pytest.approx(4.0), None, None, None)
    assert answer.minimum_detectable_effect is None
    assert answer.overall.p_randomization > 0.1  # one of four labellings
    assert answer.verdict.reasons[0] == "no-standard-error"
    assert [(one.se, one.band_low) for one in answer.event_study] == [(None, None)]


def test_a_point_of_one_unit_among_points_of_many():
    answer = ask(staggered())
    assert {(one.group, one.time): one.se for one in answer.group_time}[2020, 2021] is None
    wide = invented(units=40, supported=10, years=6, cohorts=(2013,) * 9 + (2011,))
    known = {one.since: one.se is not None for one in ask(wide).event_study}
    assert known == {-2: True, -1: True, 0: True, 1: True, 2: True, 3: False, 4: False}
