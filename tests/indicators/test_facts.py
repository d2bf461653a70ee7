"""The fact tables as they are read from the database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core import clock
from khuyencong.indicators.facts.load import load
from khuyencong.indicators.facts.schema import SCHEMAS
from khuyencong.indicators.facts.sharing import shares
from khuyencong.projects.models import Contract, Payment, Step
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.clock


@pytest.mark.database_free
@given(st.integers(-(10**13), 10**13), st.integers(1, 40))
def test_shares_are_whole_equal_and_add_up(total, among):
    found = shares(total, among)
    assert sum(found) == total
    assert len(found) == among
    assert max(found) - min(found) <= 1
    assert found == sorted(found, reverse=True)


def step(project, target, day, position=1):
    return Step.objects.create(
        project=project,
        position=position,
        transition="x",
        source="draft",
        target=target,
        day=day,
        taken_at=clock.now(),
    )


def paid(project, amount, day, kind="payment"):
    contract, _new = Contract.objects.get_or_create(
        project=project, defaults={"number": "1", "signed_on": day, "amount": project.support_amount}
    )
    return Payment.objects.create(
        contract=contract,
        kind=kind,
        fund=project.fund,
        amount=amount,
        paid_on=day,
        made_at=clock.now(),
        reason="thử",
    )


@pytest.mark.django_db
def test_the_tables_have_their_columns(officer, commune):
    make_result(make_establishment(commune), workers=3)
    tables = load(officer)
    assert {name: table.schema for name, table in tables.items()} == dict(SCHEMAS)


@pytest.mark.django_db
def test_a_project_of_two_communes_is_counted_once_and_its_money_split(officer, commune, other_commune):
    first, second = make_establishment(commune, code="A"), make_establishment(other_commune, code="B")
    project = make_project(first, second, support=101)
    step(project, "approved", dt.date(2020, 3, 1))
    paid(project, 33, dt.date(2020, 4, 2))
    tables = load(officer)
    rows = [row for row in tables["milestones"].to_pylist() if row["event"] == "approved"]
    assert [(row["commune"], row["lead"], row["support"], row["month"]) for row in rows] == [
        ("01477", 1, 51, 3), ("01273", 0, 50, 3)]  # fmt: skip
    assert [row["amount"] for row in tables["payments"].to_pylist()] == [17, 16]


@pytest.mark.django_db
def test_an_acceptance_of_which_only_the_year_is_known(officer, commune):
    make_project(make_establishment(commune), year=2016)
    (row,) = load(officer)["milestones"].to_pylist()
    assert (row["event"], row["year"], row["month"]) == ("accepted", 2016, None)


@pytest.mark.django_db
def test_the_first_time_counts_and_a_recovery_is_taken_off(officer, commune):
    project = make_project(make_establishment(commune), year=None)
    step(project, "submitted", dt.date(2024, 11, 5), 1)
    step(project, "returned", dt.date(2024, 12, 5), 2)
    step(project, "submitted", dt.date(2025, 1, 5), 3)
    paid(project, 70, dt.date(2025, 2, 1))
    paid(project, 20, dt.date(2025, 3, 1), "recovery")
    tables = load(officer)
    assert [(row["event"], row["year"]) for row in tables["milestones"].to_pylist()] == [("submitted", 2024)]
    assert [(row["amount"], row["recovered"]) for row in tables["payments"].to_pylist()] == [(70, 0), (-20, 20)]


@pytest.mark.django_db
def test_results_know_whether_support_came_before(officer, commune):
    one = make_establishment(commune)
    make_project(one, year=2020)
    for year in (2019, 2020, 2021):
        make_result(one, year)
    found = {row["year"]: row["supported"] for row in load(officer)["results"].to_pylist()}
    assert found == {2019: False, 2020: True, 2021: True}


@pytest.mark.django_db
def test_a_commune_officer_reads_only_the_commune(commune_officer, officer, commune, other_commune):
    here, there = make_establishment(commune, code="A"), make_establishment(other_commune, code="B")
    make_project(here, there, support=100)
    make_result(here)
    make_result(there)
    own = load(commune_officer)
    assert [row["commune"] for row in own["milestones"].to_pylist()] == ["01477"]
    assert own["results"].num_rows == 1
    assert own["plan"].num_rows == 0
    of_one = load(officer, commune)
    assert [row["support"] for row in of_one["milestones"].to_pylist()] == [50]
