"""One real object for each argument an address takes, all in one commune and owned by one person."""

import datetime as dt

from django.utils import timezone

from khuyencong.core.models import Job
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.projects.models import ActivityType, Project

# For each address with arguments: argument -> which sample to put there.
SAMPLES: dict[str, dict[str, str]] = {
    "job": {"pk": "job"},
    "establishments:card": {"pk": "establishment"},
    "establishments:edit": {"pk": "establishment"},
    "establishments:result": {"pk": "establishment", "year": "year"},
    "projects:card": {"pk": "project"},
    "projects:edit": {"pk": "project"},
    "importing:template": {"kind": "kind"},
    "importing:preview": {"pk": "batch"},
    "importing:refused": {"pk": "batch"},
    "impact:columns": {"pk": "panel"},
    "impact:result": {"pk": "evaluation"},
    "impact:word": {"pk": "evaluation"},
    "impact:bundle": {"pk": "evaluation"},
}


def make_establishment(commune, name="Cơ sở miến dong thử", code="THU-1", **fields):
    """A saved establishment."""
    fields = {"legal_form": "household", "founded": 2015, **fields}
    establishment = Establishment(code=code, name=name, commune=commune, **fields)
    establishment.fold()
    establishment.save()
    return establishment


def make_result(establishment, year=2023, **fields):
    """A saved yearly result."""
    fields = {"source": "survey", "entered_at": timezone.now(), **fields}
    return YearlyResult.objects.create(establishment=establishment, year=year, **fields)


def make_project(*establishments, code="DA-1", year=2020, support=100_000_000, **fields):
    """A saved project for these establishments."""
    activity = ActivityType.objects.first() or ActivityType.objects.create(
        code="machinery", name="Máy móc", provision="Điều 4", valid_from=dt.date(2012, 7, 5)
    )
    fields = {"title": f"Đề án thử {code}", "fund": "local", **fields}
    project = Project(
        code=code,
        activity=activity,
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


def make_samples(commune, owner):
    """Sample name -> the value to put into the address."""
    establishment = make_establishment(commune)
    make_result(establishment)
    return {
        "establishment": establishment.pk,
        "year": 2023,
        "project": make_project(establishment).pk,
        "job": Job.objects.create(owner=owner, title="Việc thử").pk,
    }
