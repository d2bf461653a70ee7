"""The pure rules: what fits into next year's money, what an adjustment may do, what differs between versions."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from khuyencong.planning.rules.changes import Changes, Line, NewLine, Problem, budget_faults, change_faults
from khuyencong.planning.rules.choice import Candidate, choose, in_order
from khuyencong.planning.rules.versions import Part, compare

FUNDS = ("local", "national")
candidates = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 10**6),
        code=st.from_regex(r"DA-[0-9]{3}", fullmatch=True),
        fund=st.sampled_from(FUNDS),
        support=st.integers(0, 500),
        score=st.fractions(0, 100, max_denominator=3),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)
budgets = st.dictionaries(st.sampled_from(FUNDS), st.integers(0, 1500))


@given(candidates, budgets)
def test_what_is_chosen_never_passes_the_money_and_everybody_is_somewhere(found, money):
    choice = choose(found, money)
    told = []
    for fund, one in choice.items():
        taken = sum(each.support for each in one.chosen)
        assert taken <= money.get(fund, 0) or not taken
        assert one.left == max(0, money.get(fund, 0)) - taken >= 0
        assert all(each.missing == each.candidate.support - one.left > 0 for each in one.outside)
        told += [*one.chosen, *(each.candidate for each in one.outside)]
    assert sorted(each.key for each in told) == sorted(each.key for each in found)


@given(candidates, budgets, st.randoms())
def test_the_order_in_which_proposals_come_plays_no_part(found, money, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert choose(found, money) == choose(shuffled, money)


@given(candidates, st.integers(0, 1500))
def test_whoever_is_left_out_stood_behind_those_taken_before(found, budget):
    """The first of the order is taken whenever it fits alone."""
    own = [one for one in found if one.fund == "local"]
    if own and (first := in_order(own)[0]).support <= budget:
        assert first in choose(own, {"local": budget})["local"].chosen


def test_the_higher_score_then_the_smaller_support_then_the_code():
    made = [
        Candidate(1, "B", "local", 100, Fraction(5)),
        Candidate(2, "A", "local", 100, Fraction(5)),
        Candidate(3, "C", "local", 50, Fraction(5)),
        Candidate(4, "D", "local", 400, Fraction(9)),
    ]
    assert [one.key for one in in_order(made)] == [4, 3, 2, 1]
    choice = choose(made, {"local": 480})["local"]
    assert [one.key for one in choice.chosen] == [4, 3]
    assert [(one.candidate.key, one.missing) for one in choice.outside] == [(2, 70), (1, 70)]


LINES = [Line(1, "Máy móc", "local", 500, 300), Line(2, "Mô hình", "national", 700, 0)]
MONEY = {"local": 600, "national": 700}


def problems(changes):
    return [(one.problem, one.what, one.amount) for one in change_faults(LINES, MONEY, changes)]


def test_an_adjustment_stays_within_money_and_above_what_is_committed():
    assert problems(Changes()) == [(Problem.NOTHING, "", 0)]
    assert problems(Changes(amounts={1: 299})) == [(Problem.BELOW_COMMITTED, "Máy móc", 300)]
    assert problems(Changes(amounts={1: 300})) == []
    assert problems(Changes(lines=(NewLine("local", None, "Máy móc", 1),))) == [(Problem.NAME_TAKEN, "Máy móc", 0)]
    more = (NewLine("local", None, "Tư vấn", 101),)
    assert problems(Changes(lines=more)) == [(Problem.ABOVE_BUDGET, "local", 1)]
    assert problems(Changes(lines=more, budgets={"local": 601})) == []
    assert budget_faults([("other", 5)], MONEY)[0].problem is Problem.NO_BUDGET


amounts = st.dictionaries(st.integers(1, 99), st.integers(0, 10**12), max_size=4)
new_lines = st.builds(
    NewLine, st.sampled_from(FUNDS), st.none() | st.integers(1, 9), st.text(min_size=1, max_size=9), st.integers(1, 99)
)


@given(
    amounts,
    st.dictionaries(st.sampled_from(FUNDS), st.integers(0, 99)),
    st.dictionaries(st.integers(1, 99), st.decimals(0, 10**9, places=2), max_size=3),
    st.lists(new_lines, max_size=3),
)
def test_changes_are_read_back_as_they_were_written(lines, money, targets, new):
    changes = Changes(lines, money, targets, tuple(new))
    assert Changes.read(changes.as_json()) == changes


def version(**parts):
    line = {"key": 1, "fund": "local", "activity": "", "name": "Máy móc", "amount": 5}
    goal = {"indicator": "disbursed", "baseline": "", "baseline_year": None, "targets": {"2026": "7"}}
    return {"basis": ["45/2012/NĐ-CP"], "budgets": [], "lines": [line], "goals": [goal], "projects": []} | parts


def test_versions_differ_by_what_was_added_changed_and_taken_away():
    assert compare(version(), version()) == ()
    after = version(
        basis=[],
        budgets=[{"source": "local", "programme": "", "amount": 9}],
        lines=[{"key": 1, "fund": "local", "activity": "", "name": "Máy móc", "amount": 4}],
        goals=[],
    )
    assert [(one.part, one.what, one.old, one.new) for one in compare(version(), after)] == [
        (Part.BASIS, ("45/2012/NĐ-CP",), True, None),
        (Part.BUDGET, ("local", ""), None, 9),
        (Part.LINE, ("local", "Máy móc"), 5, 4),
        (Part.GOAL, ("disbursed", "2026"), "7", None),
    ]
    assert [(one.old, one.new) for one in compare(after, version())] == [
        (one.new, one.old) for one in sorted(compare(version(), after), key=lambda one: list(Part).index(one.part))
    ]


def test_a_first_version_differs_from_nothing_by_all_it_says():
    assert {one.part for one in compare({}, version())} == {Part.BASIS, Part.LINE, Part.GOAL}
    assert Decimal("7") == Decimal(next(one.new for one in compare({}, version()) if one.part is Part.GOAL))
