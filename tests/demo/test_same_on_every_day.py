"""The invented province shows the same figures whenever it is loaded, and nothing in it lies ahead of that day.

What moves with the day: the years (last year is always the last with results), what is late, the law that a decision
of the past rests on. What was decided in truth stays: the periods of the plans, the reform of the communes.
"""

import datetime as dt
from collections import Counter

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Sum
from django.test import override_settings

from khuyencong.core import clock
from khuyencong.core.models import AuditRecord
from khuyencong.demo import load, years
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.planning.models import AnnualPlan, Goal, PlanLine, PlanVersion
from khuyencong.projects.models import Attachment, Payment, ProducedDocument, Project, Step
from tests import prepared
from tests.prepared import FEW, SEED

pytestmark = pytest.mark.clock

ANOTHER_DAY = clock.at(dt.date(2028, 1, 1), 6, 30)
# Days that say what shall be: they may lie ahead.
AHEAD = {
    "due_on",
    "blocks_from",
    "starts_on",
    "ends_on",
    "deadline",
    "meets_on",
    "planned_for",
    "valid_to",
    "valid_from",
}
REFERENCE = {"places", "law", "reports", "contenttypes", "sessions"}


def figures(year: int) -> dict[str, object]:
    """What the province holds, years told from the year of loading."""

    def by_age(rows, field, *sums):
        told = rows.values(field).annotate(n=Count("pk"), **{f"sum_{one}": Sum(one) for one in sums}).order_by(field)
        return [(year - row.pop(field), *row.values()) for row in told]

    def counted(rows, *fields):
        return Counter(rows.values_list(*fields))

    results, support = YearlyResult.MEASURES, ("support_amount", "counterpart", "blended", "total_cost")
    return {
        "establishments": counted(Establishment.objects, "status", "legal_form"),
        "founded": by_age(Establishment.objects.exclude(founded=None), "founded"),
        "results": by_age(YearlyResult.objects, "year", *results),
        "projects": counted(Project.objects, "state", "fund", "support_amount"),
        "accepted": by_age(Project.objects.exclude(accepted_year=None), "accepted_year", *support),
        "waiting": Project.objects.filter(accepted_year=None).aggregate(*(Sum(one) for one in support)),
        "paid": by_age(Payment.objects.annotate(year=models.F("paid_on__year")), "year", "amount"),
        "lines": by_age(PlanLine.objects, "plan__year", "amount", "committed", "disbursed"),
        "plans": by_age(AnnualPlan.objects, "year"),
        "states": counted(AnnualPlan.objects, "state"),
        "versions": by_age(PlanVersion.objects, "plan__year"),
        "goals": counted(Goal.objects, "indicator"),
        "steps": counted(Step.objects, "transition", "recorded"),
        "letters": counted(ProducedDocument.objects, "kind"),
        "papers": counted(Attachment.objects, "kind"),
        "records": counted(AuditRecord.objects.exclude(object_type__regex="^(reports|impact)[.]"), "object_type"),
    }  # fmt: skip


def lie_ahead() -> list[str]:
    """Fields of the loaded rows whose latest day or moment is still to come."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label in REFERENCE:
            continue
        for field in model._meta.fields:
            if not isinstance(field, models.DateField) or field.name in AHEAD:
                continue
            latest = model._base_manager.aggregate(latest=Max(field.name))["latest"]
            if latest is None:
                continue
            day = clock.day_of(latest) if isinstance(field, models.DateTimeField) else latest
            if day > clock.today():
                found.append(f"{model._meta.label}.{field.name}: {latest}")
    return found


def test_the_same_figures_and_nothing_ahead(django_db_setup, django_db_blocker, clone_name, tmp_path):
    """The day of the test, today or one of seven (script/on_days), against the first morning of 2028."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path):
        with prepared.reference_data(f"another_{clone_name}"), clock.starting_at(ANOTHER_DAY):
            load.load(SEED, FEW, with_reports=False)
            expected = figures(clock.today().year)
            assert lie_ahead() == []
        with prepared.province(f"today_{clone_name}", tmp_path):
            told = figures(clock.today().year)
            assert lie_ahead() == []
    assert {name: told[name] for name in told if told[name] != expected[name]} == {}


@pytest.mark.parametrize(
    ("day", "later"), [(dt.date(2026, 1, 1), 0), (dt.date(2027, 1, 1), 1), (dt.date(2025, 12, 31), 0)]
)
def test_the_years_move_on_and_never_back(day, later):
    assert years.years_since(day) == later
