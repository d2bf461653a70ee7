"""Words as they are indexed, and words as they are asked for.

Vietnamese is written in syllables, and without marks few of them are left: a long text holds nearly all of them,
so that *công* and *nghiệp* stand in it somewhere says little. That they stand side by side says much. So
neighbours are indexed as words of their own (``_cong_nghiep``): one kind of index answers both questions, on any
database and however long the text, and 45/2012 is not found in "Điều 45 ... năm 2012".
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from khuyencong.core.text import fold

MOST_LETTERS = 40  # of a word; what is longer is none
MOST_PAIRS = 50_000  # of a text: some 200 pages; of a longer one every word is found, not every pair
MOST_ASKED, MOST_LETTERS_ASKED = 30, 500
SHORTEST_BEGINNING = 2  # one letter begins too many words to mean anything

_BOUND = re.compile(r"[\"“”](?P<quoted>[^\"“”]+)[\"“”]|(?P<number>\d\w*(?:\s*/\s*[^\s/\"“”]+)+)|\d+-\d+")
_START = re.compile(r"\d+\w?/(?:\d+/?)?")


@dataclass(frozen=True)
class Term:
    """A word or a pair that must stand in the text; ``beginning``: one that begins so will do."""

    word: str
    beginning: bool = False


@dataclass(frozen=True)
class Question:
    """What a person asks for.

    ``terms`` must all be in the document. ``together`` are in a text that has all the words side by side, empty
    when that asks no more. ``number`` is how the document's number begins, empty when none was typed.
    """

    terms: tuple[Term, ...]
    together: tuple[Term, ...] = ()
    number: str = ""


def indexed(text: str) -> str:
    """Every word of a text once, then every pair of neighbours once, without marks."""
    words = _words(text)
    pairs = list(dict.fromkeys(_pairs(words)))
    return " ".join([*dict.fromkeys(words), *pairs[:MOST_PAIRS]])


def read(typed: str) -> Question | None:
    """The question in what was typed; None when there is no word in it.

    Words in quotation marks and the parts of a number must stand side by side. The last word may be unfinished,
    unless a quotation mark closes it.
    """
    typed = typed[:MOST_LETTERS_ASKED]
    pieces = _pieces(typed)[:MOST_ASKED]
    if not pieces:
        return None
    open_end = not typed.rstrip().endswith(('"', "”"))
    terms: list[Term] = []
    for position, piece in enumerate(pieces):
        terms += _terms(piece, open_end and position == len(pieces) - 1)
    words = [word for piece in pieces for word in piece]
    together = _terms(words, open_end)
    return Question(
        tuple(dict.fromkeys(terms)),
        () if set(together) <= set(terms) else tuple(dict.fromkeys(together)),
        _number(typed),
    )


def _pieces(typed: str) -> list[list[str]]:
    """The words in the order in which they were typed, one by one or bound together."""
    pieces: list[list[str]] = []
    done = 0
    for found in _BOUND.finditer(typed):
        pieces += [[word] for word in _words(typed[done : found.start()])]
        pieces.append(_words(found["quoted"] or found.group()))
        done = found.end()
    pieces += [[word] for word in _words(typed[done:])]
    return [piece[:MOST_ASKED] for piece in pieces if piece]


def _terms(piece: list[str], unfinished: bool) -> list[Term]:
    """A single word, or the pairs of a piece; the last of them may be the beginning of one."""
    words = _pairs(piece) or piece
    beginning = unfinished and (len(piece) > 1 or len(piece[0]) >= SHORTEST_BEGINNING)
    return [*(Term(word) for word in words[:-1]), Term(words[-1], beginning)]


def _number(typed: str) -> str:
    for found in _BOUND.finditer(typed):
        start = _START.match("".join((found["number"] or "").split()))
        if start:
            return start.group()
    return ""


def _words(text: str) -> list[str]:
    return [word[:MOST_LETTERS] for word in fold(text).split()]


def _pairs(words: list[str]) -> list[str]:
    return [f"_{one}_{two}" for one, two in pairwise(words)]
