"""Take a picture of every page that links lead to, as one person, in both sizes. See script/looks."""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Page, sync_playwright

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
PASSWORD = "khuyen-cong-thu"  # noqa: S105 of the demo accounts, printed by ``khuyencong up``
# Without a sandbox because containers have none.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-device-scale-factor=1"]
_STILL = "*, *::before, *::after { caret-color: transparent !important; transition: none !important; }"
_AT_REST = """async () => {
  await document.fonts.ready;
  while (document.querySelector('.htmx-request')) await new Promise((go) => setTimeout(go, 20));
}"""
_FILES = re.compile(r"\.(csv|xlsx|docx|json|svg|png)$|/(export|download|word|excel|akn|json|file|template)/?$|logout")
_PATIENCE = 180
_LINKS = "all => all.map(one => new URL(one.getAttribute('href'), location).href)"


def main() -> None:
    """Serve a checkout on a data folder and walk its pages."""
    told = argparse.ArgumentParser()
    told.add_argument("--checkout", type=Path, required=True, help="whose code: a folder with a .venv")
    told.add_argument("--data", type=Path, required=True, help="a data folder; it is upgraded and written to")
    told.add_argument("--out", type=Path, required=True, help="where the pictures go")
    told.add_argument("--person", default="can.bo", help="a demo account")
    told.add_argument("--most", type=int, default=120, help="how many pages at most")
    told.add_argument("--pages", type=Path, help="a pages.json of an earlier walk: the same pages again")
    asked = told.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 the product itself
        [asked.checkout / ".venv/bin/khuyencong", "up", "--port", str(port)],
        env=os.environ | {"KHUYENCONG_DATA_DIR": str(asked.data.resolve())},
        stdout=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(server, address)
        _walk(address, asked)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _walk(address: str, asked: argparse.Namespace) -> None:
    asked.out.mkdir(parents=True, exist_ok=True)
    known = json.loads(asked.pages.read_text()) if asked.pages else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        context = browser.new_context(base_url=address, locale="vi-VN", reduced_motion="reduce", viewport=SIZES["desk"])
        page = context.new_page()
        page.goto("/account/login/")
        page.fill("#id_login", asked.person)
        page.fill("#id_password", PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url("**/home/")
        waiting, seen, kinds = list(known or ["/home/"]), [], set()
        while waiting and len(seen) < asked.most:
            path = waiting.pop(0)
            if not _take(page, path, asked.out / f"{len(seen):03d}{_named(path)}"):
                continue
            seen.append(path)
            for link in [] if known else page.eval_on_selector_all("a[href]", _LINKS):
                found = urlsplit(urldefrag(link).url)
                following = found.path + (f"?{found.query}" if found.query else "")
                # One page of each kind: the same address with another number looks the same.
                kind = re.sub(r"\d+|[0-9a-f-]{36}", "#", found.path) + re.sub(r"=[^&]*", "", found.query)
                if (
                    f"{found.scheme}://{found.netloc}" == address
                    and kind not in kinds
                    and not _FILES.search(found.path)
                ):
                    kinds.add(kind)
                    waiting.append(following)
        browser.close()
    (asked.out / "pages.json").write_text(json.dumps(seen, indent=1))


def _take(page: Page, path: str, name: Path) -> bool:
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        try:
            answer = page.goto(path, wait_until="networkidle")
        except Exception as error:  # a download answers no page
            print("left out:", path, str(error).splitlines()[0])
            return False
        if answer is None or "html" not in (answer.headers.get("content-type") or ""):
            return False
        page.add_style_tag(content=_STILL)
        page.evaluate(_AT_REST)
        page.screenshot(path=f"{name}.{size}.png", full_page=True, animations="disabled")
    return True


def _named(path: str) -> str:
    return re.sub(r"[^\w-]+", "_", path)[:80]


def _wait_for(server: subprocess.Popen, address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310 our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise RuntimeError("the product did not start")


if __name__ == "__main__":
    main()
