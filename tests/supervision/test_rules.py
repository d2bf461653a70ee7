"""Risks and the plan of a year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.supervision.rules import Facts, Part, Risk, Score, Weights, propose, score, unanswered

pytestmark = pytest.mark.database_free

WEIGHTS = Weights(
    {Risk.AMOUNT: 30, Risk.DELAY: 25, Risk.NEW: 15, Risk.EARLIER: 20, Risk.ADVANCE: 10}, 300_000_000, 60, 3, 180
)
FACTS = st.builds(
    Facts,
    support=st.integers(0, 2_000_000_000),
    overdue_days=st.integers(-100, 400),
    youngest_age=st.none() | st.integers(0, 40),
    earlier=st.integers(0, 5),
    held=st.integers(0, 300_000_000),
    idle_days=st.integers(0, 900),
)
SCORES = st.dictionaries(
    st.integers(1, 500), st.integers(0, 100).map(lambda n: Score(n, (Part(Risk.AMOUNT, n, 100),))), max_size=60
)


@given(FACTS)
def test_the_score_is_the_sum_of_its_parts_and_within_bounds(facts):
    found = score(facts, WEIGHTS)
    assert found.points == sum(part.points for part in found.parts)
    assert all(0 <= part.points <= part.most for part in found.parts)


@given(FACTS, st.sampled_from(["support", "overdue_days", "earlier", "idle_days"]), st.integers(1, 500))
def test_more_risk_never_lowers_the_score(facts, name, more):
    import dataclasses

    worse = dataclasses.replace(facts, **{name: getattr(facts, name) + more})
    assert score(worse, WEIGHTS).points >= score(facts, WEIGHTS).points


@given(SCORES, st.integers(1, 80), st.integers(0, 100), st.integers(0, 10**6), st.randoms())
def test_the_plan_has_its_number_no_project_twice_and_no_order(scores, number, chance, seed, random):
    plan = propose(scores, number, chance, seed)
    keys = [one.key for one in plan]
    assert len(keys) == len(set(keys)) == min(number, len(scores))
    shuffled = list(scores.items())
    random.shuffle(shuffled)
    assert propose(dict(shuffled), number, chance, seed) == plan
    by_risk = [one.score.points for one in plan if not one.by_chance]
    left = [scores[key].points for key in scores if key not in keys]
    assert not by_risk or not left or min(by_risk) >= max(left)


def test_chance_gives_the_safest_a_place():
    scores = {key: Score(100 - key, ()) for key in range(100)}
    drawn = {one.key for seed in range(60) for one in propose(scores, 10, 20, seed) if one.by_chance}
    assert max(drawn) > 80


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", "yes"])),
)
def test_a_visit_is_done_when_nothing_is_unanswered(questions, answers):
    assert unanswered(questions, answers) == [one for one in questions if answers.get(one, "") != "yes"]
