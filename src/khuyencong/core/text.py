"""Vietnamese text made comparable: marks, case, punctuation and spacing do not make two names."""

import re
import unicodedata

_D = str.maketrans("đĐðÐɖƉ", "dDdDdD")  # with the Icelandic and the African letter, which look the same
_NOT_WORD = re.compile(r"[^0-9a-z]+")


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


MOST_WORDS = 20  # of a search; a database takes no thousand conditions


def words_of(text: str) -> list[str]:
    """The different words of what somebody searches for, folded; of a whole page pasted in, the first ones.

    >>> words_of("Miến dong, miến")
    ['mien', 'dong']
    """
    return list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]


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
