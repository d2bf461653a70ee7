"""The rules of changes and versions as laws: what holds of every plan and every adjustment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong.planning.rules.changes import (
    Changes,
    Line,
    NewLine,
    Problem,
    adjusted_lines,
    budget_faults,
    change_faults,
)
from khuyencong.planning.rules.versions import Part, compare

pytestmark = pytest.mark.database_free

FUNDS = st.sampled_from(["local", "national"])
MONEY = st.integers(0, 30)
NAMES = st.sampled_from("ABC")
BUDGETS = st.dictionaries(FUNDS, MONEY)
LINES = st.lists(
    st.builds(Line, st.integers(1, 5), NAMES, FUNDS, st.integers(10, 30), st.integers(0, 10)),
    max_size=5,
    unique_by=lambda one: one.key,
)
CHANGES = st.builds(
    Changes,
    st.dictionaries(st.integers(1, 5), MONEY, max_size=3),
    BUDGETS,
    st.just({}),
    st.lists(st.builds(NewLine, FUNDS, st.none(), NAMES, MONEY), max_size=2).map(tuple),
)


@settings(max_examples=30)
@given(st.lists(st.tuples(FUNDS, MONEY), max_size=6), BUDGETS)
def test_lines_stay_within_the_budget_of_their_fund_or_it_is_told_by_how_much(lines, budgets):
    faults = {one.what: one for one in budget_faults(lines, budgets)}
    for fund in {fund for fund, _amount in lines}:
        total = sum(amount for one, amount in lines if one == fund)
        if fund not in budgets:
            assert (faults.pop(fund).problem, total) == (Problem.NO_BUDGET, total)
        elif total > budgets[fund]:
            assert faults.pop(fund).amount == total - budgets[fund]
    assert not faults


@settings(max_examples=30)
@given(LINES, BUDGETS, CHANGES)
def test_what_is_let_through_holds_what_is_committed_within_money_under_names_of_its_own(lines, budgets, changes):
    if change_faults(lines, budgets, changes):
        return
    assert changes
    assert all(changes.amounts.get(one.key, one.committed) >= one.committed for one in lines)
    assert budget_faults(adjusted_lines(lines, changes), {**budgets, **changes.budgets}) == []
    new = [(one.fund, one.name) for one in changes.lines]
    assert len(set(new)) == len(new) and not set(new) & {(one.fund, one.name) for one in lines}


@settings(max_examples=30)
@given(LINES, CHANGES)
def test_an_adjustment_loses_no_line(lines, changes):
    assert len(adjusted_lines(lines, changes)) == len(lines) + len(changes.lines)
    assert adjusted_lines(lines, Changes()) == [(one.fund, one.amount) for one in lines]


CONTENTS = st.fixed_dictionaries(
    {},
    optional={
        "basis": st.lists(NAMES, unique=True),
        "budgets": st.dictionaries(FUNDS, MONEY).map(
            lambda found: [{"source": fund, "programme": "", "amount": one} for fund, one in found.items()]
        ),
        "lines": st.dictionaries(st.tuples(FUNDS, NAMES), MONEY).map(
            lambda found: [{"fund": fund, "name": name, "amount": one} for (fund, name), one in found.items()]
        ),
        "goals": st.dictionaries(NAMES, st.dictionaries(st.sampled_from(["2026", "2027"]), NAMES)).map(
            lambda found: [{"indicator": code, "targets": targets} for code, targets in found.items()]
        ),
        "projects": st.dictionaries(NAMES, MONEY).map(
            lambda found: [{"code": code, "title": code, "support": one} for code, one in found.items()]
        ),
    },
)


@settings(max_examples=30)
@given(CONTENTS, CONTENTS)
def test_going_back_tells_the_same_the_other_way_round(before, after):
    forth = {(one.part, one.what): (one.old, one.new) for one in compare(before, after)}
    back = {(one.part, one.what): (one.new, one.old) for one in compare(after, before)}
    assert forth == back
    assert all(old != new for old, new in forth.values())
    assert compare(before, before) == ()


@settings(max_examples=30)
@given(CONTENTS, CONTENTS)
def test_differences_come_part_by_part(before, after):
    parts = [list(Part).index(one.part) for one in compare(before, after)]
    assert parts == sorted(parts)
