"""What is read: risks, visits and findings within reach; what waits for whom; risks in words."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from khuyencong.projects.models import Contract, Project
from khuyencong.supervision import actions, queries, wording
from khuyencong.supervision.rules import Part, Risk, Score
from khuyencong.supervision.work import waiting
from tests.factories.live import make_live
from tests.supervision.inspecting import DAY, FAR, find

pytestmark = pytest.mark.django_db


def verbs(user):
    return [one.verb for one in waiting(user, DAY)]


def risk_of(people, project, day=DAY):
    return {part.risk: part.points for part in queries.risks(people.inspector, day)[project.pk].parts}


@pytest.mark.parametrize("state", ["draft", "approved", "rejected", "archived"])
def test_where_nothing_is_to_be_seen_nothing_is_inspected(people, commune, state):
    project = make_live(commune, state)
    assert project.pk not in queries.risks(people.inspector, DAY)


def test_the_risk_is_of_the_day_on_which_it_is_asked(people, contracted):
    Project.objects.filter(pk=contracted.pk).update(due_on=DAY, state_since=DAY)
    Contract.objects.update(paid=50_000_000)
    contracted.establishments.update(founded=DAY.year)
    before, after = risk_of(people, contracted), risk_of(people, contracted, DAY + dt.timedelta(days=400))
    assert before[Risk.DELAY] == before[Risk.ADVANCE] == 0
    assert after[Risk.DELAY] > 0 and after[Risk.ADVANCE] > 0
    assert before[Risk.NEW] > 0


def test_money_that_came_back_is_no_longer_held(people, contracted):
    Project.objects.filter(pk=contracted.pk).update(state_since=DAY - dt.timedelta(days=400))
    Contract.objects.update(paid=50_000_000, recovered=50_000_000)
    assert risk_of(people, contracted)[Risk.ADVANCE] == 0


def test_what_was_found_before_at_the_same_place_counts(people, contracted, planned):
    assert risk_of(people, contracted)[Risk.EARLIER] == 0
    find(people.inspector, planned)
    assert risk_of(people, contracted)[Risk.EARLIER] > 0


def test_a_proposal_holds_the_project_and_why(people, contracted):
    ((project, choice),) = queries.proposal(people.inspector, 2026, 5, DAY)
    assert (project, choice.key) == (contracted, contracted.pk)
    assert queries.proposal(people.viewer, 2026, 5, DAY) == []


def test_who_sees_visits_and_findings(people, planned):
    finding = find(people.inspector, planned)
    seeing = {"officer", "commune_officer", "leader", "other_leader", "inspector"}
    for name, user in vars(people).items():
        assert (planned in queries.visits(user)) == (finding in queries.findings(user)) == (name in seeing)
        if name not in seeing:
            for ask, one in ((queries.get_visit, planned), (queries.get_finding, finding)):
                with pytest.raises(PermissionDenied, match="ngoài phạm vi"):
                    ask(user, one.pk)
        else:
            assert queries.get_visit(user, planned.pk) == planned
            assert queries.get_finding(user, finding.pk) == finding


def test_what_is_not_there_is_not_found(people):
    for ask in (queries.get_visit, queries.get_finding):
        with pytest.raises(Http404):
            ask(people.inspector, 0)


def test_a_visit_counts_its_open_findings(people, planned):
    first, _second = find(people.inspector, planned), find(people.inspector, planned)
    actions.report_remedy(people.officer, first.pk, "Đã đổi.")
    assert queries.visits(people.inspector).get().open_findings == 2
    actions.close_finding(people.inspector, first.pk)
    assert queries.visits(people.inspector).get().open_findings == 1


def test_a_visit_waits_for_its_inspector_alone(people, person, province, planned):
    assert verbs(people.inspector) == ["Đi kiểm tra"]
    assert verbs(person("inspector", province, "kiem-tra-hai")) == []
    actions.change_visit(people.inspector, planned.pk, FAR, people.inspector, True)
    assert verbs(people.inspector) == []


def test_a_finding_waits_for_who_carries_the_project_then_for_who_found_it(people, person, province, planned):
    other = person("inspector", province, "kiem-tra-hai")
    finding = find(people.inspector, planned)
    assert verbs(people.officer) == ["Khắc phục phát hiện kiểm tra"]
    assert verbs(people.commune_officer) == [], "the drafter is there and sees to it"
    actions.report_remedy(people.officer, finding.pk, "Đã đổi.")
    assert verbs(people.officer) == []
    assert verbs(people.inspector) == ["Đi kiểm tra", "Kiểm tra lại, đóng phát hiện"]
    assert verbs(other) == []
    actions.close_finding(people.inspector, finding.pk)
    assert verbs(people.inspector) == ["Đi kiểm tra"]


def test_a_finding_that_nobody_carries_waits_for_everybody_who_may(people, contracted, planned):
    find(people.inspector, planned)
    Project.objects.filter(pk=contracted.pk).update(drafted_by=None)
    assert verbs(people.officer) == verbs(people.commune_officer) == ["Khắc phục phát hiện kiểm tra"]
    assert verbs(people.elsewhere) == [] == verbs(people.viewer)


def test_a_risk_is_told_in_words_without_what_gave_nothing():
    found = Score(40, (Part(Risk.AMOUNT, 30, 30), Part(Risk.DELAY, 0, 25), Part(Risk.EARLIER, 10, 20)))
    assert wording.parts(found) == ["số tiền lớn: 30", "đã có sai sót trước đây: 10"]
    stored = [{"risk": one.risk.value, "points": one.points} for one in found.parts]
    chance = {"risk": "chance", "points": 0}
    assert wording.stored_parts([*stored, chance]) == [*wording.parts(found), "chọn ngẫu nhiên"]


@pytest.mark.parametrize("risk", Risk)
def test_every_risk_has_words(risk):
    assert wording.parts(Score(1, (Part(risk, 1, 1),)))[0].endswith(": 1")
