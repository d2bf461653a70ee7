"""What each page of the handbook shows. One function a chapter; each can run alone."""

import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import workbooks
from camera import Camera
from playwright.sync_api import Page

Open = Callable[[], Camera]


def chapter_01(new: Open) -> None:
    """Signing in, the screen, search."""
    camera = new()
    page = camera.page
    page.goto("/account/login/")
    page.fill("#id_login", "can.bo")
    camera.take("01-dang-nhap")
    camera.sign_in("can.bo")
    camera.take(
        "01-trang-chinh",
        numbers=(
            ".steps",
            ".crumbs",
            ".searchbox",
            "below .language",
            "below .dropdown-toggle",
            ".my-work",
            ".figures",
        ),
    )
    page.keyboard.press("Control+k")
    page.keyboard.type("mien dong")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    camera.take("01-tim-kiem")


def chapter_02(new: Open) -> None:
    """The registry."""
    camera = new()
    page = camera.sign_in("can.bo")
    page.goto("/establishments/?supported=yes&form=enterprise")
    camera.take("02-danh-sach", numbers=(".filters", ".chips", "table.grid thead", ".page-actions"))
    _open_one_that_lacks_a_year(page)
    card = page.url
    camera.take("02-the-co-so", numbers=(".tabs", ".page-actions", ".facts"))
    page.goto(f"{card}?tab=results")
    camera.take("02-ket-qua", at=".tabs")
    _change_workers(page, card)
    page.goto(f"{card}?tab=history")
    camera.take("02-lich-su")
    page.goto(f"{card}?tab=results")
    page.click(".page-actions .btn-primary")
    before = int(re.sub(r"\D", "", page.locator("#id_revenue-note").inner_text()))
    page.fill("[name=revenue]", str(10 * before))  # a zero too many
    page.fill("[name=workers]", "22")
    page.select_option("[name=source]", "survey")
    page.click("main form button[type=submit]")
    page.wait_for_selector("[name=confirm_jump]")
    camera.take("02-nhap-ket-qua", at=".page-head")
    page.goto("/establishments/")
    name, commune = page.locator("td.main-cell a").first.inner_text(), page.locator("td.wide").first.inner_text()
    page.goto("/establishments/add/")
    page.fill("#id_name", name)
    page.select_option("#id_commune", label=commune)
    page.fill("#id_tax_code", "0106282211")
    page.locator("#id_tax_code").blur()
    page.wait_for_selector("aside .note-needs")
    page.click("main form.form-page button[type=submit]")
    page.wait_for_selector("aside .note-needs")
    camera.take("02-them-co-so", at=".page-head")


def chapter_03(new: Open) -> None:
    """Bringing in a spreadsheet."""
    camera = new()
    page = camera.sign_in("can.bo")
    page.goto("/establishments/?form=enterprise&status=active")
    page.locator("td.main-cell a").first.click()
    name = page.locator("h1").inner_text()
    code, commune = (_fact(page, label) for label in ("Số đăng ký", "Xã, phường"))
    page.goto("/import/")
    camera.take("03-chon-tep", numbers=("main fieldset", "#id_file", "main form .btn-primary"))
    with tempfile.TemporaryDirectory() as folder:
        bring(page, workbooks.establishments(Path(folder), code, name, commune))
        camera.take("03-xem-truoc", at=".page-head")
        camera.take("03-co-the-trung", at="section:has(#duplicates)")
        page.check("#only-good")
        page.click("main form .form-foot .btn-primary")
        page.wait_for_selector(".note-done")
        camera.take("03-xong")
        page.goto("/import/?kind=results")
        bring(page, workbooks.without_heads(Path(folder)))
        camera.take("03-khong-doc-duoc")


def chapter_04(new: Open) -> None:
    """Projects."""
    camera = new()
    page = camera.sign_in("can.bo")
    page.goto("/projects/?fund=national")
    camera.take("04-danh-sach")
    page.locator("td.main-cell a").first.click()
    camera.take("04-the-de-an")
    page.goto("/projects/add/")
    camera.take("04-them-de-an")


