"""A decree on its way: the officer sends it, the commune officer reads and confirms, the officer sees it."""

from tests.e2e.conftest import PATIENCE, SIZES, let_in


def other_session(browser, live_server, user=None):
    """A second person at a telephone; signed in, or a stranger with a link."""
    context = browser.new_context(viewport=SIZES["phone"], base_url=live_server.url, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    if user is not None:
        let_in(context, user, live_server.url)
    return page


def figures(page):
    return [card.inner_text().splitlines()[-1] for card in page.locator(".figure-card").all()]


def test_a_decree_is_sent_read_and_confirmed(page, sign_in, officer, commune_officer, browser, live_server):
    sign_in(officer)
    page.goto("/law/dissemination/")
    page.get_by_role("link", name="Gửi văn bản").first.click()
    page.locator("#id_document").fill("235/2025/NĐ-CP")
    page.get_by_label("Cán bộ xã, phường (1 người").check()
    page.get_by_label("Lời nhắn").fill("Đề nghị đọc kỹ phần đối tượng.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url("**/law/dissemination/*/")
    card = page.url
    assert figures(page) == ["56", "0", "0", "0"]

    reader = other_session(browser, live_server, commune_officer)
    with reader.expect_response(lambda got: got.url.endswith("/law/inbox/") and got.request.method == "POST"):
        reader.goto("/home/")
    page.goto(card)
    assert figures(page) == ["56", "1", "0", "0"], "the mark on the home page was seen"
    with reader.expect_response(lambda got: "/law/inbox/" in got.url and got.status == 204):
        reader.locator("li", has_text="235/2025/NĐ-CP").get_by_role("link", name="Đọc văn bản").click()
    assert "Đề nghị đọc kỹ phần đối tượng." in reader.locator("main").inner_text()
    page.goto(card)
    assert figures(page) == ["56", "1", "1", "0"]
    reader.get_by_role("button", name="Tôi đã đọc và hiểu").click()
    reader.get_by_text("Bạn đã xác nhận đọc và hiểu lúc").wait_for()
    page.goto(card)
    assert figures(page) == ["56", "1", "1", "1"]
    reader.context.close()


def test_a_commune_without_account_reads_by_link_or_is_told(page, sign_in, officer, browser, live_server):
    sign_in(officer)
    page.goto("/law/dissemination/send/?document=235/2025/N%C4%90-CP")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url("**/law/dissemination/*/")
    card = page.url
    link = page.locator("tr", has_text="Phường Thục Phán").locator("[data-copy]").get_attribute("data-copy")
    page.locator("tr", has_text="Phường Tân Giang").get_by_role("button", name="Đã báo, đã nhận").click()
    page.get_by_text("Đã ghi: Phường Tân Giang đã nhận.").wait_for()

    stranger = other_session(browser, live_server)
    with stranger.expect_response(lambda got: got.request.method == "POST" and got.status == 204):
        stranger.goto(link)
    stranger.get_by_role("button", name="Tôi đã đọc và hiểu").click()
    stranger.get_by_text("Đã ghi nhận: đã đọc và hiểu văn bản này.").wait_for()
    assert stranger.locator("nav.rail").count() == 0
    page.goto(card)
    assert figures(page) == ["56", "2", "1", "1"]
    page.goto("/law/dissemination/unreached/?q=thuc+phan")
    page.get_by_role("heading", name="Không còn ai").wait_for()
    stranger.context.close()
