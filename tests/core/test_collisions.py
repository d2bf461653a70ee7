"""Who writes the same at the same time is told that somebody was faster, and what is there by now; never a 500."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from khuyencong.core import audit, clock
from khuyencong.core.audit import collisions
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.refusals import ChangedMeanwhile, Collided, written_twice
from khuyencong.establishments import actions as registry
from khuyencong.establishments.models import YearlyResult
from khuyencong.people.models import User
from khuyencong.planning.models import PeriodPlan, PlanBudget
from khuyencong.reports.official.models import Report
from khuyencong.yearbook import actions as yearbook
from khuyencong.yearbook.models import MacroFigure
from tests.factories.establishments import make_establishment
from tests.factories.reports import drafted
from tests.projects.steps.test_races import CROWD, all_at_once
from tests.yearbook.test_figures import values

# What no two people can write at once, and why.
NOBODY = {
    "core.formdraft: one_draft_a_form": "a form in the browser; the later text stands",
    "people.signinfailures: failures_once": "counted by the system, which asks for the row first",
    "law.delivery: token": "drawn by lot",
}


def constraints():
    for model in apps.get_models():
        if model.__module__.startswith("khuyencong"):
            for one in model._meta.constraints:
                if isinstance(one, models.UniqueConstraint):
                    yield model, one.name
            for field in model._meta.concrete_fields:
                if field.unique and not field.primary_key:
                    yield model, field.name


def test_every_unique_constraint_has_its_sentence():
    silent = [(model, key) for model, key in constraints() if not collisions.sentence_of(model, key)]
    assert {f"{model._meta.label_lower}: {key}" for model, key in silent} == set(NOBODY)


def test_no_sentence_is_of_a_constraint_there_is_not():
    known = {key for _model, key in constraints()}
    known |= {f"{model._meta.label_lower}.{key}" for model, key in constraints()}
    assert set(collisions._sentences) <= known


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "said"), [
    ("result", "Cơ sở này đã có kết quả của năm này."),  # several columns
    ("code", "Số đăng ký này đã có ở một cơ sở khác."),  # a column alone
    ("tax_code", "Mã số thuế này đã có ở một cơ sở khác."),  # with a condition
    ("budget", "Kế hoạch đã có kinh phí từ nguồn này."),  # of expressions
])  # fmt: skip
def test_what_the_database_refuses_is_told_in_the_sentence_of_its_constraint(key, said, commune, officer):
    one, other = make_establishment(commune, code="CB-1"), make_establishment(commune, code="CB-2")
    plan = PeriodPlan.objects.create(name="Kế hoạch", first_year=2026, last_year=2030)

    def twice():
        for establishment in (one, other):
            if key == "result":
                YearlyResult.objects.create(establishment=one, year=2024, entered_at=clock.now())
            elif key == "budget":
                PlanBudget.objects.create(period=plan, source="local", amount=1)
            else:
                type(one).objects.filter(pk=establishment.pk).update(**{key: "0100109106"})

    with pytest.raises(Collided) as refused, audit.writing(officer):
        twice()
    assert written_twice(refused.value.what).startswith(f"{said} Người khác vừa ghi")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_enter_the_same_one_does_and_the_others_are_told(officer, province, commune):
    establishment = make_establishment(commune)

    def result():
        told = {"revenue": 5, "source": "survey"}
        return registry.save_result(user(), establishment, 2024, told, version_of(None))

    def user():
        return User.objects.get(pk=officer.pk)

    acts = {
        YearlyResult: result,
        Report: lambda: drafted(user(), province),
        MacroFigure: lambda: yearbook.add_figure(user(), province, values()),
    }
    for model, act in acts.items():
        before = model.objects.count()
        found = all_at_once(*[act] * CROWD)
        told = [one for one in found if isinstance(one, Exception)]
        assert (model.objects.count() - before, len(told)) == (1, CROWD - 1), (model, found)
        assert all(isinstance(one, ValidationError | ChangedMeanwhile) for one in told), told
