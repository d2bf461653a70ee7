"""The product on English screens: longer words break no page, and a Vietnamese workbook is still understood."""

import pytest

from tests.e2e.conftest import SIZES
from tests.e2e.test_every_page import PAGES
from tests.samples import make_samples

VIETNAMESE_FILE = (
    "Tên cơ sở *,Loại hình *,Xã *,Ngành nghề,Tình trạng\n"
    "Cơ sở chè thử,Hộ kinh doanh,Xã Trùng Khánh,Sản xuất chè,Đang hoạt động\n"
)


@pytest.fixture
def in_english(page, sign_in, officer):
    """The officer's session after the language was switched."""
    sign_in(officer)
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    return page


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_the_screen(size, in_english, officer, commune):
    samples = make_samples(commune, officer)
    in_english.set_viewport_size(SIZES[size])
    wide = []
    for name, address in PAGES.items():
        in_english.goto(address.format(**samples))
        assert in_english.locator("html").get_attribute("lang") == "en"
        in_english.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        if not in_english.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            wide.append(name)
    assert not wide


def test_a_vietnamese_file_is_brought_in(in_english, commune):
    page = in_english
    page.goto("/import/")
    file = {"name": "co-so.csv", "mimeType": "text/csv", "buffer": VIETNAMESE_FILE.encode()}
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="Preview: Establishments").wait_for()
    assert page.get_by_text("Errors by cell").count() == 0
    page.get_by_role("button", name="Confirm import").click()
    page.get_by_text("1 row written.").wait_for()
    page.get_by_role("link", name="View the list").click()
    row = page.get_by_role("row").filter(has_text="Cơ sở chè thử")
    assert "Processing of tea" in row.inner_text()
    assert "Household business" in row.inner_text()
