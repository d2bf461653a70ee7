"""Support of the same content, under way or received: what double funding is looked for in."""

from django.utils.translation import gettext as _

from khuyencong.core.text import fold
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.proposal.asked import Asked
from khuyencong.projects.proposal.models import CostLine
from khuyencong.projects.record.models import Project

# A proposal that is not handed in, or that came to nothing, takes nobody's place.
_NO_SUPPORT = (State.DRAFT.value, State.TERMINATED.value)


def same_content(asked: Asked) -> list[str]:
    """Other projects of the same establishments with the same content, or with the same equipment, in words."""
    others = (
        Project.objects.filter(establishments__in=[one.pk for one in asked.establishments])
        .exclude(pk__in=[] if asked.key is None else [asked.key])
        .exclude(state__in=_NO_SUPPORT, accepted_year=None)
        .select_related("activity")
        .distinct()
    )
    found = [f"{one.title} ({one.code})" for one in others if one.activity_id == asked.activity.pk]
    bought = {fold(name) for name in asked.things}
    lines = CostLine.objects.filter(project__in=others).exclude(project__activity=asked.activity)
    found += [
        _("%(equipment)s, trong đề án %(code)s") % {"equipment": line.name, "code": line.project.code}
        for line in lines.select_related("project")
        if fold(line.name) in bought
    ]
    return found
