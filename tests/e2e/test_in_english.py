"""On English screens a Vietnamese workbook is still understood."""

import pytest

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
