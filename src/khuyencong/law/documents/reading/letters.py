"""Letters as we store them: one spelling for each, whatever the program that wrote the file."""

import re

from khuyencong.core.text import clean as text_as_kept

# Letters that look alike (the Icelandic Ð for Đ is common in PDF files), kinds of hyphen, ends of pages and lines.
_ALIKE = str.maketrans(
    {"Ð": "Đ", "ð": "đ", "\u2010": "-", "\u2011": "-", "\x00": None} | dict.fromkeys("\x0c\x85\u2028\u2029", "\n")
)
# What text in the old font code TCVN3 looks like when it is read as Unicode: "§iÒu", "Th«ng t­", "NghÞ ®Þnh".
_TCVN3 = re.compile(r"§i[Òò]u|NghÞ|®Þnh|Th«ng|c«ng")


def clean(text: str) -> str:
    """The text with one form for each letter (NFC), without letters that nobody sees."""
    return text_as_kept(text.translate(_ALIKE))


def lines(text: str) -> list[str]:
    """The lines that hold something, single spaces in them."""
    return [line for line in (" ".join(raw.split()) for raw in clean(text).splitlines()) if line]


def in_old_code(text: str) -> bool:
    """Whether the text was written with fonts of the time before Unicode, and cannot be read as it is."""
    return len(_TCVN3.findall(text)) >= 2