def chapter_05(new: Open) -> None:
    """The measurement."""
    camera = new()
    page = camera.sign_in("can.bo")
    page.goto("/impact/")
    camera.take("05-dat-cau-hoi")
    measure(page)
    camera.take("05-ket-luan")
    camera.take("05-bieu-do", at="section:has(#event-chart)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with page.expect_download() as download:
            page.click(".page-actions a[href$='/bundle/']")
        with zipfile.ZipFile(download.value.path()) as bundle:
            parquet = Path(bundle.extract("panel.parquet", folder))
        measure(page, outcome="average_wage")
        camera.take("05-chua-du-bang-chung")
        _upload(page, workbooks.panel(folder, parquet))
        _say_columns(page)
        camera.take("05-chon-cot")
        _upload(page, workbooks.panel(folder, parquet, broken=True))
        _say_columns(page)
        page.click("main form .btn-primary")
        page.wait_for_selector(".field-error")
        camera.take("05-bao-loi", at=".page-head")


def chapter_06(new: Open) -> None:
    """What the administrator sees."""
    camera = new()
    camera.sign_in("quan.tri")
    camera.page.click(".dropdown-toggle")
    camera.take("06-trang-quan-tri")


def readme(new: Open) -> None:
    """The pictures of README."""
    camera = new()
    page = camera.sign_in("can.bo")
    camera.take("home")
    _open_one_that_lacks_a_year(page)
    page.goto(f"{page.url}?tab=results")
    camera.take("establishment")
    measure(page)
    page.set_viewport_size({"width": 1366, "height": 1060})  # the verdict and the whole chart in one picture
    camera.take("impact")


def bring(page: Page, file: Path) -> None:
    """Choose a file on the first step and go on to the second."""
    page.set_input_files("#id_file", file)
    page.click("main form .btn-primary")
    page.wait_for_url("**/import/*-*/")


def measure(page: Page, outcome: str = "revenue") -> None:
    """Ask the programme's own data and wait for the answer."""
    page.goto("/impact/")
    page.select_option("#id_outcome", outcome)
    page.click("form[action='/impact/'] button[type=submit]")
    page.wait_for_url("**/impact/*-*/", timeout=300_000)
    page.wait_for_selector("#event-chart svg path", state="attached")


def _open_one_that_lacks_a_year(page: Page) -> None:
    """A supported establishment with years before and after, a gap, and its last year still to be entered."""
    page.goto("/home/")
    page.click("main a[href*='missing=']")
    page.wait_for_selector("td.main-cell a")
    cards = [link.get_attribute("href") for link in page.locator("td.main-cell a").all()]
    for card in cards:
        page.goto(card)
        supported = re.search(r"\d{4}", page.locator(".chip-teal").first.inner_text())
        results = re.search(r"\((\d+)\)", page.locator(".tabs a").nth(1).inner_text())
        if 2015 <= int(supported[0]) <= 2020 and int(results[1]) < 13:
            return
    page.goto(cards[0])


def _change_workers(page: Page, card: str) -> None:
    page.goto(f"{card}edit/")
    now = page.input_value("#id_workers").replace(".", "")
    page.fill("#id_workers", str(int(now or 5) + 2))
    page.click("main form.form-page button[type=submit]")
    page.wait_for_url(card)


def _fact(page: Page, label: str) -> str:
    return page.locator(f".facts div:has(> dt:text-is('{label}')) dd").inner_text().splitlines()[0]


def _upload(page: Page, file: Path) -> None:
    page.goto("/impact/")
    page.set_input_files("#id_file", file)
    page.click("form[action='/impact/upload/'] button[type=submit]")
    page.wait_for_url("**/columns/")


def _say_columns(page: Page) -> None:
    columns = {"unit": "ma_co_so", "time": "nam", "outcome": "doanh_thu", "support": "nam_ho_tro", "scale": "log"}
    for field, column in columns.items():
        page.select_option(f"#id_{field}", column)


# The chapters that change the data come last.
CHAPTERS: dict[str, Callable[[Open], None]] = {
    "readme": readme,
    "01": chapter_01,
    "04": chapter_04,
    "05": chapter_05,
    "06": chapter_06,
    "02": chapter_02,
    "03": chapter_03,
}
