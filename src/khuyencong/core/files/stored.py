"""Files that are kept: whether they are still the ones that were brought, and how they are shown without harm."""

import hashlib

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from khuyencong.core.files.kinds import DOCUMENTS


def whole(file: FieldFile, sha256: str) -> bool:
    """Whether a stored file is, to the byte, the one that was brought."""
    try:
        with file.storage.open(file.name or "", "rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == sha256
    except OSError:
        return False


def shown(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """A stored file as an answer that cannot act in our name: no scripts, no guessing of its type, no shared cache."""
    inline = any(one.inline and one.content_type == content_type for one in DOCUMENTS)
    response = FileResponse(
        file.storage.open(file.name or "", "rb"), as_attachment=not inline, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    # An image or a PDF is drawn by the browser itself; whatever else is hidden in it may do nothing.
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
