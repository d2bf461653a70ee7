"""Whoever silences a check says why, on the same line."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# The code is followed by words: ``noqa: S608 two fixed names``.
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<rest>.*)")
REASONED = re.compile(r"(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]+\])\s*(?:--?|#)?\s*\w.{5,}")


def test_what_is_silenced_is_named_and_has_a_reason():
    without = []
    for folder in ("src", "tests", "script"):
        for file in (ROOT / folder).rglob("*.py"):
            if file == Path(__file__):
                continue
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                found = SILENCED.search(line)
                if found and not REASONED.fullmatch(found["rest"].strip()):
                    without.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not without, "\n".join(without)
