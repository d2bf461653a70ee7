"""Every state x step x person x fund on the database: what the table allows happens, all else changes nothing."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from khuyencong.core import clock
from khuyencong.core.models import AuditRecord
from khuyencong.projects.lifecycle.table import BY_NAME, TABLE, Fund, State, states_of
from khuyencong.projects.models import Attachment, CostLine, ProducedDocument, Project, Step
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.steps.actions import AlreadyTaken, Refused, take_step
from tests.factories.ready import People, make_bare, make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


def trace(project):
    """Everything that a step would leave."""
    project.refresh_from_db()
    values = {field.attname: getattr(project, field.attname) for field in Project._meta.concrete_fields}
    return values, Step.objects.count(), ProducedDocument.objects.count(), AuditRecord.objects.count()


def attempt(user, project, name):
    """Take the step and undo it; what happened, as a word."""
    before = trace(project)
    outcome = "taken"
    with transaction.atomic():
        try:
            step = take_step(user, project.pk, name, "Có lý do")
        except PermissionDenied:
            outcome = "denied"
        except AlreadyTaken:
            outcome = "elsewhere"
        except Refused:
            outcome = "refused"
        if outcome == "taken":
            assert_left_its_trace(step, project, before)
        else:
            assert trace(project) == before, f"{name} was not taken, and yet something changed"
        transaction.set_rollback(True)
    project.refresh_from_db()
    return outcome


def assert_left_its_trace(step, project, before):
    transition = BY_NAME[step.transition]
    values, steps, letters, records = before
    project.refresh_from_db()
    assert (project.state, step.source, step.target) == (transition.target, values["state"], transition.target)
    assert Step.objects.count() == steps + 1
    made = ProducedDocument.objects.order_by("pk")[letters:]
    assert [letter.kind for letter in made] == ([transition.letter] if transition.letter else [])
    told = [record.action for record in AuditRecord.objects.order_by("seq")[records:]]
    assert told.count(f"step:{transition.name}") == 1
    assert told.count("create") == len(made)


PLACES = [(state, fund) for fund in Fund for state in State if state in states_of(fund)]


@pytest.mark.parametrize(("state", "fund"), PLACES)
def test_every_step_by_everybody(state, fund, people, commune):
    walk(state, fund, people, commune, whole=False)


@pytest.mark.proof("steps")
@pytest.mark.parametrize(("state", "fund"), PLACES)
def test_every_step_by_really_everybody(state, fund, people, commune):
    walk(state, fund, people, commune, whole=True)


def walk(state, fund, people, commune, whole):
    """Every step of the table tried by everybody; unless ``whole``, by two people where it leads nowhere from here."""
    project = make_ready(people, commune, state, fund, drafted_by=people.leader)
    for transition in TABLE:
        leads_on = state in transition.sources and fund in transition.funds
        if transition.name == "archive-terminated" and leads_on:
            assert project.contract.paid == 0
        everyone = people.actors()
        if not leads_on and not whole:
            insider = next(user for user, actors in everyone.items() if transition.actor in actors)
            everyone = {user: everyone[user] for user in (insider, people.viewer)}
        for user, actors in everyone.items():
            if transition.actor not in actors:
                expected = "denied"
            elif not leads_on:
                expected = "elsewhere"
            elif transition.four_eyes and user == people.leader:
                expected = "refused"
            else:
                expected = "taken"
            assert attempt(user, project, transition.name) == expected, (transition.name, user.username)


@pytest.mark.parametrize("transition", TABLE, ids=lambda one: one.name)
def test_without_one_of_its_papers_or_its_reason_no_step_is_taken(transition, people, commune):
    fund = next(fund for fund in Fund if fund in transition.funds)
    state = next(state for state in State if state in transition.sources)
    project = make_ready(people, commune, state, fund)
    user = next(one for one, actors in people.actors().items() if transition.actor in actors)
    for paper in transition.papers:
        kept = Attachment.objects.filter(project=project, kind=paper)
        pks = list(kept.values_list("pk", flat=True))
        older = kept.first()
        older.replaced_by = Attachment.objects.filter(project=project).exclude(kind=paper).first()
        older.save()
        assert attempt(user, project, transition.name) == "refused", f"{paper} is there only in an older version"
        Attachment.objects.filter(pk__in=pks).update(replaced_by=None)
    if transition.reason:
        with pytest.raises(Refused, match="lý do"):
            take_step(user, project.pk, transition.name, " \n")
    assert attempt(user, project, transition.name) == "taken"


def test_an_officer_of_one_of_two_communes_may_hand_in_but_a_province_officer_must_reach_all(
    people, commune, other_commune
):
    project = make_ready(people, commune)
    project.establishments.add(make_ready(people, other_commune, code="DA-2026-0901").establishments.get())
    assert attempt(people.elsewhere, project, "submit") == "taken"


def test_a_day_ahead_or_before_the_last_step_is_refused(people, commune):
    today = clock.today()
    project = make_ready(people, commune)
    take_step(people.commune_officer, project.pk, "submit", day=today - dt.timedelta(days=3))
    for day, words in ((today + dt.timedelta(days=1), "chưa đến"), (today - dt.timedelta(days=4), "sớm hơn ngày")):
        with pytest.raises(Refused, match=words):
            take_step(people.officer, project.pk, "start-appraisal", day=day)
    step = take_step(people.officer, project.pk, "start-appraisal", day=today - dt.timedelta(days=3))
    assert step.day == today - dt.timedelta(days=3)


def test_a_draft_without_an_author_is_answered_for_by_who_hands_it_in(people, commune):
    project = make_ready(people, commune)
    Project.objects.filter(pk=project.pk).update(drafted_by=None)
    take_step(people.officer, project.pk, "submit")
    project.refresh_from_db()
    assert project.drafted_by == people.officer


def test_who_saw_another_state_is_told_who_was_faster(people, commune):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    take_step(people.leader, project.pk, "approve", seen="department-appraisal")
    with pytest.raises(AlreadyTaken) as told:
        take_step(people.other_leader, project.pk, "reject", "Không hợp", seen="department-appraisal")
    assert "“Đã phê duyệt”" in str(told.value)
    assert str(people.leader) in str(told.value)
    assert Step.objects.count() == 1


def test_a_mistaken_proposal_is_withdrawn_with_its_reason_until_the_appraisal_begins(people, commune):
    project = make_bare(people, commune, State.DRAFT)
    CostLine.objects.filter(project=project).update(amount=1)
    with pytest.raises(Refused):
        take_step(people.commune_officer, project.pk, "withdraw")
    take_step(people.commune_officer, project.pk, "withdraw", "Soạn nhầm cơ sở")
    project.refresh_from_db()
    assert (project.state, project.steps.get().reason) == ("terminated", "Soạn nhầm cơ sở")
    take_step(people.officer, project.pk, "archive-terminated")
    assert imbalances() == [], "an estimate given up half written is no fault of the books"
    begun = make_ready(people, commune, State.DEPARTMENT_APPRAISAL, code="DA-2026-0901")
    with pytest.raises(AlreadyTaken):
        take_step(people.commune_officer, begun.pk, "withdraw", "Muộn")
