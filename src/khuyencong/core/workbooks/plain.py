"""Text as a cell can hold it."""

import re

from khuyencong.core.text import on_paper

MOST = 32_767  # UTF-16 units in a cell; a longer text would be left out without a word
MOST_OF_A_NAME = 31
_FORMULAS = tuple("=+-@\t")

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def text(written: str) -> str:
    """The text with � for each character that cannot be shown, cut visibly where a cell ends."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n")
    return cut(on_paper(lines), MOST)


def cut(written: str, most: int) -> str:
    """At most so many UTF-16 units, with … where something was left out."""
    units = written.encode("utf-16-le")
    if len(units) <= 2 * most:
        return written
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def acts(written: str) -> bool:
    """Whether a spreadsheet would take the text for a formula when somebody types it again."""
    return written.startswith(_FORMULAS)


def sheet_name(title: str, taken: list[str]) -> str:
    """The title as a sheet's name: no forbidden marks, short enough, unlike the others of the book."""
    bare = _NOT_IN_A_NAME.sub(" ", text(title).replace("\n", " ").replace("\t", " ")).strip(" '")
    # Excel keeps this one name for itself.
    bare = f"{bare}_" if bare.lower() == "history" else bare or "1"
    name, number = cut(bare, MOST_OF_A_NAME).rstrip("'"), 1
    while name.lower() in (each.lower() for each in taken):
        number += 1
        name = f"{cut(bare, MOST_OF_A_NAME - 1 - len(str(number)))} {number}"
    return name
