"""What others have made, opened within limits: zip files and JSON. All else is read in a child (apart.py).

Nothing here trusts a name, a size that a file tells of itself, or a document type that defines entities.
"""

import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Never

MB = 1024 * 1024
MOST_READ = 200 * MB  # of a file as it lies there
MOST_UNPACKED = 300 * MB  # an archive that unpacks to more was made to hurt
MOST_PARTS = 10_000
_MOST_LISTED = 3 * MB  # of the list of parts itself
_MOST_MARKS = 4_000_000  # brackets and commas of a JSON file: what stands between them takes memory

Source = bytes | Path | IO[bytes]

_CHUNK = 64 * 1024
_ROOT = re.compile(rb"<[^?!\s]")
_TYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ASIDE = re.compile(rb"<!--.*?(-->|\Z)|<\?.*?(\?>|\Z)", re.DOTALL)
_ENCODING = re.compile(rb"^[^>]*\bencoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"windows-1258"}


class Fault(StrEnum):
    """Why a file is not opened."""

    TOO_BIG = "too-big"
    BROKEN = "broken"
    SWOLLEN = "swollen"  # it unpacks to more than is taken, or into too many parts
    ENTITIES = "entities"  # its XML defines what may grow without end or reach outside
    PASSWORD = "password"  # noqa: S105 the word, not one of ours
    TOO_LONG = "too-long"  # it takes longer to read than we wait
    TOO_MUCH = "too-much"  # it takes more memory than it is given
    TOO_WIDE = "too-wide"  # a table with more cells than are taken; ``detail`` says where
    UNFIT = "unfit"  # it was opened, but what stands in it does not work; ``detail`` says what
    ENCODING = "encoding"  # text that is no Unicode, where nothing else is taken
    QUOTE = "quote"  # a quote in a csv file that swallows lines; ``line`` is where it opens


class Refused(Exception):
    """The file is not opened. ``line``: where it is broken, when that is known; ``detail``: what else is known."""

    def __init__(self, fault: Fault, line: int | None = None, detail: str = "") -> None:
        super().__init__(fault)
        self.fault, self.line, self.detail = fault, line, detail


@contextmanager
def archive(source: Source) -> Iterator[zipfile.ZipFile]:
    """A zip file within the limits. What a part gives is never more than the size it was counted with.

    Raises Refused, also for what turns out broken while it is read.
    """
    try:
        _refuse_long_list(source)
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as opened:
            parts = opened.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused(Fault.SWOLLEN)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(Fault.PASSWORD)
            yield opened
    except (zipfile.BadZipFile, EOFError, NotImplementedError, UnicodeDecodeError, zlib.error, lzma.LZMAError) as error:
        raise Refused(Fault.BROKEN) from error


def refuse_entities(opened: zipfile.ZipFile) -> None:
    """Raise Refused when a part in XML has a document type, or letters in which one could hide."""
    for part in opened.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _look_at_prologue(opened, part)


def json_of(text: str) -> Any:
    """What a JSON file holds, without NaN and infinities. Raises Refused with the line at which it breaks."""
    refuse_too_big(len(text))
    if sum(map(text.count, "[{,")) > _MOST_MARKS:
        raise Refused(Fault.TOO_MUCH)
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(Fault.BROKEN, getattr(error, "lineno", None)) from error


def _refuse_long_list(source: Source) -> None:
    """The list at the end of a zip file is read before its parts can be counted."""
    stream = (
        io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") if isinstance(source, Path) else source
    )
    try:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(max(size - 70_000, 0))
        tail = stream.read()
        stream.seek(0)
    finally:
        if isinstance(source, Path):
            stream.close()
    at = tail.rfind(b"PK\5\6")
    listed = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if listed > _MOST_LISTED:
        raise Refused(Fault.SWOLLEN)


def _look_at_prologue(opened: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read up to the first element: a document type stands before it or nowhere."""
    seen = b""
    with opened.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            seen += chunk.replace(b"\0", b"")  # UTF-16 is read as if each letter were one byte
            if _TYPE.search(seen):
                raise Refused(Fault.ENTITIES)
            if _ROOT.search(_ASIDE.sub(b"", seen)):
                break
            if len(seen) > MB:
                raise Refused(Fault.SWOLLEN)
    told = _ENCODING.search(seen[:200])
    if told and told[1].lower() not in _ENCODINGS:
        raise Refused(Fault.ENTITIES)


def refuse_too_big(size: int) -> None:
    """Raise Refused for a file that is not even begun."""
    if size > MOST_READ:
        raise Refused(Fault.TOO_BIG)


def _no_constant(name: str) -> Never:
    raise ValueError(name)
