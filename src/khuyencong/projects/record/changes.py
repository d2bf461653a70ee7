"""A change of a project, told on its own card and on the cards of whom it supports."""

from collections.abc import Iterable, Mapping
from typing import Any

from khuyencong.core import audit
from khuyencong.establishments.models import Establishment
from khuyencong.projects.record.models import Project


def changes(
    action: str, project: Project, before: Mapping[str, Any] | None, establishments: Iterable[Establishment]
) -> list[audit.Change]:
    """One record on the project's card, and one on the card of each establishment, those that left it too."""
    after = audit.snapshot(project)
    return [
        audit.Change(action, project, before, after),
        *(audit.Change(action, project, before, after, subject=one) for one in establishments),
    ]
