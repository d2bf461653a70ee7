"""What a cell holds becomes a value, or the person is told what was expected; never something in between."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from khuyencong.core.tables import cells

pytestmark = pytest.mark.database_free

ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
WITHIN = st.integers(-cells.MOST, cells.MOST)


def grouped(number, mark):
    return f"{number:,}".replace(",", mark)


@given(WITHIN, st.sampled_from([".", " ", "\u00a0"]), st.sampled_from(["", " đ", " ₫", "đ"]))
def test_a_number_is_read_however_a_vietnamese_hand_writes_it(number, mark, currency):
    assert cells.whole(grouped(number, mark) + currency) == number
    assert cells.whole(f" {number}{currency} ") == number
    assert cells.whole(number) == number


@given(st.integers(-(2**53), 2**53))
def test_a_number_that_a_spreadsheet_holds_as_float_is_the_same(number):
    if abs(number) <= cells.MOST:
        assert cells.whole(float(number)) == number


@given(st.integers(1_000_000, cells.MOST))
def test_two_commas_group_and_one_comma_is_refused(number):
    assert cells.whole(grouped(number, ",")) == number
    with pytest.raises(ValueError, match="số nguyên"):
        cells.whole(grouped(number % 900_000 + 1000, ","))


@pytest.mark.parametrize(
    "written",
    ["", "abc", "12,5", "1.25", "1.2500", "1..250", "12.34.567", "1 triệu", "1e6", "0x10", "-", "1-2", True, 1.5],
)
def test_what_is_no_whole_number_is_refused_with_an_example(written):
    with pytest.raises(ValueError, match="số nguyên"):
        cells.whole(written)


@pytest.mark.parametrize("number", [cells.MOST + 1, -cells.MOST - 1, 10**30, 1e300, "9" * 25])
def test_a_number_that_no_database_column_holds_is_refused(number):
    with pytest.raises(ValueError, match="một triệu tỷ"):
        cells.whole(number)


@given(WITHIN)
def test_a_count_is_never_negative(number):
    if number < 0:
        with pytest.raises(ValueError, match="không âm"):
            cells.count(number)
    else:
        assert cells.count(number) == number


def test_more_people_than_live_in_the_province_are_a_slip():
    assert cells.people("1.000.000") == 1_000_000
    with pytest.raises(ValueError, match="một triệu"):
        cells.people(1_000_001)


@given(ANY_CELL)
@example("2.019")
@example(2019.5)
@example(True)
def test_a_year_has_four_digits_or_is_refused(raw):
    try:
        year = cells.year(raw)
    except ValueError as error:
        assert "bốn chữ số" in str(error)
    else:
        assert 1900 <= year <= 2100
        assert isinstance(raw, dt.date) or "2.019" not in cells.shown(raw)


@pytest.mark.parametrize("year", [1899, 1905, 1925, 2200])
def test_a_date_cell_obeys_the_bounds_that_a_text_obeys(year):
    for raw in (dt.date(year, 7, 11), dt.datetime(year, 7, 11), f"11/07/{year}"):  # noqa: DTZ001 - a cell has no zone
        with pytest.raises(ValueError, match="một ngày"):
            cells.day(raw)
    if year != 1905:
        with pytest.raises(ValueError, match="bốn chữ số"):
            cells.year(dt.date(year, 7, 11))


def test_a_year_that_was_formatted_as_a_day_is_that_year_again():
    assert cells.year(dt.date(1905, 7, 11)) == 2019  # day 2019 of the spreadsheet


def test_years():
    assert cells.year(2019.0) == cells.year("2019") == cells.year(dt.date(2019, 5, 1)) == 2019


@given(st.floats(-180, 180).map(lambda value: round(value, 6)))
def test_a_coordinate_is_read_with_comma_or_point(value):
    written = f"{value:.6f}"
    assert cells.decimal(written) == cells.decimal(written.replace(".", ",")) == float(written)
    assert cells.decimal(value) == value


@pytest.mark.parametrize("written", ["22°50'", "1.234,5", "nan", "inf", "", True])
def test_what_is_no_coordinate_is_refused(written):
    with pytest.raises(ValueError, match="22,84"):
        cells.decimal(written)


@given(ANY_CELL)
def test_text_is_one_line_in_one_spelling(raw):
    written = cells.text(raw)
    assert written == unicodedata.normalize("NFC", written) == " ".join(written.split())
    assert not any(ord(letter) < 32 for letter in written)


def test_text_of_numbers_and_days_is_what_a_person_sees():
    assert cells.text(4800123456.0) == "4800123456"
    assert cells.text(dt.datetime(2019, 3, 5)) == "05/03/2019"  # noqa: DTZ001 - a cell has no zone
    assert cells.text("  Cơ   sở\nmiến\x00 dong ") == "Cơ sở miến dong"


@given(st.sampled_from(["household", "Hộ kinh doanh", "ho kinh doanh", " HỘ KINH DOANH ", "Hộ  kinh-doanh"]))
def test_a_choice_is_known_by_code_or_name_without_marks(written):
    assert cells.choice(written, {"enterprise": "Doanh nghiệp", "household": "Hộ kinh doanh"}) == "household"


def test_a_choice_outside_the_list_names_the_list():
    with pytest.raises(ValueError, match="một trong: Doanh nghiệp; Hộ kinh doanh"):
        cells.choice("Công ty", {"enterprise": "Doanh nghiệp", "household": "Hộ kinh doanh"})


def test_of_a_long_list_only_what_comes_near_is_told():
    many = {str(n): f"Sản xuất thứ {n}" for n in range(20)} | {"machinery": "Ứng dụng máy móc, thiết bị tiên tiến"}
    for written, told in (
        ("máy móc", "danh sách của tệp mẫu; gần giống: Ứng dụng máy móc, thiết bị tiên tiến$"),
        ("Ung dung may moc, thiet bi tien tein", "gần giống: Ứng dụng máy móc, thiết bị tiên tiến"),
        ("xyz", "một giá trị trong danh sách của tệp mẫu$"),
    ):
        with pytest.raises(ValueError, match=told):
            cells.choice(written, many)
