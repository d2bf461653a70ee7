"""A commune officer surveys and writes a proposal: with a line and without, with scripts and without."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.projects.models import Attachment, Project, Survey
from tests.conftest import PASSWORD
from tests.e2e.swaps import swapped
from tests.e2e.test_drafts import AWAY, KEPT, LOST, end_session, sign_in_here, take_up
from tests.factories.establishments import make_establishment

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def homes(commune):
    group = EligibleGroup.objects.get(code="agro-processing")
    return [
        make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", eligible_group=group),
        make_establishment(commune, "Miến dong Đàm Thủy", "CB-00002", eligible_group=group),
    ]


def write_row(page, number, name, unit, quantity, price):
    for field, value in (("name", name), ("unit", unit), ("quantity", quantity), ("unit_price", price)):
        page.locator(f"#id_lines-{number}-{field}").fill(value)


def choose(page):
    page.get_by_label("Nội dung hỗ trợ").select_option(str(ActivityType.objects.get(code="machinery").pk))
    page.get_by_label("Nguồn kinh phí").select_option("local")


def choose_and_wait(page):
    """What may be asked for depends on what was chosen: those fields are swapped in."""
    with swapped(page):
        choose(page)


def test_from_the_survey_to_the_papers(page, sign_in, commune_officer, homes):
    sign_in(commune_officer).goto(f"/establishments/{homes[0].pk}/")
    page.get_by_role("link", name="Khảo sát", exact=True).click()
    page.get_by_label("Nhu cầu").fill("Mùa mưa không phơi được miến.")
    page.get_by_label("Máy móc, thiết bị muốn đầu tư").fill("Máy sấy miến 500 kg một mẻ")
    page.get_by_label("Chi phí ước tính").type("300000000")
    assert page.get_by_label("Chi phí ước tính").input_value() == "300.000.000"
    page.get_by_label("Nên lập đề án").check()
    page.get_by_role("button", name="Lưu khảo sát").click()
    page.get_by_role("link", name="Lập đề án từ khảo sát này").click()
    check = page.locator("#check")
    assert page.get_by_label("Tên đề án").input_value() == "Hỗ trợ máy sấy miến 500 kg một mẻ"
    expect(check).to_contain_text("Chọn nội dung hỗ trợ")

    choose_and_wait(page)
    expect(check).to_contain_text("Đủ điều kiện: Miến dong Hồng Ngự")
    expect(check).to_contain_text("150.000.000 ₫")
    page.get_by_label("Kinh phí hỗ trợ").type("150000001")
    expect(check).to_contain_text("Đề nghị 150.000.001 ₫, vượt mức tối đa 1 ₫.")
    page.get_by_label("Kinh phí hỗ trợ").fill("150 triệu")
    page.get_by_label("Vốn đối ứng").fill("150.000.000")
    expect(check).to_contain_text("đúng bằng mức tối đa")
    expect(check).to_contain_text("khớp đến đồng")

    page.get_by_role("button", name="Thêm dòng").click()
    write_row(page, 2, "Lắp đặt", "gói", "1,5", "20 triệu")
    expect(page.locator("#lines-2-amount")).to_have_text("30.000.000 ₫")
    expect(page.locator("#lines-total")).to_have_text("330.000.000 ₫")
    expect(check).to_contain_text("còn thiếu 30.000.000 ₫")
    page.locator("#id_blended-0-programme").select_option("new-rural")
    page.locator("#id_blended-0-amount").fill("30 triệu")
    expect(page.locator("#sources-total")).to_have_text("330.000.000 ₫")

    page.get_by_label("Tìm cơ sở để thêm").fill("dam thuy")
    page.get_by_role("button", name="Thêm Miến dong Đàm Thủy").click()
    expect(check).to_contain_text("Đủ điều kiện: Miến dong Đàm Thủy")
    page.get_by_role("button", name="Lưu đề án").click()
    page.get_by_text("Đã lập đề án số").wait_for()

    made = Project.objects.get()
    assert (made.support_amount, made.counterpart, made.blended) == (150_000_000, 150_000_000, 30_000_000)
    assert [one.amount for one in made.cost_lines.all()] == [300_000_000, 30_000_000]
    assert (made.units, set(made.establishments.all()), made.survey) == (2, set(homes), Survey.objects.get())

    page.get_by_role("link", name="Đưa lên Đơn đăng ký, cam kết đối ứng").click()
    page.set_input_files("#id_files", [{"name": "Đơn.pdf", "mimeType": "application/pdf", "buffer": PDF}])
    expect(page.locator("[data-file-name]")).to_have_text("Đơn.pdf")
    page.get_by_role("button", name="Đưa lên").click()
    page.get_by_text("Đã đưa lên: Đơn.pdf.").wait_for()
    assert Attachment.objects.get().kind == "registration"
    page.get_by_role("link", name="Nộp đề án").click()
    expect(page.locator("#step-check .unmet")).to_have_count(0)


def test_a_row_taken_away_is_gone_and_the_sum_follows(page, sign_in, commune_officer, homes):
    sign_in(commune_officer).goto(f"/projects/propose/?establishment={homes[0].pk}")
    choose_and_wait(page)
    write_row(page, 0, "A", "cái", "1", "100")
    page.get_by_role("button", name="Thêm dòng").click()
    write_row(page, 1, "B", "cái", "2", "200")
    expect(page.locator("#lines-total")).to_have_text("500 ₫")
    page.get_by_role("button", name="Bỏ dòng này").first.click()
    expect(page.locator("#lines-total")).to_have_text("400 ₫")
    page.get_by_label("Tên đề án").fill("Chỉ còn B")
    page.get_by_role("button", name="Lưu đề án").click()
    page.get_by_text("Đã lập đề án số").wait_for()
    assert [one.name for one in Project.objects.get().cost_lines.all()] == ["B"]


def test_a_proposal_half_written_comes_back_whole(page, sign_in, commune_officer, homes):
    """Rows, establishments, days and conditions come back too, after the session ended and without a line."""
    sign_in(commune_officer).goto("/projects/propose/")
    page.get_by_label("Tên đề án").fill("Gõ dở")
    choose_and_wait(page)
    page.get_by_label("cả dây chuyền công nghệ").check()
    for name in ("dam thuy", "hong ngu"):
        page.get_by_label("Tìm cơ sở để thêm").fill(name)
        page.get_by_role("button", name="Thêm Miến dong").click()
        expect(page.locator("#found li")).to_have_count(0)
    page.get_by_label("Bắt đầu").fill("01/04/2026")
    for number in range(3):
        if number:
            page.get_by_role("button", name="Thêm dòng").click()
        write_row(page, number, f"Khoản {number}", "cái", "1", f"{number + 1} triệu")
    page.get_by_text(KEPT).wait_for()
    end_session(page)
    page.get_by_label("Mục tiêu").fill("Sau khi hết phiên")
    page.get_by_text(AWAY).wait_for()
    page.context.set_offline(True)
    page.get_by_label("Ghi chú").fill("Sau khi mất mạng")
    page.get_by_text(LOST).wait_for()
    page.goto("about:blank")
    page.context.set_offline(False)

    page.goto("/projects/propose/")
    sign_in_here(page, commune_officer)
    page.wait_for_url("**/projects/propose/")
    take_up(page)
    expect(page.locator("#check")).to_contain_text("Đủ điều kiện: Miến dong Đàm Thủy")
    expect(page.locator("#picks .picked").first).to_contain_text("Miến dong Hồng Ngự")
    expect(page.get_by_label("cả dây chuyền công nghệ")).to_be_checked()
    assert page.get_by_label("Mục tiêu").input_value() == "Sau khi hết phiên"
    assert page.get_by_label("Ghi chú").input_value() == "Sau khi mất mạng"
    assert page.get_by_label("Bắt đầu").input_value() == "01/04/2026"
    expect(page.locator("#lines-total")).to_have_text("6.000.000 ₫")
    page.get_by_role("button", name="Lưu đề án").click()
    page.get_by_text("Đã lập đề án số").wait_for()
    made = Project.objects.get()
    assert [one.name for one in made.cost_lines.all()] == ["Khoản 0", "Khoản 1", "Khoản 2"]
    assert (made.conditions, made.starts_on) == (["whole-line"], dt.date(2026, 4, 1))
    assert set(made.establishments.all()) == set(homes)


def test_enter_in_the_search_box_searches_and_in_a_field_saves(page, sign_in, commune_officer, homes):
    sign_in(commune_officer).goto("/projects/propose/")
    page.get_by_label("Tìm cơ sở để thêm").fill("hong ngu")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Thêm Miến dong Hồng Ngự").click()
    page.get_by_role("button", name="Bỏ Miến dong Hồng Ngự").wait_for()
    page.get_by_label("Tên đề án").fill("Bàn phím")
    choose_and_wait(page)
    assert not Project.objects.exists()
    page.get_by_label("Vốn đối ứng").press("Enter")
    page.get_by_text("Đã lập đề án số").wait_for()


def test_without_scripts(browser, live_server, commune_officer, homes):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="vi-VN")
    page = context.new_page()
    page.goto("/projects/propose/")
    page.locator("#id_login").fill(commune_officer.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.get_by_label("Tên đề án").fill("Không cần script")
    choose(page)
    page.get_by_label("Tìm cơ sở để thêm").fill("hong ngu")
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    page.get_by_role("button", name="Thêm Miến dong Hồng Ngự").click()
    write_row(page, 0, "Máy sấy", "cái", "1", "300 triệu")
    page.get_by_role("button", name="Thêm dòng").click()
    write_row(page, 1, "Lắp đặt", "gói", "1", "10 triệu")
    page.get_by_label("Kinh phí hỗ trợ").fill("200 triệu")
    page.get_by_role("button", name="Lưu rồi soạn tiếp").click()
    expect(page.locator("#check")).to_contain_text("vượt mức tối đa 45.000.000 ₫")
    expect(page.locator("#check")).to_contain_text("còn thiếu 110.000.000 ₫")
    assert [one.amount for one in Project.objects.get().cost_lines.all()] == [300_000_000, 10_000_000]
    context.close()
