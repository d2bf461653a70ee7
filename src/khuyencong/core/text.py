"""Text as it is kept, as paper can hold it, and made comparable: marks, case, punctuation make no two names."""

import re
import unicodedata

# Đ, and what looks the same and comes out of other keyboards and fonts: the Icelandic Ð, the African Ɖ.
_D = str.maketrans("đĐðÐɖƉ", "dDdDdD")
_NOT_WORD = re.compile(r"[^0-9a-z]+")

_SPACES = dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
# With the ends of lines that only Word, old terminals and Unicode know: a name must not become two lines.
_CONTROLS = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
_UNSEEN = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)]
)
_KEPT = _SPACES | _CONTROLS | _UNSEEN
# No letters at all: halves of letters, and the last two of each plane, which Unicode says will never be any.
_NEVER = "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
_NO_LETTERS = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")
_NOT_ON_PAPER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text as we keep it: letters and marks in one piece (NFC), nothing in it that nobody sees.

    What programs put into the clipboard besides letters becomes a space; tab and ends of lines stay.

    >>> clean("Cơ\u00a0sở\u0002 A\u000bB\ufffe")
    'Cơ sở  A B'
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _NO_LETTERS.sub("", text).translate(_KEPT))


def on_paper(text: str) -> str:
    """The text with � for each character that no file of Word or Excel can hold."""
    return _NOT_ON_PAPER.sub("\ufffd", text)


def strip_marks(text: str) -> str:
    """Text without Vietnamese marks, đ as d, case kept: ``Đàm Thuỷ`` -> ``Dam Thuy``."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return bare.translate(_D)


def fold(text: str) -> str:
    """The search form of a text: no marks, lower case, single spaces, no punctuation.

    >>> fold("  KHUYẾN-CÔNG, Cao Bằng ")
    'khuyen cong cao bang'
    """
    return _NOT_WORD.sub(" ", strip_marks(text).casefold()).strip()


# Of a search: who pastes a page of text is looking for its first words.
MOST_WORDS, MOST_LETTERS = 30, 500


def words(text: str) -> list[str]:
    """What is looked for when somebody types this into a search: each word once, marks ignored.

    >>> words("khuyến công, KHUYẾN nông")
    ['khuyen', 'cong', 'nong']
    """
    return list(dict.fromkeys(fold(text[:MOST_LETTERS]).split()))[:MOST_WORDS]


_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def tone_key(text: str) -> str:
    """Text with each word's tone mark moved behind the word, so that only its placement is ignored.

    ``Đàm Thủy`` and ``Đàm Thuỷ`` have one key; ``Thuận Hòa`` and ``Thuận Hóa`` have two.
    """
    words = []
    for word in unicodedata.normalize("NFD", text.casefold()).split():
        letters = "".join(ch for ch in word if ch not in _TONES)
        tones = "".join(sorted(ch for ch in word if ch in _TONES))
        words.append(letters + tones)
    return " ".join(words)
