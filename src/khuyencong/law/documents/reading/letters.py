"""Letters as we store them: one spelling for each, whatever the program that wrote the file."""

import re
from collections import Counter
from collections.abc import Sequence

from khuyencong.core import old_letters
from khuyencong.core.text import clean as text_as_kept

# Letters that look alike (the Icelandic Ð for Đ is common in PDF files), kinds of hyphen.
_ALIKE = str.maketrans({"Ð": "Đ", "ð": "đ", "\u2010": "-", "\u2011": "-", "\x00": None})
_ENDS = re.compile("[\n\r\x0c\x85\u2028\u2029]")  # of pages and lines


def clean(text: str) -> str:
    """The text with one form for each letter (NFC), without letters that nobody sees."""
    return text_as_kept(text.translate(_ALIKE))


def lines(text: str) -> list[str]:
    """The lines that hold something, single spaces in them. One in an old code keeps its letters, soft hyphens too."""
    kept = (raw if _is_old(raw) else clean(raw) for raw in _ENDS.split(text))
    return [line for line in map(_spaced, kept) if line]


def in_unicode(found: Sequence[str], keep: bool = False) -> tuple[list[str], str]:
    """Lines in the codes of the time before Unicode (TCVN3, VNI) converted, and that code; empty when none was.

    ``keep``: somebody said that the letters are right as they stand.
    """
    made = [None if keep else old_letters.conversion(line) for line in found]
    codes = Counter(one.code for one in made if one is not None and one.sure)
    code = codes.most_common(1)[0][0] if codes else ""
    written = (
        one.text if one is not None and one.code == code else line for line, one in zip(found, made, strict=True)
    )
    return [_spaced(clean(line)) for line in written], code


def _is_old(line: str) -> bool:
    made = old_letters.conversion(line)
    return made is not None and made.sure


def _spaced(line: str) -> str:
    return " ".join(line.split())
