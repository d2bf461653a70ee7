"""Whose evaluations a person may see, and what becomes of an answer when a second question is put."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from khuyencong.core.models import AuditRecord
from khuyencong.impact import actions, queries
from khuyencong.impact.models import Evaluation
from khuyencong.places.models import Unit
from tests.factories.impact import QUESTION, make_evaluation, make_panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(person, province):
    return person("leader", province)


@pytest.fixture
def neighbour(person):
    """An officer of Hà Nội."""
    return person("officer", Unit.objects.get(code="01", valid_to=None))


@pytest.fixture
def of_registry(officer, province):
    """The officer's evaluation of the registry of the province."""
    evaluation = make_evaluation(officer)
    evaluation.origin, evaluation.province = Evaluation.Origin.REGISTRY, province
    evaluation.settings = evaluation.settings | {"outcome": "revenue"}
    evaluation.save()
    return evaluation


@pytest.mark.parametrize("name", ["columns", "result", "word", "bundle"])
def test_an_uploaded_panel_of_another_person_is_refused(name, client, officer, colleague):
    evaluation = make_evaluation(officer)
    client.force_login(colleague)
    address = reverse(f"impact:{name}", args=[evaluation.pk])
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    assert not queries.evaluations(colleague).exists()
    client.force_login(officer)
    assert client.get(address).status_code == 200


def test_an_answer_about_the_province_is_for_all_who_evaluate_there(client, of_registry, colleague, neighbour):
    assert of_registry in queries.evaluations(colleague)
    for name in ("result", "word", "bundle"):
        address = reverse(f"impact:{name}", args=[of_registry.pk])
        client.force_login(colleague)
        assert client.get(address).status_code == 200
        client.force_login(neighbour)
        assert client.get(address).status_code == 403
    assert not queries.evaluations(neighbour).exists()


def test_nobody_puts_another_question_into_an_answer_about_the_province(client, of_registry, officer, colleague):
    for person in (officer, colleague):
        client.force_login(person)
        assert client.post(reverse("impact:columns", args=[of_registry.pk])).status_code == 404


def test_actions_refuse_the_panel_of_another(officer, colleague):
    panel = make_panel(officer)
    for action in (lambda: actions.ask_panel(colleague, panel, QUESTION),
                   lambda: actions.answer(colleague, panel, QUESTION, lambda share, stage: None)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            action()
    panel.refresh_from_db()
    assert panel.result is None


def test_the_first_question_is_answered_in_place_and_recorded(officer):
    panel = make_panel(officer)
    before = AuditRecord.objects.count()
    assert actions.ask_panel(officer, panel, QUESTION) == panel
    answered = actions.answer(officer, panel, QUESTION, lambda share, stage: None)
    assert answered.result["units"] == 12
    assert answered.settings == QUESTION.as_json()
    assert AuditRecord.objects.count() == before + 1


def test_a_second_question_keeps_the_first_answer(officer):
    first = make_evaluation(officer)
    second = actions.ask_panel(officer, first, QUESTION)
    assert second != first
    assert second.panel.path == first.panel.path
    actions.answer(officer, second, QUESTION, lambda share, stage: None)
    first.refresh_from_db()
    assert first.result is not None
    assert queries.evaluations(officer).count() == 2
