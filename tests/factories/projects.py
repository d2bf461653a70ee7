"""Projects of the past."""

import datetime as dt

from khuyencong.law.models import (
    ActivityType,
)
from khuyencong.projects.models import Project


def make_project(*establishments, code="DA-1", year=2020, support=100_000_000, **fields):
    """A saved project for these establishments."""
    activity = ActivityType.objects.first() or ActivityType.objects.create(
        code="machinery", name="Máy móc", provision="Điều 4", valid_from=dt.date(2012, 7, 5)
    )
    fields = {"title": f"Đề án thử {code}", "fund": "local", "activity": activity, **fields}
    project = Project(
        code=code,
        accepted_year=year,
        support_amount=support,
        counterpart=support,
        total_cost=2 * support,
        **fields,
    )
    project.fold()
    project.save()
    project.establishments.set(establishments)
    return project
