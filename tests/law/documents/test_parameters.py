"""Numbers and days of the year that a dated rule sets, for a fund and for a kind of content."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from khuyencong.law.documents.queries.parameters import for_case, parameter
from khuyencong.law.models import Parameter

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("content", "variant", "most"),
    [
        ("machinery", "", 70),
        ("linkage-and-clusters", "infrastructure", 30),
        ("linkage-and-clusters", "plan", 70),
        ("linkage-and-clusters", "relocation", 0),
        ("linkage-and-clusters", "", 70),
        ("management-capacity", "founding", 100),
        ("management-capacity", "", 70),
    ],
)
def test_the_advance_of_the_national_fund_depends_on_the_content(content, variant, most):
    found = for_case(["national-advance"], DAY, "national", content, variant)
    assert found.whole == most
    assert (str(found.document), found.own) == ("36/2013/TT-BCT", False)
    assert for_case(["national-advance"], DAY, "local", content, variant) is None


def test_days_of_the_year_and_parts_of_a_percent():
    dates = {one.code: (one.month, one.day) for one in Parameter.objects.filter(unit="date")}
    assert dates == {
        "national-file-department": (5, 20), "national-file-ministry": (6, 15), "national-monthly-report": (None, 25),
        "national-closing": (1, 22),
    }  # fmt: skip
    assert parameter("project-management-share", dt.date(2016, 1, 1)).value == Decimal("2.5")
    assert parameter("project-management-share", DAY) is None, "not found in the circular of 2018"


def test_a_span_that_no_document_sets_is_the_provinces_own():
    own = {one.code for one in Parameter.objects.all() if one.own}
    assert {one.code for one in Parameter.objects.filter(unit="working-days")} <= own
    assert not {"advance-percent", "national-advance", "national-settlement-file"} & own


@pytest.mark.parametrize("wrong", [{"value": 5}, {"day": None}, {"day": 32}, {"month": 13}])
def test_a_day_of_the_year_is_a_day_and_no_number(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Parameter.objects.filter(code="national-closing").update(**wrong)
