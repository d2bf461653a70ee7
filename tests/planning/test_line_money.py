"""The money of a line: what it holds is the sum of what projects hold of it, whatever is done in which order."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.planning.actions.money import commit_to_line, spend_from_line
from khuyencong.planning.models import Commitment, PlanLine
from tests.factories.plans import make_line
from tests.trail import refused, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    return [make_line(name=name, amount=1000) for name in ("A", "B")]


def commit(line, project, amount):
    return commit_to_line(None, line.pk, project, amount)


def spend(line, amount):
    return spend_from_line(None, line.pk, amount)


def test_what_projects_hold_adds_up_and_is_recorded(lines):
    commit(lines[0], 1, 300)
    assert commit(lines[0], 2, 200).committed == 500
    assert trail() == ["update planline", "update planline"]


def test_a_project_holds_one_amount_the_last(lines):
    commit(lines[0], 1, 300)
    assert commit(lines[0], 1, 100).committed == 100
    assert Commitment.objects.get().amount == 100


def test_a_project_that_goes_to_another_line_leaves_the_first(lines):
    commit(lines[0], 1, 300)
    commit(lines[1], 1, 300)
    assert list(PlanLine.objects.order_by("name").values_list("committed", flat=True)) == [0, 300]
    assert len(trail()) == 3


def test_more_than_the_line_has_is_refused_by_the_database(lines):
    commit(lines[0], 1, 1000)
    with refused(kind=IntegrityError):
        commit(lines[0], 2, 1)


def test_spending_stays_within_what_is_held_and_comes_back(lines):
    commit(lines[0], 1, 300)
    assert spend(lines[0], 300).disbursed == 300
    for amount in (1, -301):
        with refused(kind=IntegrityError):
            spend(lines[0], amount)
    assert spend(lines[0], -300).disbursed == 0


MOVES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 1), st.integers(1, 3), st.integers(-400, 700)), min_size=4, max_size=12
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_is_tried_the_sums_are_right(lines, moves):
    with transaction.atomic():
        for committing, which, project, amount in moves:
            try:
                commit(lines[which], project, abs(amount)) if committing else spend(lines[which], amount)
            except IntegrityError:
                continue
        for line in PlanLine.objects.all():
            assert line.committed == (line.commitments.aggregate(sum=Sum("amount"))["sum"] or 0)
            assert 0 <= line.disbursed <= line.committed <= line.amount
        transaction.set_rollback(True)
