"""What may act when a file is opened: macros under another name, scripts, templates from elsewhere, known malware."""

import io
import re
import xml.etree.ElementTree as ET  # entities are refused before
import zipfile
from enum import Enum, auto

from khuyencong.core.files import apart
from khuyencong.core.files.opening import MB, Fault, Refused


class Danger(Enum):
    """Why a file is not taken although it could be read."""

    MALWARE = auto()
    MACROS = auto()
    SCRIPT = auto()  # a PDF that runs something
    REMOTE = auto()  # it fetches a template, a picture or data from elsewhere as soon as it is opened


# The test file on which all scanners agree; in two parts, for they would agree on this line too.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
_HEAD = 256
_OLE = b"\xd0\xcf\x11\xe0"
_VBA = "_VBA_PROJECT".encode("utf-16-le")
# Of every xlsb file its type says "binary.macroEnabled", whether it has any or not.
_MACRO_TYPES = re.compile(rb"(?<!binary\.)macroenabled|vbaproject|macrosheet", re.IGNORECASE)
_DDE = re.compile(rb"instr(?:Text[^>]*>|=\")[^<\"]*\bDDE(?:AUTO)?\b|<(?:\w+:)?ddeLink\b")
_REMOTE = re.compile(r"(https?|ftp):|[\\/]{2}|file:[\\/]*(?!/*[A-Za-z]:)(?=[\\/]*\w)", re.IGNORECASE)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(rb"/(JavaScript|Launch)\b")
_LOOKING = apart.Limits(seconds=20)


def in_bytes(content: bytes) -> Danger | None:
    """Of a file of any kind."""
    return Danger.MALWARE if _EICAR in content else None


def in_archive(opened: zipfile.ZipFile) -> Danger | None:
    """Of an office file. Raises Refused for parts that cannot be read."""
    for part in opened.infolist():
        name = part.filename.lower()
        with opened.open(part) as stream:
            head = stream.read(_HEAD)
            if _EICAR in head:
                return Danger.MALWARE
            if name.endswith("vbaproject.bin") or (head.startswith(_OLE) and _VBA in head + stream.read()):
                return Danger.MACROS
        if name == "[content_types].xml" and _MACRO_TYPES.search(opened.read(part)):
            return Danger.MACROS
        if name.endswith(".rels") and _fetches(opened, part):
            return Danger.REMOTE
        if name.endswith(".xml") and name.startswith(("word/", "xl/externallinks/")) and _DDE.search(opened.read(part)):
            return Danger.REMOTE
    return None


def in_pdf(content: bytes) -> Danger | None:
    """Of a PDF file: actions are named in plain bytes, or in streams of objects that a child unpacks."""
    plain = _unescaped(content)
    if _ACTS.search(plain):
        return Danger.SCRIPT
    if b"/ObjStm" not in plain:
        return None
    try:
        return Danger.SCRIPT if apart.run(acts_within, _LOOKING)(content) else None
    except Refused as refused:
        if refused.fault is Fault.BROKEN:
            return None  # whoever reads it says so
        raise


def acts_within(content: bytes) -> bool:
    """Whether a stream of objects names an action. Runs in the child."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
    from pypdf.generic import IndirectObject

    reader = PdfReader(io.BytesIO(content))
    for number in {container for container, _index in reader.xref_objStm.values()}:
        try:
            stream = reader.get_object(IndirectObject(number, 0, reader))
            if _ACTS.search(_unescaped(stream.get_data())):  # type: ignore[union-attr]  # else it is no stream
                return True
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError):
            continue
    return False


def _fetches(opened: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether something else than a link to click leads outside. A template on the writer's own disk does not."""
    if part.file_size > MB:
        raise Refused(Fault.SWOLLEN)
    try:
        links = ET.fromstring(opened.read(part))  # noqa: S314 see the import
    except ET.ParseError as error:
        raise Refused(Fault.BROKEN) from error
    return any(
        one.get("TargetMode", "").lower() == "external"
        and not one.get("Type", "").endswith(("/hyperlink", "/externalLinkPath"))
        and _REMOTE.match(one.get("Target", "").strip())
        for one in links.iter()
    )


def _unescaped(content: bytes) -> bytes:
    """Names with their letters as they are: ``/J#61vaScript`` is ``/JavaScript``."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
