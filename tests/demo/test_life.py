"""The invented projects have lives: every state occurs, money balances, live ones have their letters."""

import pytest
from docx import Document

from khuyencong.core import audit
from khuyencong.demo.life import TARGETS
from khuyencong.projects.lifecycle.table import Fund, State, states_of
from khuyencong.projects.models import ProducedDocument, Project
from khuyencong.projects.money.queries import imbalances

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def _files_of_this_test():
    """The files are those that were loaded."""


def test_every_state_that_a_live_project_can_be_in_occurs(loaded):
    states = set(Project.objects.values_list("state", flat=True))
    every = {*states_of(Fund.NATIONAL), *states_of(Fund.LOCAL)}
    # Settled within the year of the demo's own past, or archived and monitored by age.
    assert {state.value for state in every} - states <= {State.SETTLED.value}
    live = Project.objects.filter(accepted_year=None)
    assert sorted(live.values_list("state", flat=True)) == sorted(state.value for state in TARGETS)


def test_money_balances_and_the_trail_is_whole(loaded):
    assert imbalances() == []
    assert audit.verify().broken is None


def test_live_projects_have_the_letters_of_their_steps(loaded):
    for project in Project.objects.filter(accepted_year=None).exclude(state="draft"):
        assert project.letters.filter(kind="submission").exists(), project
    assert ProducedDocument.objects.filter(kind="approval").count() >= 5


def test_past_projects_carry_their_days(loaded):
    for project in Project.objects.exclude(accepted_year=None):
        assert project.steps.filter(recorded=True).exists()
        assert project.accepted_on.year == project.accepted_year
        assert project.contract.paid > 0
        assert {paper.kind for paper in project.attachments.all()} == {"signed-contract", "invoices"}
        (decision,) = project.letters.all()
        assert decision.day == project.steps.get(transition__startswith="approve").day


def test_a_decision_of_the_past_rests_on_the_law_of_its_day(loaded):
    early = ProducedDocument.objects.filter(kind="approval").earliest("day")
    text = "\n".join(one.text for one in Document(early.file.path).paragraphs)
    assert "45/2012/NĐ-CP" in text
    for later, since in (("28/2018", 2018), ("235/2025", 2025)):
        assert later not in text or early.day.year >= since
