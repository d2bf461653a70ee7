"""Vietnamese text from before Unicode (TCVN3 and VNI fonts), and letters that only look like ours.

Text in those fonts arrives as Latin letters that spell no Vietnamese syllable (``Tªn c¬ së``, ``Teân cô sôû``). It is
known by that: what spells none as it stands and does once converted was written so. Pure.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TCVN3, VNI = "TCVN3", "VNI"

_TCVN3_BYTES = bytes(range(0xA1, 0xAF)) + bytes(
    [0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCE, 0xCF, 0xD0,
     0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xDC, 0xDD, 0xDE, 0xDF, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7,
     0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB,
     0xFC, 0xFD, 0xFE]
)  # fmt: skip
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = dict(zip(_TCVN3_BYTES, _TCVN3_LETTERS, strict=True))
_DECODED_AS = ("cp1252", "latin-1", "cp1258")  # how a program may have read the bytes

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_TONES = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_HATS = {"â": "", "à": _GRAVE, "á": _ACUTE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVES = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}
_VNI = re.compile("([aeouyôö])([øùûõïâàáåãäêèéúüë])|([ìíæóòîôöñ])", re.IGNORECASE)

_ONSETS = ("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", *"bcdđghklmnpqrstvx")
_OF_A_SYLLABLE = (
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê "
    "êc êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang "
    "oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt "
    "ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya "
    "uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ươc ươi ươm ươn ương ươp ươt ươu ưu y yêm yên yêng yêt yêu"
)
_RHYMES = frozenset(_OF_A_SYLLABLE.split())
_TONES = frozenset((_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT))
_SHORT = re.compile(r"[A-ZĐ]{1,6}")  # SĐT, KCĐP
_PIECE = re.compile(r"[^\W\d_]+")

# Letters that look alike: the Icelandic and the African Ð, Cyrillic ones inside a Latin word. Spaces of every kind.
_ALIKE = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")})
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CYRILLIC = str.maketrans("аеосрхуіАВЕКМНОРСТХУ", "aeocpxyiABEKMHOPCTXY")
_MIXED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])\w+")


@dataclass(frozen=True)
class Conversion:
    """A text in Unicode, and the old code it came in; ``sure``: whether it could be nothing else."""

    text: str
    code: str
    sure: bool


def plain(text: str) -> str:
    """The text with one form for each letter (NFC), Vietnamese letters for those that look like them, plain spaces."""
    written = unicodedata.normalize("NFC", text.translate(_ALIKE).translate(_UNSEEN))
    return _MIXED.sub(lambda word: word.group().translate(_CYRILLIC), written)


def conversion(text: str) -> Conversion | None:
    """The text in Unicode when it makes more sense as TCVN3 or VNI than as it stands; not sure when as much.

    None for text that is Vietnamese as it is, or in neither code.
    """
    if text.isascii():
        return None
    as_it_is, marked = _sense(plain(text))
    best: tuple[int, Conversion] | None = None
    for code, read in ((TCVN3, _from_tcvn3), (VNI, _from_vni)):
        converted = read(text)
        if converted is None or converted == text:
            continue
        makes, of = _sense(converted)
        if makes >= as_it_is and makes and makes >= 0.8 * max(of, marked) and (best is None or makes > best[0]):
            best = makes, Conversion(converted, code, makes > as_it_is)
    return best[1] if best else None


def _from_tcvn3(text: str) -> str | None:
    for encoding in _DECODED_AS:
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        letters = (_TCVN3.get(byte) or bytes([byte]).decode("cp1252", "replace") for byte in content)
        return _capitals("".join(letters))
    return None


def _capitals(text: str) -> str:
    """``CộNG HòA`` -> ``CỘNG HÒA``: capitals with marks had a font of their own, with the codes of small letters."""

    def large(word: str) -> bool:
        latin = [letter for letter in word if letter.isascii() and letter.isalpha()]
        return len(latin) > 1 and all(letter.isupper() for letter in latin)

    if large(text.replace(" ", "")):
        return text.upper()
    return " ".join(word.upper() if large(word) else word for word in text.split(" "))


def _from_vni(text: str) -> str:
    def letter(found: "re.Match[str]") -> str:
        base, mark, alone = found.groups()
        if alone:
            small = _VNI_ALONE[alone.lower()]
            return small.upper() if alone.isupper() else small
        small, sign = base.lower(), mark.lower()
        stem = unicodedata.normalize("NFD", {"ô": "ơ", "ö": "ư"}.get(small, small))
        if sign in _VNI_TONES:
            made = stem + _VNI_TONES[sign]
        elif sign in _VNI_HATS and small in "aeo":
            made = stem + _HAT + _VNI_HATS[sign]
        elif sign in _VNI_BREVES and small == "a":
            made = stem + _BREVE + _VNI_BREVES[sign]
        else:
            return found.group()
        whole = unicodedata.normalize("NFC", made)
        return whole.upper() if base.isupper() else whole

    return _VNI.sub(letter, text)


def _sense(text: str) -> tuple[int, int]:
    """How many of the words with letters beyond ASCII are Vietnamese syllables, and how many such words there are."""
    words = [word for chunk in text.split() if not chunk.isascii() for word in _pieces(chunk)]
    return sum(bool(_SHORT.fullmatch(word)) or _is_syllable(word.casefold()) for word in words), len(words)


def _pieces(chunk: str) -> list[str]:
    """The words of a chunk; a sign inside a word (``Tªn`` is none, ``c¬`` has one) makes the whole chunk one."""
    bare = chunk.strip(".,;:!?()[]{}\"'“”‘’/\\-–—…*&+=%")
    parts = re.split(r"[-/.,;:()“”\"'&+–]", bare)
    return [part for part in parts if part and not part.isascii()]


@lru_cache(maxsize=8192)
def _is_syllable(word: str) -> bool:
    if not _PIECE.fullmatch(word):
        return False
    parts = unicodedata.normalize("NFD", word)
    tones = [part for part in parts if part in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if bare.endswith(("c", "ch", "p", "t")) and tones and tones[0] not in (_ACUTE, _DOT):
        return False
    return any(bare.startswith(onset) and bare[len(onset) :] in _RHYMES for onset in ("", *_ONSETS))
