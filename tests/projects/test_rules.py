"""What holds for the money and the year of a project."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.projects.record.rules import FIRST_YEAR, money_problem, year_problem

pytestmark = pytest.mark.database_free

AMOUNTS = st.integers(0, 10**13)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_total_covers_its_parts_and_other_programmes_may_add(support, counterpart, more):
    assert money_problem(support, counterpart, support + counterpart + more) is None


@given(AMOUNTS, AMOUNTS, st.integers(1, 10**13))
def test_what_is_missing_is_told_to_the_dong(support, counterpart, less):
    total = support + counterpart - less
    over = money_problem(support, counterpart, total)
    assert over == less
    assert money_problem(support, counterpart, total + over) is None
    assert money_problem(support, counterpart, total + over - 1) == 1


@given(st.integers(1900, 2200), st.integers(2000, 2100))
def test_a_year_of_acceptance_has_come(accepted, this_year):
    assert year_problem(accepted, this_year) == (accepted > this_year or accepted < FIRST_YEAR)


def test_a_project_that_is_not_accepted_has_no_year():
    assert not year_problem(None, 2026)
