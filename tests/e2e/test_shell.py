"""What surrounds every page: the language and the search."""

from tests.factories.samples import make_samples


def test_language_switch(page, sign_in, officer):
    sign_in(officer)
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    page.get_by_role("button", name="Tiếng Việt").click()
    page.locator("html[lang=vi]").wait_for()


def test_ctrl_k_finds_without_marks(page, sign_in, officer, commune):
    make_samples(commune, officer)
    sign_in(officer)
    page.keyboard.press("Control+k")
    page.keyboard.type("mien dong")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cơ sở miến dong thử").click()
    page.get_by_role("heading", level=1, name="Cơ sở miến dong thử").wait_for()
