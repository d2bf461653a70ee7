"""Papers in words."""

from khuyencong.projects.papers.models import Attachment


def paper_label(kind: str) -> str:
    """The kind of paper in words."""
    return str(Attachment.Kind(kind).label)
