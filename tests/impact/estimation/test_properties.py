"""What must hold for every panel."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong.impact.estimation.problems import PanelError
from tests.examples import examples
from tests.factories.panels import ask, invented

pytestmark = pytest.mark.database_free


@st.composite
def panels(draw):
    """Invented panels of many shapes, with gaps, each supported cohort of at least two."""
    return invented(
        units=draw(st.integers(12, 40)),
        supported=draw(st.integers(4, 8)),
        years=draw(st.integers(3, 7)),
        cohorts=draw(st.sampled_from([(2011,), (2012,), (2011, 2012), (2012, 2013, 2020), (2010, 2012)])),
        effect=draw(st.sampled_from([0.0, 1.5])),
        missing=draw(st.sampled_from([0.0, 0.2])),
        seed=draw(st.integers(0, 10**6)),
    )


controls = st.sampled_from(["never", "not-yet"])
few = settings(max_examples=examples(10), deadline=None)  # each example is two whole evaluations


def figures(panel, permutations=19, **question):
    """All numbers of an answer, or the reason why there is none."""
    try:
        found = ask(panel, permutations=permutations, **question)
    except PanelError as error:
        return error.code
    lists = [found.event_study, found.group_time, found.by_group, found.by_year]
    effects = [found.overall, *(one for members in lists for one in members)]
    one_out = found.leave_one_out
    values = [*(one.estimate for one in effects), *(one.se for one in effects)]
    values += [found.overall.p_normal, found.overall.p_randomization, found.pre_trend.p_value]
    values += [found.attrition.gap, found.attrition.p_value, *((one_out.lowest, one_out.highest) if one_out else ())]
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def same(left, right, **tolerance):
    if isinstance(left, str) or isinstance(right, str):
        assert left == right
    else:
        np.testing.assert_allclose(left, right, **({"rtol": 1e-7, "atol": 1e-9} | tolerance))


@few
@given(panels(), controls, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(panel, control, random):
    order = list(range(panel.num_rows))
    random.shuffle(order)
    same(figures(panel, control=control), figures(panel.take(order), control=control))


@few
@given(panels(), controls, st.randoms(use_true_random=False))
def test_the_labels_of_units_do_not_matter(panel, control, random):
    units = sorted(set(panel["unit"].to_pylist()))
    labels = [f"cơ sở {number}" for number in range(len(units))]
    random.shuffle(labels)
    label = dict(zip(units, labels, strict=True))
    named = panel.set_column(0, "unit", pa.array([label[unit] for unit in panel["unit"].to_pylist()]))
    same(figures(panel, control=control), figures(named, control=control))


@few
@given(panels(), controls)
def test_a_constant_stratum_changes_nothing(panel, control):
    split = panel.append_column("stratum", pa.array(["one"] * panel.num_rows))
    same(figures(panel, control=control), figures(split, control=control, strata=("stratum",)))


@few
@given(panels(), controls, st.floats(-1e6, 1e6))
def test_adding_a_constant_changes_nothing(panel, control, constant):
    same(figures(panel, control=control), figures(_outcome(panel, lambda y: y + constant), control=control), rtol=1e-5)


@few
@given(panels(), controls)
def test_levels_of_units_and_the_common_path_do_not_matter(panel, control):
    units, years = (panel[name].to_numpy() for name in ("unit", "year"))
    moved = _outcome(panel, lambda y: y + 7.0 * units - 2.0 * (years - 2010) ** 2)
    # Without the drawn re-labellings: they are the same for the same order of units, and this changes the order.
    same(figures(panel, 0, control=control), figures(moved, 0, control=control), rtol=1e-5)


@few
@given(panels(), controls, st.floats(1e-3, 1e3))
def test_scaling_scales_estimates_and_errors(panel, control, factor):
    before = _answer(panel, control)
    after = _answer(_outcome(panel, lambda y: factor * y), control)
    if isinstance(before, str) or isinstance(after, str):
        assert before == after
        return
    for name in ("estimate", "se", "low", "high"):
        assert _near(_scaled(getattr(before.overall, name), factor), getattr(after.overall, name))
    assert _near(before.overall.p_normal, after.overall.p_normal)
    assert before.verdict == after.verdict


@few
@given(panels(), controls)
def test_the_opposite_outcome_gives_the_opposite_answer(panel, control):
    before, after = _answer(panel, control), _answer(_outcome(panel, lambda y: -y), control)
    if isinstance(before, str):
        assert before == after
        return
    assert after.overall.estimate == pytest.approx(-before.overall.estimate)
    assert _near(after.overall.se, before.overall.se)
    assert after.verdict.direction == -before.verdict.direction


@few
@given(panels(), controls)
def test_the_units_themselves_tell_what_the_moments_tell(panel, control):
    """Two ways to the same number: leaving out nobody's weight, the wide table agrees with the moments."""
    from khuyencong.impact.estimation.group_time import estimate, sample
    from khuyencong.impact.estimation.moments import scan
    from khuyencong.impact.estimation.panel import Panel
    from khuyencong.impact.estimation.question import Question
    from khuyencong.impact.estimation.units import Units

    try:
        answer = ask(panel, control=control)
    except PanelError:
        return
    opened = Panel(panel, Question("unit", "year", "y", first_support="first", control=control))
    moments = scan(opened)
    chosen = sample(moments, control)
    effects = estimate(moments, chosen, control)
    estimates, covariance = Units(opened, moments, chosen, control).measure()
    assert estimates[0] == pytest.approx(answer.overall.estimate, abs=1e-9)
    after = effects.event_times >= 0
    weights = effects.supported * after / effects.supported[after].sum()
    assert covariance[0, 0] == pytest.approx(weights @ effects.covariance @ weights, abs=1e-9)


@few
@given(panels(), controls)
def test_leaving_one_out_is_the_panel_without_it(panel, control):
    try:
        answer = ask(panel, control=control)
    except PanelError:
        return
    one_out = answer.leave_one_out
    if one_out is None:
        return
    others = [str(unit) != one_out.unit for unit in panel["unit"].to_pylist()]
    try:
        without = ask(panel.filter(pa.array(others)), control=control)
    except PanelError:
        return
    assert without.overall.estimate == pytest.approx(one_out.without, abs=1e-9)
    assert one_out.lowest <= one_out.without <= one_out.highest


def _outcome(panel, change):
    values = panel["y"].to_numpy(zero_copy_only=False)
    return panel.set_column(2, "y", pa.array(change(values), from_pandas=True))


def _answer(panel, control):
    try:
        return ask(panel, control=control, permutations=19)
    except PanelError as error:
        return error.code


def _near(left, right):
    return left is right is None or left == pytest.approx(right, rel=1e-6, abs=1e-12)


def _scaled(value, factor):
    return None if value is None else factor * value
