"""The one door to what others have made: every zip, office file, PDF, csv and JSON is opened here, within limits.

Nothing here trusts a name, a size that a file tells of itself, or a document type that defines entities.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Never

MB = 1024 * 1024
MOST_READ = 200 * MB  # of a file as it lies there
MOST_UNPACKED = 300 * MB  # an archive that unpacks to more was made to hurt
MOST_PARTS = 10_000

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


class Refused(Exception):
    """The file is not opened. ``line``: where it is broken, when that is known."""

    def __init__(self, fault: Fault, line: int | None = None) -> None:
        super().__init__(fault)
        self.fault, self.line = fault, line


@contextmanager
def archive(source: Source) -> Iterator[zipfile.ZipFile]:
    """A zip file within the limits. What a part gives is never more than the size it was counted with.

    Raises Refused, also for what turns out broken while it is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as opened:
            parts = opened.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused(Fault.SWOLLEN)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(Fault.BROKEN)  # a password: nothing of ours could read it
            yield opened
    except (zipfile.BadZipFile, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused(Fault.BROKEN) from error


def refuse_entities(opened: zipfile.ZipFile) -> None:
    """Raise Refused when a part in XML has a document type, or letters in which one could hide."""
    for part in opened.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _look_at_prologue(opened, part)


def word(content: bytes) -> Any:
    """A Word document (python-docx). Raises Refused."""
    from docx import Document

    with archive(content) as opened:
        refuse_entities(opened)
    try:
        return Document(io.BytesIO(content))
    except Exception as error:  # python-docx and lxml raise many kinds for a file that is not in order
        raise Refused(Fault.BROKEN) from error


def workbook(path: Path) -> Any:
    """A workbook of any kind that calamine reads (xlsx, xls, xlsb, ods). Raises Refused."""
    from python_calamine import CalamineWorkbook

    _refuse_too_big(path.stat().st_size)
    if zipfile.is_zipfile(path):
        with archive(path) as opened:
            refuse_entities(opened)
    try:
        return CalamineWorkbook.from_path(str(path))
    except Exception as error:  # one class for each kind of workbook
        raise Refused(Fault.BROKEN) from error


def pdf(content: bytes) -> Any:
    """A PDF file (pypdf, which limits what a stream unpacks to). Raises Refused."""
    from pypdf import PdfReader

    _refuse_too_big(len(content))
    try:
        return PdfReader(io.BytesIO(content))
    except Exception as error:  # pypdf raises many kinds for a file that is not in order
        raise Refused(Fault.BROKEN) from error


def csv_rows(text: str, delimiter: str) -> list[list[str]]:
    """The lines of a csv file, cell by cell. Raises Refused."""
    _refuse_too_big(len(text))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Refused(Fault.BROKEN) from error


def json_of(text: str) -> Any:
    """What a JSON file holds, without NaN and infinities. Raises Refused with the line at which it breaks."""
    _refuse_too_big(len(text))
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(Fault.BROKEN, getattr(error, "lineno", None)) from error


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


def _refuse_too_big(size: int) -> None:
    if size > MOST_READ:
        raise Refused(Fault.TOO_BIG)


def _no_constant(name: str) -> Never:
    raise ValueError(name)
