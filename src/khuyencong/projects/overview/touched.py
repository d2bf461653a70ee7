"""Which projects have a ceiling that rests on a norm changed by an update of the reference data."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from khuyencong.core import clock
from khuyencong.law.updates.touched import NormChange, Touched
from khuyencong.people.models import User
from khuyencong.projects.record.models import Step
from khuyencong.projects.record.queries import projects

_APPROVALS = ("approve", "approve-national", "adjust")


def touched(user: User, changes: Iterable[NormChange]) -> dict[str, list[Touched]]:
    """By norm. The day of a project is that of its approval; before it, today."""
    asked = list(changes)
    decided = Step.objects.filter(project=OuterRef("pk"), transition__in=_APPROVALS).order_by("-position").values("day")
    mine = projects(user).filter(activity__in={one.content for one in asked})
    found: dict[str, list[Touched]] = defaultdict(list)
    for project in mine.annotate(decided=Subquery(decided[:1])).order_by("-accepted_year", "code"):
        day = project.decided or project.accepted_on or clock.today()
        for one in asked:
            same = one.content == project.activity_id and one.variant == project.variant
            if same and one.touches(day):
                found[one.key].append(Touched(reverse("projects:card", args=[project.pk]), str(project), day))
    return found
