"""What a file is, by what is in it; its name counts for nothing. Runs in the child."""

from pathlib import Path

from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets import markup, separated, workbook
from khuyencong.core.files.sheets.encoding import decoded
from khuyencong.core.files.sheets.sheet import Found

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_NO_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"PAR1", b"GIF8")


def read_file(path: str, headings: tuple[str, ...], strict: bool) -> list[Found]:
    """All sheets. Raises Refused."""
    content = Path(path).read_bytes()
    if content.startswith((_OLE, _ZIP)):
        return workbook.read(content)
    if content.startswith(_NO_TEXT):
        raise Refused(Fault.BROKEN)
    text = decoded(content, strict)
    start = text[:4096].lstrip().lower()
    if start.startswith("<"):
        return markup.spreadsheet(text) if markup.XML_SHEET in text[:4096] else markup.web_page(text)
    return separated.read(text, headings, whole=strict)
