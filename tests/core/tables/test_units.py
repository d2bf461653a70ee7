"""Ways in which offices write the unit of their money, and what only looks like one."""

import pytest

from khuyencong.core.tables import units

pytestmark = pytest.mark.database_free

HEADINGS = {
    "Vốn (đồng)": 1,
    "Vốn ('000 đồng)": 10**3,
    "Vốn (000 đ)": 10**3,
    "Vốn x 1.000.000": 10**6,
    "Doanh thu (chục triệu)": 10**7,
    "Doanh thu (trăm triệu đồng)": 10**8,
    "Vốn - ĐVT: tỉ đồng": 10**9,
    "Doanh thu tính bằng triệu đồng": 10**6,
    "Vốn trên 100 triệu đồng": None,
    "Vốn từ 5 000 đồng": None,
    "Số hợp đồng": None,
}
ROWS = {
    ("ĐVT:", "triệu đồng"): {10**6},
    ("Đơn vị tính", None, 1000): {10**3},
    ("Số tiền tính theo triệu đồng",): {10**6},
    ("Doanh thu tính theo giá năm 2010",): set(),
    ("Cơ sở được hỗ trợ trên 100 triệu đồng",): set(),
    ("Đơn vị", "Tên cơ sở"): set(),
}


@pytest.mark.parametrize("written", HEADINGS)
def test_the_unit_of_a_heading(written):
    assert units.in_heading(written) == HEADINGS[written]


@pytest.mark.parametrize("row", ROWS)
def test_the_unit_in_a_row_around_the_table(row):
    assert {said.size for said in units.near([row])} == ROWS[row]
