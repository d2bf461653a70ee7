"""The p-value by re-labelling: exact in small samples, one for a seed, in strata, for the trend before support too."""

import itertools

import numpy as np
import pyarrow as pa
import pytest

from khuyencong.impact.estimation import resampling
from tests.factories.panels import ask, invented

pytestmark = pytest.mark.database_free


def _statistic(panel, supported, blocks=None):
    """The effect over its standard error, worked out anew: differences of mean changes, within blocks of units."""
    outcome = np.array(panel["y"].to_pylist()).reshape(-1, 2)
    change = outcome[:, 1] - outcome[:, 0]
    effect = variance = 0.0
    for block in blocks or [range(len(change))]:
        treated, others = change[[u for u in block if u in supported]], change[[u for u in block if u not in supported]]
        share = len(treated) / len(supported)
        effect += share * (treated.mean() - others.mean())
        variance += share**2 * (treated.var() / len(treated) + others.var() / len(others))
    return abs(effect) / variance**0.5


def test_it_nears_the_share_of_all_possible_labellings():
    panel = invented(units=7, supported=3, years=2, cohorts=(2011,), effect=1.0, seed=4)
    truth = _statistic(panel, (0, 1, 2))
    every = [_statistic(panel, chosen) for chosen in itertools.combinations(range(7), 3)]
    exact = np.mean([one >= truth - 1e-9 for one in every])
    found = ask(panel, permutations=4000).overall.p_randomization
    assert found == pytest.approx(exact, abs=0.025)


NORTH, SOUTH = (0, 3, 4), (1, 2, 5, 6, 7)


def test_labels_stay_within_their_stratum():
    panel = invented(units=8, supported=3, years=2, cohorts=(2011,), effect=1.0, seed=2)
    side = ["north" if unit in NORTH else "south" for unit in panel["unit"].to_pylist()]
    split = panel.append_column("side", pa.array(side))
    # Unit 0 in the north, units 1 and 2 in the south: thirty labellings, the true one first.
    every = [
        _statistic(panel, (north, *south), [NORTH, SOUTH])
        for north in NORTH
        for south in itertools.combinations(SOUTH, 2)
    ]
    exact = np.mean([one >= every[0] - 1e-9 for one in every])
    found = ask(split, permutations=4000, strata=("side",)).overall.p_randomization
    assert found == pytest.approx(exact, abs=0.025)


def test_one_seed_gives_one_p_value():
    panel = invented(missing=0.1, seed=1)
    first = ask(panel, permutations=99, seed=7).overall.p_randomization
    assert ask(panel, permutations=99, seed=7).overall.p_randomization == first
    assert {ask(panel, permutations=99, seed=seed).overall.p_randomization for seed in range(5)} != {first}


def test_a_clear_effect_has_the_smallest_p_value_there_can_be():
    answer = ask(invented(effect=9.0), permutations=99)
    assert answer.overall.p_randomization == 1 / 100
    assert answer.randomization.draws == 99


def test_without_effect_p_values_are_spread_evenly():
    """Small cohorts, gaps, two-fold spread among the supported: where the normal approximation fails."""
    rng = np.random.default_rng(11)
    found = []
    for seed in range(100):
        panel = invented(units=30, supported=8, years=5, cohorts=(2012, 2013, 2014), missing=0.15, seed=seed)
        answer = ask(panel, permutations=19, seed=int(rng.integers(10**6)))
        found.append((answer.overall.p_randomization, answer.pre_trend.p_value))
        assert answer.pre_trend.method == "randomization"
    p_values = np.array(found)
    assert ((p_values > 0) & (p_values <= 1)).all()
    for column in p_values.T:
        for bound in (0.1, 0.25, 0.5, 0.75):
            error = (bound * (1 - bound) / 100) ** 0.5
            assert np.mean(column <= bound + 1e-9) == pytest.approx(bound, abs=3 * error)


def test_a_trend_before_support_is_found():
    panel = invented(units=60, supported=20, years=6, cohorts=(2014,), seed=3)
    rising = [
        0.8 * (year - 2010) if first else 0.0 for year, first in zip(*_columns(panel, "year", "first"), strict=True)
    ]
    moved = panel.set_column(2, "y", pa.array(np.array(panel["y"].to_pylist()) + rising))
    answer = ask(moved, permutations=199)
    assert answer.pre_trend.p_value < 0.05
    assert answer.verdict.grade == "not-credible"
    assert ask(panel, permutations=199).pre_trend.p_value > 0.05


def test_no_re_labelling_when_none_is_asked_for():
    answer = ask(invented(), permutations=0)
    assert (answer.randomization, answer.overall.p_randomization) == (None, None)
    assert answer.pre_trend.method == "hotelling"
    assert answer.leave_one_out is not None


def test_large_panels_do_without_and_say_so():
    answer = ask(invented(units=resampling.MOST_UNITS + 1, supported=2000, years=3, cohorts=(2012,)), permutations=99)
    assert (answer.randomization, answer.leave_one_out) == (None, None)
    assert (answer.pre_trend.method, answer.pre_trend.leads) == ("wald", 1)
    assert "no-randomization" in [one.code for one in answer.warnings]


def test_progress_rises_to_the_end():
    heard = []
    from khuyencong.impact.estimation.evaluate import evaluate
    from khuyencong.impact.estimation.question import Question

    asked = Question("unit", "year", "y", first_support="first", permutations=99)
    evaluate(invented(), asked, lambda share, stage: heard.append((share, stage)))
    shares = [share for share, _stage in heard]
    assert shares == sorted(shares)
    assert heard[-1] == (1.0, "done")
    assert [stage for _share, stage in heard if stage == "randomization"]


def _columns(panel, *names):
    return [panel[name].to_pylist() for name in names]
