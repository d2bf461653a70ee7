"""From a finding to a proposal with an owner and a deadline, and into the report that a leader signs."""

import datetime as dt

from docx import Document

from khuyencong.core import clock
from tests.factories.library import make_local


def test_a_finding_is_given_to_somebody_and_stands_in_the_report(page, sign_in, officer, province, tmp_path):
    make_local(province, "12-2019-nq-hdnd", number="12/2019/NQ-HĐND", bases=[("28-2018-tt-btc", "d8")])
    sign_in(officer)
    page.goto("/law/review/")
    row = page.locator("tr", has_text="đã được 64/2024/TT-BTC sửa đổi, bổ sung từ năm 2024 (chưa rõ ngày)")
    row.get_by_role("link", name="Đề xuất xử lý").click()
    page.get_by_label("Sửa đổi, bổ sung").check()
    page.locator("#id_note").fill("Theo mức của Thông tư mới")
    page.locator("#id_owner").select_option(label=str(officer))
    yesterday = clock.today() - dt.timedelta(days=1)
    page.get_by_role("textbox", name="Hạn").fill(f"{yesterday:%d/%m/%Y}")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã ghi đề xuất.").wait_for()
    page.goto("/law/review/")
    assert "quá hạn 1 ngày" in row.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải báo cáo rà soát").click()
    download.value.save_as(tmp_path / "ra-soat.docx")
    table = next(one for one in Document(tmp_path / "ra-soat.docx").tables if one.rows[0].cells[0].text == "TT")
    cells = [cell.text for cell in table.rows[1].cells]
    assert cells[3:] == [
        "Sửa đổi, bổ sung\nTheo mức của Thông tư mới", f"{officer}\n{yesterday:%d/%m/%Y}", "Chưa làm, quá hạn 1 ngày",
    ]  # fmt: skip
