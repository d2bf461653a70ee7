"""Taking pictures: a browser of 1366 x 768, numbers beside what the text speaks of, small files."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

SIZE = {"width": 1366, "height": 768}
MOST_BYTES = 150_000
PASSWORD = "khuyen-cong-thu"  # noqa: S105 of the demo accounts, printed by ``khuyencong up``

_NUMBERS = """(selectors) => selectors.forEach((selector, index) => {
  const below = selector.startsWith("below ");
  const box = document.querySelector(selector.replace("below ", "")).getBoundingClientRect();
  const badge = document.createElement("span");
  badge.className = "handbook-number";
  badge.textContent = index + 1;
  badge.style.cssText = `position: fixed; z-index: 9999; width: 24px; height: 24px; border-radius: 50%;
    background: #C77700; color: white; font: 700 14px/24px "Be Vietnam Pro", sans-serif; text-align: center;
    box-shadow: 0 0 0 2px white; left: ${below ? box.left + box.width / 2 - 12 : Math.max(box.left - 29, 2)}px;
    top: ${below ? box.bottom - 4 : box.top + Math.min(box.height, 44) / 2 - 12}px`;
  document.body.append(badge);
})"""
_NO_NUMBERS = "() => document.querySelectorAll('.handbook-number').forEach((badge) => badge.remove())"
# Whole strokes of charts, and no caret that blinks in one picture and not in the next.
_STILL = "* { caret-color: transparent !important; scroll-behavior: auto !important; }"


class Camera:
    """Pictures of one person's screen into one folder."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        context = browser.new_context(viewport=SIZE, base_url=address, locale="vi-VN", reduced_motion="reduce")
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.on("pageerror", self._failed)
        self.folder = folder
        self.errors: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)

    def sign_in(self, username: str) -> Page:
        """As a person would, with the password that all demo accounts share."""
        self.page.goto("/account/login/")
        self.page.fill("#id_login", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url("**/home/")
        return self.page

    def take(self, name: str, at: str = "", numbers: tuple[str, ...] = ()) -> None:
        """Save what the screen shows, scrolled so that ``at`` stands at the top, with numbers beside elements.

        Each of ``numbers`` is a selector; "below " before it puts its number under the element.
        """
        page = self.page
        page.add_style_tag(content=_STILL)
        page.evaluate(
            "(at) => scrollTo(0, at ? document.querySelector(at).getBoundingClientRect().top + scrollY - 96 : 0)", at
        )
        page.evaluate("() => document.fonts.ready")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        page.evaluate(_NUMBERS, list(numbers))
        raw = page.screenshot()
        page.evaluate(_NO_NUMBERS)
        if self.errors:
            raise RuntimeError(f"{name}: the page's own script failed: {self.errors}")
        size = save(raw, self.folder / f"{name}.png")
        print(f"{self.folder.name}/{name}.png {size // 1000} kB")

    def _failed(self, error: object) -> None:
        self.errors.append(str(error))


def save(raw: bytes, file: Path) -> int:
    """Write the picture with as many colours as fit into the size allowed; returns the bytes."""
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    for colours in (256, 128, 64):
        out = io.BytesIO()
        picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        if out.tell() < MOST_BYTES:
            file.write_bytes(out.getvalue())
            return out.tell()
    raise RuntimeError(f"{file.name} stays above {MOST_BYTES} bytes")
