"""Rows that one adds to and takes from: read whatever their numbers, counted to the dong, none of them lost."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.projects.proposal.forms.rows import MOST_ROWS, BlendedRows, LineForm, LineRows, QuantityField, shown
from khuyencong.projects.proposal.rules import CostLine

pytestmark = pytest.mark.database_free


def typed(rows, prefix="lines"):
    """Number on the page -> field -> text, as a browser sends it."""
    data = QueryDict(mutable=True)
    for number, row in rows.items():
        for name, text in row.items():
            data[f"{prefix}-{number}-{name}"] = text
    return data


def line(name="Máy sấy", unit="cái", quantity="1", unit_price="300.000.000", price_source=""):
    return {"name": name, "unit": unit, "quantity": quantity, "unit_price": unit_price, "price_source": price_source}


BLANK = dict.fromkeys(line(), "")


def read(data):
    return shown(LineRows, "lines", [], data)


def test_gaps_and_blank_rows_play_no_part_and_an_empty_row_waits_at_the_end():
    rows = read(typed({0: BLANK, 3: line("A"), 7: BLANK, 12: line("B")}))
    assert rows.is_valid()
    assert [row.line().name for row in rows.filled()] == ["A", "B"]
    assert [number for number, _row in rows.numbered()] == [3, 12], "a sum finds its row on the page again"
    assert len(rows.forms) == 3
    assert not rows.forms[-1].has_changed()


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("1", "300.000.000", 300_000_000),
        ("1,5", "40.000.000", 60_000_000),
        ("1.5", "40 triệu", 60_000_000),
        ("1.000", "1.000", 1_000_000),
        ("0,001", "499", 0),
        ("0,001", "500", 1),
        ("2", "1,5 tỷ", 3_000_000_000),
    ],
)
def test_numbers_are_read_as_people_write_them(quantity, price, amount):
    rows = read(typed({0: line(quantity=quantity, unit_price=price)}))
    assert rows.is_valid(), rows.errors
    assert rows.forms[0].known_amount == amount == rows.forms[0].line().amount


WRONG = {
    "name": "",
    "unit": "",
    "quantity": "0",
    "unit_price": "-1",
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_cell_is_named_and_what_was_typed_stays(field):
    rows = read(typed({0: line() | {field: WRONG[field]}, 1: line("B")}))
    assert not rows.is_valid()
    assert set(rows.forms[0].errors) == {field}
    assert not rows.forms[1].errors
    assert [row.line().name for row in rows.readable()] == ["B"]
    assert rows.forms[0]["price_source"].value() == ""
    assert rows.forms[0][field].value() == WRONG[field]


@pytest.mark.parametrize("text", ["mười", "1,2345", "-3", "1e9", "NaN", "Infinity", "１"])
def test_a_quantity_that_is_none_is_refused_or_read_as_a_number(text):
    rows = read(typed({0: line(quantity=text, unit_price="1.000")}))
    if rows.is_valid():
        assert rows.forms[0].line().quantity > 0
    else:
        assert set(rows.forms[0].errors) == {"quantity"}
        assert rows.forms[0].known_amount is None


def test_a_line_that_no_column_holds_is_refused():
    rows = read(typed({0: line(quantity="99.999.999.999", unit_price="999.999.999.999.999")}))
    assert not rows.is_valid()
    assert "quá lớn" in rows.forms[0].errors["unit_price"][0]


def test_more_rows_than_a_page_takes_are_told_not_dropped():
    rows = read(typed({number: line() for number in range(MOST_ROWS + 1)}))
    assert not rows.is_valid()
    assert rows.non_form_errors()


@pytest.mark.django_db
def test_a_programme_needs_its_money_and_money_its_programme():
    for row, wrong in (
        ({"programme": "ocop", "name": "", "amount": ""}, "amount"),
        ({"programme": "", "name": "", "amount": "1.000"}, "programme"),
        ({"programme": "khac", "name": "", "amount": "1.000"}, "programme"),
        ({"programme": "ocop", "name": "", "amount": "0"}, "amount"),
    ):
        rows = shown(BlendedRows, "blended", [], typed({0: row}, "blended"))
        assert not rows.is_valid()
        assert set(rows.forms[0].errors) == {wrong}


_quantities = st.decimals(Decimal("0.001"), Decimal(100_000), places=3)


@given(st.lists(st.tuples(_quantities, st.integers(0, 10**9)), max_size=8), st.data())
def test_what_is_shown_is_read_back_to_the_same_dong(pairs, data):
    """A quantity and a price as the page shows them, under any numbers, give the amounts of the rule."""
    numbers = sorted(data.draw(st.sets(st.integers(0, 500), min_size=len(pairs), max_size=len(pairs))))
    rows = {}
    for number, (quantity, price) in zip(numbers, pairs, strict=True):
        kept = LineForm(initial={"name": "A", "unit": "cái", "quantity": quantity, "unit_price": price})
        rows[number] = line(quantity=str(kept["quantity"].value()), unit_price=str(kept["unit_price"].value()))
    found = read(typed(rows))
    assert found.is_valid(), found.errors
    expected = [CostLine(int(quantity * 1000), price).amount for quantity, price in pairs]
    assert [row.line().amount for row in found.filled()] == expected
    assert [row.known_amount for row in found.filled()] == expected


def test_a_number_is_shown_in_the_local_form():
    row = LineForm(initial={"quantity": Decimal("1500.500"), "unit_price": 1_250_000})
    assert 'value="1.500,5"' in str(row["quantity"])
    assert f'value="{formats.number_format(1_250_000, use_l10n=True, force_grouping=True)}"' in str(row["unit_price"])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("typed", "meant"), [("1,5", "1.5"), ("1.5", "1.5"), ("12,25", "12.25"), ("2", "2")])
def test_one_and_a_half_is_never_fifteen(language, typed, meant):
    with translation.override(language):
        assert QuantityField().clean(typed) == Decimal(meant)
