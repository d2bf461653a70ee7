"""Money as people write it, and as it is read out on papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.forms import MoneyField
from khuyencong.core.money import MOST, read_vnd, vnd, vnd_in_words
from khuyencong.core.number_words import read_out

pytestmark = pytest.mark.database_free


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (35_000_000, "ba mươi lăm triệu"),
        (300_000_000, "ba trăm triệu"),
        (1_250_000_000, "một tỷ hai trăm năm mươi triệu"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (1_000_000_000_000, "một nghìn tỷ"),
    ],
)
def test_read_out(value, words):
    assert read_out(value) == words


DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5}
DIGITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}


def understood(words):
    """The number that a Vietnamese listener hears."""
    total, group, digit = 0, 0, 0
    for word in words.split():
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in ("nghìn", "triệu"):
            total += (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word]
            group = digit = 0
        elif word == "tỷ":
            total, group, digit = (total + group + digit) * 10**9, 0, 0
    return total + group + digit


@given(st.integers(0, MOST))
def test_what_is_read_out_is_heard(value):
    assert understood(read_out(value)) == value


def test_on_papers_it_begins_with_a_capital():
    assert vnd_in_words(450_000_000) == "Bốn trăm năm mươi triệu đồng"


def test_a_negative_number_is_not_read_out():
    with pytest.raises(ValueError, match="negative"):
        read_out(-1)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("500.000.000", 500_000_000),
        ("500000000 ₫", 500_000_000),
        ("500,000,000", 500_000_000),
        ("500 000 000 đ", 500_000_000),
        ("500 triệu", 500_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1.5 tỷ đồng", 1_500_000_000),
        ("1.500 triệu", 1_500_000_000),
        ("2 nghìn tỷ", 2_000_000_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("3tr 50 nghìn đồng", 3_050_000),
    ],
)
def test_money_is_read_as_people_write_it(text, amount):
    assert read_vnd(text) == amount


@pytest.mark.parametrize("text", ["", "abc", "1,5", "500.00", "-5", "0,5 đồng", "1.500,5 triệu", "9" * 20, "1 2 3",
                                  "1 tỷ 200", "1 tỷ 1200 triệu", "200 triệu 1 tỷ", "1,5 tỷ 200 triệu"])  # fmt: skip
def test_what_nobody_can_mean_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_vnd(text)


@given(st.integers(0, MOST))
def test_what_is_shown_is_read_again(amount):
    assert read_vnd(vnd(amount)) == amount
    field = MoneyField()
    assert field.clean(field.prepare_value(amount)) == amount
