"""Files made for a person, as an answer that the browser saves."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from khuyencong.core.files.kinds import EXCEL, WORD

TYPES = {
    "docx": WORD.content_type,
    "xlsx": EXCEL.content_type,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
    "svg": "image/svg+xml; charset=utf-8",
}


def download(content: bytes | str, name: str) -> HttpResponse:
    """A file under a name; its type follows from the name's ending. Raises KeyError for an ending we do not make."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
