"""Noticing that a record changed while somebody had it open in a form."""

from django.db.models import Model

from khuyencong.core import audit


class ChangedMeanwhile(Exception):
    """Someone else saved, adopted or removed the record after this person had opened it."""


def version_of(record: Model | None) -> str:
    """A short mark of a record's content; nothing for one that is not stored."""
    return audit.digest(audit.snapshot(record)) if record is not None and record.pk else ""
