"""Two people do two things at once, every two of what many do at the same time: no deadlock, no error page.

Who writes with the house to himself cannot meet anybody, so what shares it is what is tried (``office.py``, which
has each of those actions), with some of the others: on projects that share a plan line, of one establishment and of
others; each pair once or more, in an order drawn by lot. ``script/prove pairs`` runs ten thousand (on PostgreSQL;
PAIRS says how many), the suite a sample.
"""

import itertools
import os
import random
import sys
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connection

from khuyencong.core import audit
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.imports.actions import PlanChanged
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.steps.actions import AlreadyTaken, Refused
from tests.acceptance.office import Office, sharing
from tests.projects.steps.test_races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

REFUSALS = (ValidationError, PermissionDenied, ChangedMeanwhile, AlreadyTaken, Refused, PlanChanged)


def run(office, number):
    """So many pairs; what went wrong, and how often each action went through."""
    lot, through, wrong = random.Random(7), Counter(), []
    pairs = list(itertools.combinations_with_replacement(office.acts(lot), 2))
    lot.shuffle(pairs)
    for names in itertools.islice(itertools.cycle(pairs), number):
        works = [office.acts(lot)[name] for name in names]
        for name, found in zip(names, all_at_once(*works), strict=True):
            ring = isinstance(found, Exception) and isinstance(found.__cause__, OperationalError)
            if ring or (isinstance(found, Exception) and not isinstance(found, REFUSALS)):
                wrong.append((names, name, repr(found), repr(found.__cause__)))
            elif not isinstance(found, Exception):
                through[name] += 1
    return wrong, through


@pytest.fixture
def office(province, commune, other_commune):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    return Office(province, commune, other_commune)


def test_whoever_shares_the_house_is_tried(office):
    """Each action that does not have the house to itself takes its turn in the tries, refused or not."""
    met, lot = set(), random.Random(7)

    def watch(frame, event, _argument):
        met.add(f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_name}".removeprefix("khuyencong."))

    for name in office.acts(lot):
        sys.setprofile(watch)
        try:
            office.acts(lot)[name]()
        except REFUSALS:
            pass
        finally:
            sys.setprofile(None)
    assert sharing() - met == set()


def test_a_sample_of_pairs_meets_no_deadlock_and_no_error(office):
    _hold(*run(office, 105))


@pytest.mark.proof("pairs")
def test_ten_thousand_pairs_meet_no_deadlock_and_no_error(office):
    _hold(*run(office, int(os.environ.get("PAIRS", "10000"))))


def _hold(wrong, through):
    assert wrong == []
    assert len(through) >= 16, through
    assert imbalances() == [] and audit.verify().broken is None
