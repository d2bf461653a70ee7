"""Take the pictures of the handbook and of README. See script/screenshots."""

import shutil
import sys

from camera import Camera
from chapters import CHAPTERS
from playwright.sync_api import sync_playwright
from server import ROOT, running_product

# Without a sandbox because containers have none.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-device-scale-factor=1"]
_FOLDERS = {"readme": ROOT / "docs/images"}


def main(names: list[str]) -> None:
    """Take the named chapters, or all."""
    unknown = set(names) - set(CHAPTERS)
    if unknown:
        sys.exit(f"No such chapter: {', '.join(sorted(unknown))}. There are: {', '.join(CHAPTERS)}")
    with running_product() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        for name in names or CHAPTERS:
            folder = _FOLDERS.get(name, ROOT / "docs/handbook/images")
            CHAPTERS[name](lambda folder=folder: Camera(browser, address, folder))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
