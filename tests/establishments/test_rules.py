"""What holds for a tax code and for a yearly result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.establishments.rules import COUNTS, FIRST_YEAR, JUMP, MONEY, clean_tax_code, jumps, result_problems
from tests.establishments.tax_codes import BRANCHES, tax_codes

pytestmark = pytest.mark.database_free

THIS_YEAR = 2026
MEASURES = (*COUNTS, *MONEY, "profit")
AMOUNTS = st.none() | st.integers(-(10**12), 10**12)
RESULTS = st.fixed_dictionaries(dict.fromkeys(MEASURES, AMOUNTS))


@given(tax_codes)
def test_a_right_code_is_kept_however_it_is_spaced(code):
    assert clean_tax_code(code) == code
    assert clean_tax_code(f" {code[:2]} {code[2:]} ") == code
    assert clean_tax_code(f"{code[:4]}.{code[4:]}") == code


@given(tax_codes, st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_noticed(code, position, digit):
    wrong = f"{code[:position]}{digit}{code[position + 1 :]}"
    if wrong != code:
        with pytest.raises(ValueError, match="checksum"):
            clean_tax_code(wrong)


@given(tax_codes, BRANCHES)
def test_a_branch_has_three_more_digits_behind_a_hyphen(code, branch):
    assert clean_tax_code(f"{code}-{branch}") == clean_tax_code(f"{code}{branch}") == f"{code}-{branch}"


@given(st.text("0123456789", min_size=12, max_size=12))
def test_twelve_digits_are_the_personal_number_of_a_household(number):
    assert clean_tax_code(number) == number


@given(st.text("0123456789", min_size=1, max_size=20).filter(lambda text: len(text) not in (10, 12, 13)))
def test_another_number_of_digits_is_refused(text):
    with pytest.raises(ValueError, match="length"):
        clean_tax_code(text)


@pytest.mark.parametrize("text", ["", "abc", "480012345O", "４８００１２３４５６", "4800-123/456"])
def test_anything_but_digits_is_refused(text):
    with pytest.raises(ValueError, match="digits"):
        clean_tax_code(text)


@given(st.text(max_size=20))
def test_no_text_does_anything_but_pass_or_be_refused_with_a_reason(text):
    try:
        code = clean_tax_code(text)
    except ValueError as error:
        assert str(error) in ("digits", "length", "checksum")
    else:
        assert clean_tax_code(code) == code


@given(RESULTS)
def test_a_missing_value_is_never_wrong(values):
    for found in result_problems(values, 2020, None, THIS_YEAR):
        assert values[found.field] is not None
    assert not result_problems(dict.fromkeys(MEASURES), 2020, None, THIS_YEAR)
    assert not result_problems({}, 2020, None, THIS_YEAR)


@given(RESULTS)
def test_exactly_what_is_impossible_is_found(values):
    found = {(one.field, one.code) for one in result_problems(values, 2020, None, THIS_YEAR)}
    expected = {(name, "negative") for name in (*COUNTS, *MONEY) if (values[name] or 0) < 0}
    for part in ("women", "ethnic_minority"):
        if None not in (values[part], values["workers"]) and values[part] > values["workers"]:
            expected.add((part, "more-than-workers"))
    if None not in (values["export_value"], values["revenue"]) and values["export_value"] > values["revenue"]:
        expected.add(("export_value", "more-than-revenue"))
    assert found == expected


def test_only_a_profit_may_be_a_loss():
    assert not result_problems({"profit": -1}, 2020, None, THIS_YEAR)


@given(st.integers(1800, 2200), st.none() | st.integers(1900, 2026))
def test_a_year_has_come_and_the_establishment_was_there(year, founded):
    found = {one.code for one in result_problems({}, year, founded, THIS_YEAR)}
    assert ("too-early" in found) == (year < FIRST_YEAR)
    assert ("in-the-future" in found) == (year > THIS_YEAR)
    assert ("before-founding" in found) == (founded is not None and year < founded)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_ten_times_more_or_less_than_the_year_before_is_asked_about(now, then):
    asked = bool(jumps({"revenue": now}, {"revenue": then}))
    assert asked == (max(now, then) >= JUMP * min(now, then))


@given(st.none() | st.just(0), st.none() | st.integers(0, 10**9))
def test_nothing_to_compare_is_not_asked_about(now, then):
    assert not jumps({"revenue": now}, {"revenue": then})
    assert not jumps({"revenue": then}, {"revenue": now})
