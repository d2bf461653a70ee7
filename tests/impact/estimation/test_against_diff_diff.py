"""Digit by digit the same numbers as diff-diff's CallawaySantAnna, and as moderndid for calendar years."""

import warnings

import numpy as np
import pytest

from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.question import Question
from tests.factories.panels import invented, jtrain, mpdta, table

pytestmark = pytest.mark.database_free
SAME = 1e-8
PEER = {"never": "never_treated", "not-yet": "not_yet_treated"}


def _jtrain():
    frame = jtrain()
    granted = frame[frame.grant == 1].groupby("fcode").year.min()
    return frame.assign(first=frame.fcode.map(granted).fillna(0).astype(int))


def _thinned(seed):
    """mpdta without a sixth of its rows: an unbalanced panel."""
    return mpdta().sample(frac=5 / 6, random_state=seed)


def _emptied():
    """A panel with rows whose outcome is missing, and units never observed at all."""
    frame = invented(units=60, supported=24, years=8, cohorts=(2012, 2014, 2016), missing=0.3, seed=5).to_pandas()
    frame.loc[frame.unit.isin([3, 50]), "y"] = np.nan
    return frame


COUNTY = ("countyreal", "year", "lemp", "first.treat")
PANELS = {
    "mpdta": (mpdta, COUNTY),
    "mpdta, a sixth of the rows gone": (lambda: _thinned(3), COUNTY),
    "mpdta, another sixth gone": (lambda: _thinned(8), COUNTY),
    "mpdta, all supported sooner or later": (lambda: mpdta()[mpdta()["first.treat"] > 0], COUNTY),
    "jtrain, log scrap rate": (_jtrain, ("fcode", "year", "lscrap", "first")),
    "jtrain, log employment": (_jtrain, ("fcode", "year", "lemploy", "first")),
    "invented, a third of the outcomes missing": (_emptied, ("unit", "year", "y", "first")),
}
CASES = [(name, control) for name in PANELS for control in PEER if (control, "sooner" in name) != ("never", True)]


@pytest.fixture(scope="module")
def both():
    """(ours, the peer's) for a panel and a control group, each computed once."""
    known = {}

    def do(name, control):
        if (name, control) not in known:
            make, columns = PANELS[name]
            known[name, control] = _ours(make(), columns, control), _peer(make(), columns, control)
        return known[name, control]

    return do


def _ours(frame, columns, control):
    unit, time, outcome, first = columns
    question = Question(unit, time, outcome, first_support=first, control=control, permutations=0)
    return evaluate(table(frame[list(columns)]), question)


def _peer(frame, columns, control):
    from diff_diff import CallawaySantAnna

    unit, time, outcome, first = columns
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CallawaySantAnna(control_group=PEER[control], estimation_method="reg", n_bootstrap=0).fit(
            frame.copy(), outcome=outcome, unit=unit, time=time, first_treat=first, aggregate="all"
        )


def _agree(ours, theirs):
    """Every estimate and standard error is the same; cells the peer cannot estimate are not in ours.

    Of a single supported unit we give no standard error: the peer's is that of the controls alone.
    """
    finite = {key: one for key, one in theirs.items() if np.isfinite(one["effect"])}
    assert set(ours) == set(finite)
    for key, one in finite.items():
        assert ours[key].estimate == pytest.approx(one["effect"], abs=SAME), key
        if ours[key].se is None:
            assert ours[key].supported == 1
        else:
            assert ours[key].se == pytest.approx(one["se"], abs=SAME), key


@pytest.mark.parametrize(("name", "control"), CASES)
def test_every_group_time_effect(both, name, control):
    ours, peer = both(name, control)
    _agree({(one.group, one.time): one for one in ours.group_time}, peer.group_time_effects)


@pytest.mark.parametrize(("name", "control"), CASES)
def test_the_overall_effect(both, name, control):
    ours, peer = both(name, control)
    assert ours.overall.estimate == pytest.approx(peer.overall_att, abs=SAME)
    assert ours.overall.se == pytest.approx(peer.overall_se, abs=SAME)
    assert ours.overall.p_normal == pytest.approx(peer.overall_p_value, abs=SAME)


@pytest.mark.parametrize(("name", "control"), CASES)
def test_the_event_study(both, name, control):
    ours, peer = both(name, control)
    _agree({one.since: one for one in ours.event_study}, peer.event_study_effects)


@pytest.mark.parametrize(("name", "control"), CASES)
def test_every_cohort(both, name, control):
    ours, peer = both(name, control)
    _agree({one.year: one for one in ours.by_group}, peer.group_effects)


@pytest.mark.parametrize("control", ["nevertreated", "notyettreated"])
def test_calendar_years_as_moderndid(control):
    from moderndid import aggte, att_gt, load_mpdta

    columns = {"yname": "lemp", "tname": "year", "idname": "countyreal", "gname": "first.treat"}
    found = att_gt(load_mpdta(), **columns, est_method="reg", control_group=control, cband=False)
    theirs = aggte(found, type="calendar", cband=False)
    ours = _ours(mpdta(), COUNTY, {"nevertreated": "never", "notyettreated": "not-yet"}[control])
    assert [one.year for one in ours.by_year] == list(theirs.event_times)
    np.testing.assert_allclose([one.estimate for one in ours.by_year], theirs.att_by_event, atol=SAME)
    np.testing.assert_allclose([one.se for one in ours.by_year], theirs.se_by_event, atol=SAME)
