"""The table that Callaway & Sant'Anna's R package ``did`` publishes for mpdta, to four decimals.

No covariates, never-treated controls, the year just before as base for the years before treatment: the vignette
"Getting Started with the did Package".
"""

import pytest

from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.question import Question
from tests.factories.panels import MPDTA, mpdta, table

pytestmark = pytest.mark.database_free

GROUP_TIME = {
    (2004, 2004): -0.0105,
    (2004, 2005): -0.0704,
    (2004, 2006): -0.1373,
    (2004, 2007): -0.1008,
    (2006, 2004): 0.0065,
    (2006, 2005): -0.0028,
    (2006, 2006): -0.0046,
    (2006, 2007): -0.0412,
    (2007, 2004): 0.0305,
    (2007, 2005): -0.0027,
    (2007, 2006): -0.0311,
    (2007, 2007): -0.0261,
}
EVENT_STUDY = {-3: 0.0305, -2: -0.0006, -1: -0.0245, 0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008}
COHORTS = {2004: -0.0797, 2006: -0.0229, 2007: -0.0261}


@pytest.fixture(scope="module")
def answer():
    return evaluate(table(mpdta()), Question(**MPDTA, permutations=0))


def test_who_is_compared(answer):
    assert (answer.units, answer.supported, answer.controls, answer.observations) == (500, 191, 309, 2500)


def test_every_group_time_effect(answer):
    assert {(one.group, one.time): round(one.estimate, 4) for one in answer.group_time} == GROUP_TIME


def test_the_overall_effect(answer):
    assert round(answer.overall.estimate, 4) == -0.0400


def test_the_event_study(answer):
    assert {one.since: round(one.estimate, 4) for one in answer.event_study} == EVENT_STUDY


def test_the_cohorts(answer):
    assert {one.year: round(one.estimate, 4) for one in answer.by_group} == COHORTS
