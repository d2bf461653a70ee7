"""An officer narrows the list to a commune, looks at one establishment, and takes the plan of visits along."""

import io

from openpyxl import load_workbook

from khuyencong.law.models import EligibleGroup
from tests.factories.establishments import make_establishment


def test_from_the_list_to_a_plan_of_visits(page, sign_in, officer, commune, other_commune):
    agro = EligibleGroup.objects.get(code="agro-processing")
    make_establishment(commune, "Miến dong Phia Đén", "CB-1", eligible_group=agro, workers=12)
    make_establishment(commune, "Chè Bản Giốc", "CB-2", eligible_group=agro, workers=3)
    make_establishment(other_commune, "Bánh khảo Nà Giàng", "CB-3", eligible_group=agro)

    sign_in(officer)
    page.goto("/reports/next/")
    assert page.locator("tbody tr[data-href]").count() == 3
    page.get_by_label("Xã, phường").select_option("01477")
    page.get_by_role("link", name="Bỏ lọc: Xã Trùng Khánh").wait_for()
    rows = page.locator("tbody tr[data-href]")
    assert [row.locator("a").first.inner_text() for row in rows.all()] == ["Miến dong Phia Đén", "Chè Bản Giốc"]

    # The parts of the score open in place; the row itself leads on.
    rows.first.get_by_text("Chi tiết").click()
    rows.first.get_by_text("Dùng từ 10 lao động").wait_for()
    assert page.url.endswith("commune=01477")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Kế hoạch đi cơ sở").click()
    sheet = load_workbook(io.BytesIO(waiting.value.path().read_bytes())).worksheets[0]
    assert sheet["A2"].value == "Xã Trùng Khánh, tỉnh Cao Bằng"
    assert [sheet.cell(row, 1).value for row in (7, 8)] == ["Miến dong Phia Đén", "Chè Bản Giốc"]

    rows.first.locator(".num").first.click()
    page.wait_for_url("**/eligibility/")
    page.get_by_role("heading", name="Cơ sở này được hỗ trợ những gì?").wait_for()
