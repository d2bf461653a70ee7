"""The map in a browser: with the keyboard from commune to commune, and taken away as a picture and as a table."""

from khuyencong.places.models import Unit
from tests.factories.establishments import make_establishment


def test_a_commune_is_reached_by_the_keyboard(page, sign_in, officer, commune):
    make_establishment(commune)
    sign_in(officer)
    page.goto("/reports/map/")
    first = page.locator(".map-area").first
    page.locator(".map-choice").last.focus()
    page.keyboard.press("Tab")
    assert first.evaluate("one => one === document.activeElement")
    assert page.locator(".map-ring").get_attribute("d") == first.locator("path").get_attribute("d")
    name = first.locator("title").text_content().partition(":")[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/map/0*/")
    assert page.locator("h1").inner_text() == name
    assert Unit.objects.get(code=page.url.rstrip("/").rpartition("/")[2], valid_to=None).name == name


def test_the_map_is_taken_away(page, sign_in, officer, commune):
    make_establishment(commune)
    sign_in(officer)
    for address in ("/reports/map/", "/reports/map/nation/"):
        page.goto(address)
        for kind in ("PNG", "SVG", "CSV"):
            page.get_by_role("button", name="Tải về").click()
            with page.expect_download() as waiting:
                page.locator(".dropdown-item", has_text=kind).click()
            saved = waiting.value.path().read_bytes()
            assert waiting.value.suggested_filename.endswith(kind.lower())
            if kind == "PNG":
                assert saved.startswith(b"\x89PNG") and len(saved) > 20_000
            else:
                assert "Bản đồ minh họa" in saved.decode()


def test_choices_change_the_map_at_once(page, sign_in, officer, commune):
    make_establishment(commune)
    sign_in(officer)
    page.goto("/reports/map/")
    page.get_by_role("link", name="Kinh phí hỗ trợ").click()
    page.wait_for_url("**what=support")
    assert page.get_by_label("Từ năm").is_visible()
    page.get_by_role("link", name="Vẽ thêm huyện cũ").click()
    page.get_by_role("link", name="Bỏ nét huyện cũ").wait_for()
    assert "what=support" in page.url
