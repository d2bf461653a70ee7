"""Compare two walks picture by picture. See script/looks."""

import argparse
import json
import sys
from pathlib import Path

from PIL import Image, ImageChops


def main() -> None:
    """Print every page whose pictures differ, with how many pixels; leave what differs as a picture."""
    told = argparse.ArgumentParser()
    told.add_argument("before", type=Path)
    told.add_argument("after", type=Path)
    asked = told.parse_args()
    pages = json.loads((asked.before / "pages.json").read_text())
    print(f"{len(pages)} pages before, {len(json.loads((asked.after / 'pages.json').read_text()))} after")
    differing = 0
    for one in sorted(asked.before.glob("*.desk.png")) + sorted(asked.before.glob("*.phone.png")):
        other = asked.after / one.name
        words = _difference(one, other) if other.exists() else "is not there"
        if words:
            differing += 1
            print(f"{one.name}: {words}")
    print(f"{differing} pictures differ")
    sys.exit(1 if differing else 0)


def _difference(one: Path, other: Path) -> str:
    with Image.open(one) as left, Image.open(other) as right:
        if left.size != right.size:
            return f"{left.size} became {right.size}"
        difference = ImageChops.difference(left.convert("RGB"), right.convert("RGB"))
        box = difference.getbbox()
        if box is None:
            return ""
        difference.point(lambda value: 255 if value else 0).save(other.with_suffix(".differs.png"))
        changed = sum(difference.convert("L").histogram()[1:])
        return f"{changed} pixels, within {box}"


if __name__ == "__main__":
    main()
