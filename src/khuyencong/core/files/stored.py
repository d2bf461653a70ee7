"""Files that are kept: whether they are still the ones that were brought, and how they are shown without harm."""

import hashlib
import io
from typing import IO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from khuyencong.core.files import pictures
from khuyencong.core.files.kinds import DOCUMENTS
from khuyencong.core.files.opening import Refused


def whole(file: FieldFile, sha256: str) -> bool:
    """Whether a stored file is, to the byte, the one that was brought."""
    try:
        with file.storage.open(file.name or "", "rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == sha256
    except OSError:
        return False


def picture(original: FieldFile, copy: FieldFile, name: str, content_type: str) -> FileResponse:
    """A photo without what the camera told: its copy, or one made now of a photo from before there were copies.

    Raises Http404 when it cannot be drawn.
    """
    if copy:
        return shown(copy, name, content_type)
    with original.storage.open(original.name or "", "rb") as stored:
        try:
            content = pictures.anew(stored.read())
        except Refused as refused:
            raise Http404 from refused
    return _safe(io.BytesIO(content), name, content_type)


def shown(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """A stored file as an answer that cannot act in our name: no scripts, no guessing of its type, no shared cache."""
    return _safe(file.storage.open(file.name or "", "rb"), name, content_type)


def _safe(content: IO[bytes], name: str, content_type: str) -> FileResponse:
    inline = any(one.inline and one.content_type == content_type for one in DOCUMENTS)
    response = FileResponse(content, as_attachment=not inline, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    # An image or a PDF is drawn by the browser itself; whatever else is hidden in it may do nothing.
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
