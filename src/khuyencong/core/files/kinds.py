"""Kinds of files, known by what is in them."""

import io
import zlib
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import IO

from khuyencong.core.files import dangers, opening
from khuyencong.core.files.dangers import Danger


@dataclass(frozen=True)
class FileKind:
    """A kind of file. ``inline``: shown in the browser itself; the others are only handed over."""

    name: str
    content_type: str
    suffixes: tuple[str, ...]
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

PDF = FileKind("PDF", "application/pdf", (".pdf",), inline=True)
WORD = FileKind("Word (.docx)", f"{_OFFICE}.wordprocessingml.document", (".docx",))
EXCEL = FileKind("Excel (.xlsx)", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
JPEG = FileKind("JPG", "image/jpeg", (".jpg", ".jpeg"), inline=True)
PNG = FileKind("PNG", "image/png", (".png",), inline=True)
HEIC = FileKind("HEIC", "image/heic", (".heic", ".heif"))
JSON = FileKind("JSON", "application/json", (".json",))
CSV = FileKind("CSV", "text/csv", (".csv",))
PARQUET = FileKind("Parquet", "application/vnd.apache.parquet", (".parquet",))
OLD_OFFICE = FileKind("Office 97-2003", "application/x-ole-storage", (".doc", ".xls"))
OLD_EXCEL = FileKind("Excel 97-2003", "application/vnd.ms-excel", (".xls",))
BINARY_EXCEL = FileKind("Excel (.xlsb)", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", (".xlsb",))
OPEN_SHEET = FileKind("OpenDocument (.ods)", f"{_OPEN}.spreadsheet", (".ods",))
OPEN_DOCUMENT = FileKind("OpenDocument", f"{_OPEN}.text", (".odt", ".ods"))
RTF = FileKind("RTF", "application/rtf", (".rtf",))
ZIP = FileKind("ZIP", "application/zip", (".zip",))

PHOTOS = (JPEG, PNG)
DOCUMENTS = (PDF, WORD, EXCEL, JPEG, PNG)
SHEETS = (EXCEL, OLD_EXCEL, BINARY_EXCEL, OPEN_SHEET, CSV)

_BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xd0\xcf\x11\xe0", OLD_OFFICE),
    (b"{\\rtf", RTF),
    (b"PAR1", PARQUET),
)
_PHOTO_BRANDS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
# The part that tells what an archive is.
_PARTS = (
    ("word/document.xml", WORD),
    ("xl/workbook.xml", EXCEL),
    ("xl/workbook.bin", BINARY_EXCEL),
    ("content.xml", OPEN_DOCUMENT),
)


class Oddity(Enum):
    """What is wrong with a file although its kind may be known."""

    BROKEN = auto()
    SWOLLEN = auto()
    ENTITIES = auto()
    PASSWORD = auto()
    UNFINISHED = auto()  # an office file without the list of its parts


@dataclass(frozen=True)
class Seen:
    """What a look at a file tells: its kind (None: of no kind we know), what is odd about it, what may act in it."""

    kind: FileKind | None
    oddity: Oddity | None = None
    danger: Danger | None = None


def look(file: bytes | IO[bytes]) -> Seen:
    """What the file is, by its content; a stream is left at its beginning."""
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    stream.seek(0)
    try:
        content = stream.read()
        seen = _seen(content)
        danger = seen.danger or dangers.in_bytes(content)
        return replace(seen, danger=danger) if danger else seen
    finally:
        stream.seek(0)


def _seen(content: bytes) -> Seen:
    head = content[:1024]
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return Seen(kind)
    if head[4:12] in _PHOTO_BRANDS:
        return Seen(HEIC)
    if b"%PDF-" in head:
        return _pdf(content)
    if head.startswith(b"PK"):
        return _archive(content)
    if head[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return Seen(JSON)
    return Seen(None)


def _pdf(content: bytes) -> Seen:
    try:
        return Seen(PDF, danger=dangers.in_pdf(content))
    except opening.Refused:
        return Seen(PDF, Oddity.SWOLLEN)


def _archive(content: bytes) -> Seen:
    kind: FileKind | None = ZIP
    try:
        with opening.archive(content) as opened:
            names = set(opened.namelist())
            kind = next((one for part, one in _PARTS if part in names), ZIP)
            opening.refuse_entities(opened)
            danger = dangers.in_archive(opened)
    except opening.Refused as refused:
        return Seen(kind, _ODDITIES.get(refused.fault, Oddity.BROKEN))
    except (OSError, ValueError, RuntimeError, zlib.error):
        return Seen(kind, Oddity.BROKEN)
    if kind in (WORD, EXCEL) and "[Content_Types].xml" not in names:
        return Seen(kind, Oddity.UNFINISHED, danger)
    return Seen(kind, None, danger)


_ODDITIES = {
    opening.Fault.SWOLLEN: Oddity.SWOLLEN,
    opening.Fault.ENTITIES: Oddity.ENTITIES,
    opening.Fault.PASSWORD: Oddity.PASSWORD,
}
