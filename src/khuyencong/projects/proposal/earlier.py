"""Support of the same content, under way or received: what double funding is looked for in."""

from django.utils.translation import gettext as _

from khuyencong.core.text import fold
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.proposal.asked import Asked
from khuyencong.projects.record.models import Project

# A proposal that is not handed in, or that came to nothing, takes nobody's place.
_NO_SUPPORT = (State.DRAFT.value, State.TERMINATED.value)


def same_content(asked: Asked) -> list[str]:
    """Other projects of the same establishments with the same content, or with the same equipment, in words."""
    others = [one for one in asked.around if one.project_id != asked.key and _supported(one.project)]
    same = {one.project_id: one.project for one in others if one.project.activity_id == asked.activity.pk}
    bought = {fold(name) for name in asked.things}
    lines = {one.line: one for one in others if one.line and one.project_id not in same and fold(one.thing) in bought}
    return [f"{one.title} ({one.code})" for one in same.values()] + [
        _("%(equipment)s, trong đề án %(code)s") % {"equipment": one.thing, "code": one.project.code}
        for one in lines.values()
    ]


def _supported(project: Project) -> bool:
    return project.accepted_year is not None or project.state not in _NO_SUPPORT
