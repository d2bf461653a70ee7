"""Letters as we store them: one spelling for each, whatever the program that wrote the file."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from khuyencong.core import old_letters

# Letters that look alike (the Icelandic Ð for Đ is common in PDF files), kinds of space and of hyphen.
_ALIKE = str.maketrans(
    {"Ð": "Đ", "ð": "đ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u3000": " ", "\u2010": "-", "\u2011": "-",
     "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\x00": None}
)  # fmt: skip
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """The text with one form for each letter (NFC), without letters that nobody sees."""
    return _CONTROLS.sub(" ", unicodedata.normalize("NFC", text.translate(_ALIKE)))


def lines(text: str) -> list[str]:
    """The lines that hold something, single spaces in them. One in an old code keeps its letters, soft hyphens too."""
    found = []
    for raw in text.splitlines():
        made = old_letters.conversion(raw)
        kept = _CONTROLS.sub(" ", raw) if made is not None and made.sure else clean(raw)
        if line := " ".join(kept.split()):
            found.append(line)
    return found


def in_unicode(found: Sequence[str]) -> tuple[list[str], str]:
    """Lines in the codes of the time before Unicode (TCVN3, VNI) converted, and that code; empty when none was."""
    made = [old_letters.conversion(line) for line in found]
    codes = Counter(one.code for one in made if one is not None and one.sure)
    if not codes:
        return list(found), ""
    code = codes.most_common(1)[0][0]
    return [
        clean(one.text) if one is not None and one.code == code else line for line, one in zip(found, made, strict=True)
    ], code
