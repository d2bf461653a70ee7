"""A project under way with its contract, and an inspection of it that is planned."""

import datetime as dt

import pytest
from django.db import transaction

from khuyencong.supervision import actions
from tests.factories.live import make_live, with_contract
from tests.factories.ready import People


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


@pytest.fixture
def contracted(people, commune):
    """A project that the officer of the province drafted."""
    made = make_live(commune, "in-progress", drafted_by=people.officer)
    with transaction.atomic():
        with_contract(made, people.officer)
    return made


@pytest.fixture
def planned(people, contracted):
    return actions.plan_visit(people.inspector, contracted, dt.date(2026, 3, 10), people.inspector)
