"""The letters of a text file: its mark tells, else UTF-8, else the Vietnamese page of Windows."""

import codecs

from khuyencong.core.files.opening import Fault, Refused

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def decoded(content: bytes, strict: bool = False) -> str:
    """The text. Raises Refused when it is none, and when it is not Unicode but must be."""
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError as error:
        if strict:
            raise Refused(Fault.ENCODING) from error
        text = content.decode("cp1258", errors="replace")
    if "\0" in text:
        raise Refused(Fault.BROKEN)
    return text


def _encoding(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    odd, even = content[1:400:2].count(0), content[:400:2].count(0)
    if max(odd, even) > 20 > 4 * min(odd, even):  # UTF-16 without a mark: every other byte of Latin letters is zero
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8-sig"
