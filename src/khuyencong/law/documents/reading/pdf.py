"""The text of a PDF file, page by page. Runs in the child (core/files/apart.py)."""

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from khuyencong.core.files import apart
from khuyencong.core.files.opening import Fault, Refused
from khuyencong.law.documents.reading import letters

logging.getLogger("pypdf").setLevel(logging.ERROR)  # small faults of a file are no news for the operator


def pages_of(content: bytes, most: int) -> list[list[str]]:
    """The lines of each page; none for a page that cannot be read. Raises Refused: PASSWORD, TOO_WIDE."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(Fault.PASSWORD)
    count = len(reader.pages)
    if count > most:
        raise Refused(Fault.TOO_WIDE, detail=str(count))
    found = []
    for number in range(count):
        apart.tell(number / count)
        try:
            found.append(letters.lines(reader.pages[number].extract_text()))
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            found.append([])
    return found
