"""Nothing typed is lost when the session or the line ends."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from khuyencong.core import clock
from khuyencong.core.models import FormDraft
from khuyencong.establishments.models import Establishment
from khuyencong.supervision.actions import plan_visit
from tests.conftest import PASSWORD
from tests.e2e.swaps import swapped, until
from tests.factories.establishments import make_establishment
from tests.factories.live import make_live, with_contract
from tests.factories.pictures import picture

ADD = "/establishments/add/"
OFFER = "Bạn có bản đang gõ dở lúc"
KEPT, LOST, AWAY = "Bản đang gõ đã được giữ lúc", "Không nối được máy chủ", "Phiên làm việc đã hết"


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def sign_in_here(page, user):
    page.locator("#id_login").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()


def take_up(page):
    page.get_by_text(OFFER).wait_for()
    page.get_by_role("button", name="Dùng tiếp bản ấy").click()


def test_typed_kept_and_taken_up_again_on_another_day(page, sign_in, officer, commune):
    sign_in(officer).goto(ADD)
    page.get_by_label("Tên cơ sở").fill("Miến dong Đàm Thủy")
    page.get_by_label("Loại hình").select_option("cooperative")
    page.get_by_label("Xã, phường").select_option(str(commune.pk))
    page.get_by_label("Ghi chú").fill("Nhà xưởng cũ.\nCần máy sấy.")
    page.get_by_text(KEPT).wait_for()
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft/')).length") == 0
    page.goto("/home/")
    page.goto(ADD)
    assert page.get_by_label("Tên cơ sở").input_value() == "", "an offer, not a surprise"
    take_up(page)
    assert page.get_by_label("Tên cơ sở").input_value() == "Miến dong Đàm Thủy"
    assert page.get_by_label("Loại hình").input_value() == "cooperative"
    assert page.get_by_label("Ghi chú").input_value() == "Nhà xưởng cũ.\nCần máy sấy."
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã thêm “Miến dong Đàm Thủy”").wait_for()
    page.goto(ADD)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(OFFER)).to_be_hidden()


def test_the_session_ends_while_typing(page, sign_in, officer):
    sign_in(officer).goto(ADD)
    page.get_by_label("Tên cơ sở").fill("Gõ trước khi hết phiên")
    page.get_by_text(KEPT).wait_for()
    end_session(page)
    page.get_by_label("Ghi chú").fill("Gõ sau khi hết phiên")
    page.get_by_text(AWAY).wait_for()
    page.get_by_role("link", name="Đăng nhập lại").click()
    sign_in_here(page, officer)
    page.wait_for_url(f"**{ADD}")
    take_up(page)
    assert page.get_by_label("Tên cơ sở").input_value() == "Gõ trước khi hết phiên"
    assert page.get_by_label("Ghi chú").input_value() == "Gõ sau khi hết phiên"


def test_the_session_is_over_when_the_button_is_pressed(page, sign_in, officer, commune):
    sign_in(officer).goto(ADD)
    end_session(page)
    page.get_by_label("Tên cơ sở").fill("Bấm lưu khi đã hết phiên")
    page.get_by_label("Loại hình").select_option("household")
    page.get_by_label("Xã, phường").select_option(str(commune.pk))
    page.get_by_role("button", name="Lưu").click()
    sign_in_here(page, officer)
    page.wait_for_url(f"**{ADD}")
    take_up(page)
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã thêm “Bấm lưu khi đã hết phiên”").wait_for()
    assert Establishment.objects.count() == 1


def test_signed_in_again_in_another_window_the_open_form_still_saves(page, sign_in, officer, commune):
    sign_in(officer).goto(ADD)
    page.get_by_label("Tên cơ sở").fill("Hai cửa sổ")
    page.get_by_label("Loại hình").select_option("household")
    page.get_by_label("Xã, phường").select_option(str(commune.pk))
    end_session(page)
    other = page.context.new_page()
    other.goto("/home/")
    sign_in_here(other, officer)
    other.wait_for_url("**/home/")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã thêm “Hai cửa sổ”").wait_for()


def test_the_line_is_gone_and_comes_back(page, sign_in, officer):
    sign_in(officer).goto(ADD)
    page.context.set_offline(True)
    page.get_by_label("Tên cơ sở").fill("Khảo sát ở nơi không có sóng")
    page.get_by_text(LOST).wait_for()
    assert not FormDraft.objects.filter(data__has_key="pairs").exists()
    page.context.set_offline(False)
    page.get_by_text(KEPT).wait_for()
    assert FormDraft.objects.filter(data__has_key="pairs").count() == 1


def test_the_browser_is_closed_without_a_line_and_opened_with_one(page, sign_in, officer):
    sign_in(officer).goto(ADD)
    page.context.set_offline(True)
    page.get_by_label("Tên cơ sở").fill("Tắt máy giữa rừng")
    page.get_by_text(LOST).wait_for()
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/home/")  # any page sends what waited
    until(page, "Object.keys(localStorage).every((name) => !name.startsWith('draft/'))")
    page.goto(ADD)
    take_up(page)
    assert page.get_by_label("Tên cơ sở").input_value() == "Tắt máy giữa rừng"


def test_a_draft_can_be_thrown_away(page, sign_in, officer):
    sign_in(officer).goto(ADD)
    page.get_by_label("Tên cơ sở").fill("Bỏ đi")
    page.get_by_text(KEPT).wait_for()
    page.goto(ADD)
    page.get_by_text(OFFER).wait_for()
    page.get_by_role("button", name="Bỏ bản ấy").click()
    expect(page.get_by_text(OFFER)).to_be_hidden()
    page.goto(ADD)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(OFFER)).to_be_hidden()


def test_another_person_at_the_same_machine_is_offered_nothing(page, sign_in, officer, person, province):
    sign_in(officer).goto(ADD)
    page.context.set_offline(True)
    page.get_by_label("Tên cơ sở").fill("Của người trước")
    page.get_by_text(LOST).wait_for()
    page.goto("about:blank")
    page.context.set_offline(False)
    end_session(page)
    page.goto(ADD)
    sign_in_here(page, person("officer", province, username="nguoi-sau"))
    page.wait_for_url(f"**{ADD}")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(OFFER)).to_be_hidden()
    assert page.get_by_label("Tên cơ sở").input_value() == ""


def test_a_refused_form_offers_nothing_and_a_changed_record_is_not_overwritten(page, sign_in, officer, commune):
    made = make_establishment(commune, "Tên cũ", "CB-1")
    sign_in(officer).goto(f"/establishments/{made.pk}/edit/")
    page.get_by_label("Tên cơ sở").fill("")
    page.get_by_label("Ghi chú").fill("Sửa dở")
    page.get_by_text(KEPT).wait_for()
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Chưa lưu được").wait_for()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(OFFER)).to_be_hidden()
    page.get_by_label("Tên cơ sở").fill("Tên tôi gõ")
    page.get_by_text(KEPT).wait_for()
    Establishment.objects.filter(pk=made.pk).update(products="Người khác vừa ghi")
    page.goto(f"/establishments/{made.pk}/edit/")
    take_up(page)
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Người khác vừa lưu hồ sơ này").wait_for()
    assert Establishment.objects.get().products == "Người khác vừa ghi"
    assert page.get_by_label("Tên cơ sở").input_value() == "Tên tôi gõ"


@pytest.fixture
def planned_visit(province, commune, person):
    officer, inspector = person("officer", province), person("inspector", province)
    project = make_live(commune, "in-progress", drafted_by=officer)
    with transaction.atomic():
        with_contract(project, officer)
    return plan_visit(inspector, project, clock.today(), inspector), inspector


def test_photos_are_added_while_the_answers_are_being_typed(page, sign_in, planned_visit, tmp_path):
    """Two at once, one that is no picture: what is typed beside stays, and goes into the draft."""
    visit, inspector = planned_visit
    sign_in(inspector).goto(f"/supervision/visits/{visit.pk}/")
    page.get_by_label("Kết luận").fill("Máy chạy tốt.")
    page.locator("input[type=radio]").first.check()
    for names in (["may.png", "xuong.png"], ["khong-phai-anh.png"]):
        for name in names:
            (tmp_path / name).write_bytes(b"<html>" if "khong" in name else picture("PNG"))
        page.locator("#id_files").set_input_files([tmp_path / name for name in names])
        with swapped(page):
            page.get_by_role("button", name="Thêm ảnh").click()
        assert page.locator("#photos figure").count() == 2
        assert page.get_by_label("Kết luận").input_value() == "Máy chạy tốt."
        assert page.locator("input[type=radio]").first.is_checked()
    assert "khong-phai-anh.png" in page.locator("#messages").inner_text()
    page.get_by_text(KEPT).wait_for()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu.").wait_for()
    visit.refresh_from_db()
    assert visit.conclusion == "Máy chạy tốt." and visit.photos.count() == 2
