"""Formulas over indicators."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.indicators.facts.schema import SCHEMAS
from khuyencong.indicators.formula import FormulaError, names, value
from khuyencong.planning.indicators import INDICATORS

pytestmark = pytest.mark.database_free

numbers = st.integers(-(10**12), 10**12)


@given(numbers, numbers, numbers)
def test_worked_out_as_written(a, b, c):
    known = {"a": a, "b": b, "c": c}
    assert value("a + b * c", known.get) == a + b * c
    assert value("(a - b) / 4", known.get) == Decimal(a - b) / 4
    assert value("-a", known.get) == -a


def test_nothing_comes_of_nothing_and_of_zero():
    assert value("a / b", {"a": 1, "b": 0}.get) is None
    assert value("a + b", {"a": 1}.get) is None
    assert value("a", {}.get) is None


def test_a_single_name_keeps_its_whole_number():
    assert type(value("a", {"a": 10**18 + 1}.get)) is int


def test_names_in_the_order_written():
    assert names("100 * spent / plan - spent") == ("spent", "plan")


@pytest.mark.parametrize(
    "text", ["", "a +", "a ** 2", "open('x')", "a.b", "a[0]", "1.5 * a", "'a'", "a if b else c", "True"]
)
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(FormulaError):
        value(text, {"a": 1, "b": 1, "c": 1}.get)


def test_the_catalogue_is_sound():
    for code, one in INDICATORS.items():
        assert code == one.code
        assert (one.measure is None) == bool(one.formula), code
        if one.measure is None:
            assert set(names(one.formula)) <= set(INDICATORS), code
        else:
            columns = set(SCHEMAS[one.measure.table].names)
            assert {name for name, _values in one.measure.where} <= columns, code
            assert not one.measure.column or one.measure.column in columns, code
