"""The papers of a project: what is there, what the steps ahead still ask for."""

from dataclasses import dataclass
from typing import Any

from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import Fund, papers_needed
from khuyencong.projects.papers import wording as papers_wording
from khuyencong.projects.papers.models import Attachment
from khuyencong.projects.record.authors import may_bring
from khuyencong.projects.record.models import Project


@dataclass(frozen=True)
class Paper:
    """A paper in its present version, with the versions before it, newest first."""

    now: Attachment
    before: tuple[Attachment, ...]
    stored: bool  # whether a file of the right size is there; its hash is compared when it is opened


def papers(project: Project) -> list[Paper]:
    """The papers that count, by kind in the order of the life cycle."""
    return _standing(_brought(project))


def _brought(project: Project) -> list[Attachment]:
    """Everything that was ever brought, the oldest first."""
    return sorted(project.attachments.all(), key=lambda one: one.pk)


def _standing(every: list[Attachment]) -> list[Paper]:
    older = {one.replaced_by_id: one for one in every if one.replaced_by_id}
    order = list(Attachment.Kind.values)
    present = sorted(_present(every), key=lambda one: (order.index(one.kind), one.pk))
    return [Paper(one, _before(one, older), _stored(one)) for one in present]


def _present(every: list[Attachment]) -> list[Attachment]:
    return [one for one in every if one.replaced_by_id is None and one.withdrawn_at is None]


def card(user: User, project: Project) -> dict[str, Any]:
    """The papers on the project's page."""
    every = _brought(project)
    found = _standing(every)
    there = {one.now.kind for one in found}
    return {
        "papers": found,
        "missing": [
            (kind, papers_wording.paper_label(kind)) for kind in papers_needed(Fund(project.fund)) if kind not in there
        ],
        "withdrawn": [one for one in every if one.withdrawn_at is not None],
        "may_bring": may_bring(user, project),
    }


def _before(one: Attachment, older: dict[int, Attachment]) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    last: Attachment | None = one
    while last is not None and (last := older.get(last.pk)) is not None:
        found.append(last)
    return tuple(found)


def _stored(one: Attachment) -> bool:
    try:
        return bool(one.file.size == one.size)
    except OSError:
        return False


def papers_of(project: Project) -> frozenset[str]:
    """The kinds of paper that are there, in their present version."""
    return frozenset(one.kind for one in _present(_brought(project)))
