"""Official reports in the browser: made, looked into down to the record, sent, signed; a correction shows up."""

import pytest
from playwright.sync_api import expect

from khuyencong.establishments.models import YearlyResult
from khuyencong.reports.official.models import Report
from tests.e2e.conftest import let_in
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

YEAR = 2024


@pytest.fixture
def records(commune):
    establishment = make_establishment(commune)
    project = make_project(establishment, year=YEAR, support=120_000_000)
    make_result(establishment, YEAR, workers=6, revenue=800_000_000)
    return project


@pytest.fixture
def change_to(page, live_server):
    """Somebody else sits down at the machine."""

    def do(user):
        page.context.clear_cookies()
        let_in(page.context, user, live_server.url)

    return do


def test_from_the_draft_to_a_correction(page, sign_in, change_to, officer, person, province, records):
    sign_in(officer)
    page.goto("/reports/official/")
    page.get_by_role("link", name="Lập báo cáo").first.click()
    page.get_by_label("Loại báo cáo").select_option(label="Báo cáo của Sở gửi Ủy ban nhân dân tỉnh")
    page.get_by_label("Kỳ báo cáo").select_option("year")
    page.locator("#id_year").fill(str(YEAR))
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lập báo cáo")
    expect(page.get_by_text("Đã nghiệm thu 1 đề án tại 1 cơ sở")).to_be_visible()

    # A number is followed down to the project it comes from.
    row = page.locator("#form-by-place tr", has_text="Xã Trùng Khánh")
    row.get_by_role("link", name="120", exact=True).first.click()
    expect(page.get_by_text("120.000.000 ₫").first).to_be_visible()
    page.get_by_role("link", name=f"{records.code}. {records.title}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(records.title)

    page.goto(f"/reports/official/{Report.objects.get().pk}/")
    page.get_by_role("link", name="Sửa phần lời").click()
    page.get_by_label("Khó khăn, vướng mắc").fill("Đường vào xóm khó đi.")
    page.get_by_role("button", name="Lưu phần lời").click()
    expect(page.get_by_text("Đường vào xóm khó đi.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Trình ký").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trình ký")

    change_to(person("leader", province))
    page.goto("/work/")
    page.get_by_role("link", name="Ký báo cáo").click()
    page.get_by_label("Số, ký hiệu").fill("15/BC-SCT")
    page.get_by_role("button", name="Ký báo cáo").click()
    expect(page.get_by_text("Hồ sơ hiện nay vẫn cho đúng số đã ký.")).to_be_visible()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Word").click()
    assert paper.value.suggested_filename.endswith(".docx")

    YearlyResult.objects.update(workers=9)
    change_to(officer)
    page.reload()
    changed = page.locator("tr", has_text="Lao động, Năm báo cáo").first
    expect(changed).to_contain_text("6")
    expect(changed).to_contain_text("9")
    page.get_by_role("button", name="Lập báo cáo điều chỉnh").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("điều chỉnh lần 1")


def test_the_dashboard_draws_and_hands_out(page, sign_in, officer, records):
    sign_in(officer)
    page.goto(f"/reports/?first={YEAR - 2}&last={YEAR}")
    expect(page.locator("#chart-support svg")).to_be_visible()
    for name, ending in (("CSV", "csv"), ("PNG", "png"), ("SVG", "svg")):
        with page.expect_download() as file:
            page.locator("section", has=page.locator("#chart-support")).get_by_text(name, exact=True).click()
        assert file.value.suggested_filename.endswith(f".{ending}")
    picture = file.value.path().read_text("utf-8")
    assert "Mỗi năm hỗ trợ bao nhiêu" in picture and "Nguồn" in picture
    page.get_by_label("Địa bàn").select_option("01477")
    page.wait_for_url("**place=01477**")
    expect(page.get_by_role("link", name="Bỏ lọc: Xã Trùng Khánh")).to_be_visible()
