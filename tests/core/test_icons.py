"""An icon that a page names is in the sprite: a missing one is an empty place, and nothing says so."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.database_free
SOURCE = Path(__file__).parents[2] / "src/khuyencong"


def test_every_icon_named_in_a_page_is_in_the_sprite():
    sprite = (SOURCE / "static/vendor/icons/sprite.svg").read_text("utf-8")
    there = set(re.findall(r'id="([a-z0-9-]+)"', sprite))
    pages = "\n".join(page.read_text("utf-8") for page in SOURCE.rglob("*.html"))
    assert set(re.findall(r'\{% icon "([a-z0-9-]+)"', pages)) <= there
