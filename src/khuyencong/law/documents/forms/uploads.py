"""The file of a document: PDF or DOCX, known by what is in it, not by its name alone."""

from typing import Any

from khuyencong.core.files import sentences
from khuyencong.core.files.intake import Intake, UploadField
from khuyencong.core.files.kinds import PDF, WORD
from khuyencong.law.documents.actions.editions import Upload

EDITIONS = Intake((PDF, WORD), 30, sentences.edition_too_heavy, sentences.edition_refused)


class DocumentFileField(UploadField):
    """A PDF or DOCX file as an ``Upload``; None when nothing was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(intake=EDITIONS, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        found = super().clean(data, initial)
        return Upload(found.name, found.suffix, found.file.read()) if found else None
