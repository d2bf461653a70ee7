"""The registry as a panel: who was supported when, what is missing, whose it is, and no names."""

import io

import pyarrow.parquet as pq
import pytest

from khuyencong.impact import actions
from khuyencong.impact.panels import OUTCOMES, STRATA, registry_panel
from khuyencong.places.models import Unit
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


def _rows(user, outcome="revenue"):
    return registry_panel(user, outcome).to_pylist()


def test_first_support_is_the_year_of_the_first_accepted_project(officer, commune):
    twice, never = make_establishment(commune, code="A"), make_establishment(commune, "Cơ sở khác", code="B")
    make_project(twice, code="DA-2", year=2021)
    make_project(twice, code="DA-1", year=2019)
    for establishment in (twice, never):
        make_result(establishment, 2018, revenue=500_000_000)
        make_result(establishment, 2019, revenue=None)
    assert [(row["unit"], row["year"], row["revenue"], row["first_support"]) for row in _rows(officer)] == [
        (twice.pk, 2018, 5e8, 2019),
        (twice.pk, 2019, None, 2019),  # missing is missing, never 0
        (never.pk, 2018, 5e8, None),
        (never.pk, 2019, None, None),
    ]


def test_strata(officer, commune, other_commune):
    small = make_establishment(commune, code="A", legal_form="household")
    large = make_establishment(other_commune, "Cơ sở khác", code="B", legal_form="enterprise")
    make_result(small, 2018, workers=None)
    make_result(small, 2019, workers=10)
    make_result(small, 2020, workers=200)  # grown since: size is that of the first year known
    make_result(large, 2018, workers=11)
    strata = {row["unit"]: (row["size"], row["area"], row["legal_form"]) for row in _rows(officer)}
    assert strata == {small.pk: ("micro", "commune", "household"), large.pk: ("larger", "ward", "enterprise")}


def test_only_the_persons_own_province(officer, commune):
    elsewhere = Unit.objects.filter(kind="commune", valid_to=None).exclude(parent=commune.parent).first()
    mine, other = make_establishment(commune, code="A"), make_establishment(elsewhere, "Cơ sở khác", code="B")
    make_result(mine)
    make_result(other)
    assert {row["unit"] for row in _rows(officer)} == {mine.pk}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_column_but_those_that_are_needed(outcome, officer, commune):
    make_result(make_establishment(commune))
    assert registry_panel(officer, outcome).column_names == ["unit", "year", outcome, "first_support", *STRATA]


def test_nothing_kept_says_who_is_who(officer, commune):
    """The file on the disk and in the bundle: no name, owner, telephone, tax code or code of the registry."""
    secrets = {
        "name": "Cơ sở miến dong Nà Khoang",
        "code": "CB-04711",
        "owner_name": "Nông Thị Thử",
        "phone": "0000 123 456",
        "tax_code": "9900000016",
    }
    supported = make_establishment(commune, **secrets)
    make_project(supported, year=2020)
    others = [make_establishment(commune, f"Cơ sở {n}", code=f"K{n}") for n in range(3)]
    for establishment in (supported, *others):
        for year in range(2018, 2022):
            make_result(establishment, year, revenue=10**8 + year)
    from khuyencong.impact.estimation.question import Question

    asked = Question("unit", "year", "revenue", first_support="first_support", log=True, permutations=9)
    evaluation = actions.ask_registry(officer, asked)
    with evaluation.panel.open() as file:
        content = file.read()
    assert pq.read_table(io.BytesIO(content)).num_rows == 16
    texts = "\n".join(str(row) for row in pq.read_table(io.BytesIO(content)).to_pylist())
    for secret in secrets.values():
        assert secret not in texts
        assert secret.encode() not in content
