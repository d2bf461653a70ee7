"""Money in a cell, as people write it."""

import pytest

from khuyencong.core.tables import amounts


def test_an_amount_in_two_parts_is_exact():
    assert amounts.amount("1 tỷ 200 triệu") == 1_200_000_000
    assert amounts.amount("3tr 50 nghìn đồng") == 3_050_000
    assert amounts.balance("-1 tỷ 200 triệu đ") == -1_200_000_000


@pytest.mark.parametrize("written", ["1 tỷ 200", "1 tỷ 1200 triệu", "200 triệu 1 tỷ", "1,5 tỷ 200 triệu", "1 tỷ rưỡi"])
def test_what_leaves_open_how_much_it_is_is_not_guessed(written):
    with pytest.raises(ValueError, match="số tiền"):
        amounts.amount(written)
