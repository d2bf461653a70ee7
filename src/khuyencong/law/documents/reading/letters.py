"""Letters as we store them: one spelling for each, whatever the program that wrote the file."""

import re
import unicodedata

# Letters that look alike (the Icelandic Ð for Đ is common in PDF files), kinds of space and of hyphen.
_ALIKE = str.maketrans(
    {"Ð": "Đ", "ð": "đ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u3000": " ", "\u2010": "-", "\u2011": "-",
     "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\x00": None}
)  # fmt: skip
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
# What text in the old font code TCVN3 looks like when it is read as Unicode: "§iÒu", "Th«ng t­", "NghÞ ®Þnh".
_TCVN3 = re.compile(r"§i[Òò]u|NghÞ|®Þnh|Th«ng|c«ng")


def clean(text: str) -> str:
    """The text with one form for each letter (NFC), without letters that nobody sees."""
    return _CONTROLS.sub(" ", unicodedata.normalize("NFC", text.translate(_ALIKE)))


def lines(text: str) -> list[str]:
    """The lines that hold something, single spaces in them."""
    return [line for line in (" ".join(raw.split()) for raw in clean(text).splitlines()) if line]


def in_old_code(text: str) -> bool:
    """Whether the text was written with fonts of the time before Unicode, and cannot be read as it is."""
    return len(_TCVN3.findall(text)) >= 2
