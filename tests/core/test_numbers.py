"""A number is read in one way wherever it is written, and where it could be two, the person is asked."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import khuyencong
from khuyencong.core import numbers
from khuyencong.core.forms import MoneyField, NumberField, WholeField
from khuyencong.core.money import read_vnd
from khuyencong.core.tables import cells
from khuyencong.planning.forms.fields import AmountField

pytestmark = pytest.mark.database_free

QUANTITY = NumberField(max_digits=14, decimal_places=3)


@pytest.mark.parametrize(
    ("text", "places", "value"),
    [
        ("1250", 0, "1250"),
        ("1.250", 0, "1250"),
        ("1.250.000", 0, "1250000"),
        ("1,250,000", 0, "1250000"),
        ("1 250 000", 0, "1250000"),
        ("1.250.000,00", 0, "1250000"),
        ("-1.250", 0, "-1250"),
        ("22,5", 2, "22.5"),
        ("0,125", 3, "0.125"),
        ("1.250,5", 2, "1250.5"),
        ("1,250.5", 2, "1250.5"),
        ("1.526", 2, "1526"),
        ("1250,125", 3, "1250.125"),
    ],
)
def test_what_is_read(text, places, value):
    assert numbers.read(text, places) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "abc", "1e6", "1_000", "0x1", "²", "٣", "1..2", "1.2500.0", "12.34.567", "1 2"]
)
def test_what_is_no_number(text):
    with pytest.raises(numbers.NotRead):
        numbers.read(text, None)


READERS = {
    "a whole number": WholeField().clean,
    "money": MoneyField().clean,
    "a quantity": QUANTITY.clean,
    "a goal": AmountField().clean,
    "a cell": cells.whole,
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(("text", "one", "other"), [("900,000", "900000", "900"), ("1,000", "1000", "1")])
def test_two_readings_are_asked_for(reader, text, one, other):
    with pytest.raises((ValidationError, ValueError), match=rf"ghi rõ là {one} hay {other}\b"):
        reader(text)


def test_the_other_hand_on_each_screen():
    assert [WholeField().clean("500.000"), MoneyField().clean("500.000")] == [500_000, 500_000]
    assert QUANTITY.clean("1.250") == 1250
    with pytest.raises(ValidationError, match="1250 hay 1,25"):
        QUANTITY.clean("1,250")
    with pytest.raises(ValueError, match="1500 hay 1,5"):
        read_vnd("1,500 triệu")
    with translation.override("en"):
        assert WholeField().clean("500,000") == 500_000
        for field in (WholeField(), MoneyField()):
            with pytest.raises(ValidationError, match="500000"):
                field.clean("500.000")
        with pytest.raises(ValidationError, match=r"1250 hay 1\.25|1250 or 1\.25"):
            QUANTITY.clean("1.250")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["vi", "en"]))
def test_what_stands_in_a_box_is_read_again(value, language):
    with translation.override(language):
        assert WholeField().clean(WholeField().prepare_value(value)) == value


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["vi", "en"]))
def test_a_quantity_that_stands_in_a_box_is_read_again(value, language):
    with translation.override(language):
        assert QUANTITY.clean(QUANTITY.prepare_value(value)) == value


def _forms(kind=forms.BaseForm):
    for one in kind.__subclasses__():
        yield one
        yield from _forms(one)


def test_no_form_reads_numbers_in_its_own_way():
    """Django's own fields take 900,000 for 900 and 1.000 for 1, and 1_0 for 10."""
    get_resolver().url_patterns  # noqa: B018 - all rooms are there
    theirs = {forms.IntegerField, forms.DecimalField, forms.FloatField}
    ours = [form for form in _forms() if form.__module__.startswith("khuyencong.")]
    assert len(ours) > 40
    assert not [(form, name) for form in ours for name, one in form.base_fields.items() if type(one) in theirs]
    code = Path(khuyencong.__file__).parent
    made = re.compile(r"\bforms\.(?:Integer|Decimal|Float)Field\(")
    wrong = [path.name for path in code.rglob("*.py") if made.search(re.sub(r"class .*", "", path.read_text()))]
    assert not wrong
