"""My work: in every state a step waits for exactly those who may take it, and it is gone when it is done."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from khuyencong.core import clock
from khuyencong.law.models import ReviewItem
from khuyencong.projects.appraisal.actions import declare_conflict, save_sheet
from khuyencong.projects.appraisal.queries import criteria_of
from khuyencong.projects.lifecycle.table import BY_NAME, Fund, State, next_step, states_of
from khuyencong.projects.models import Member, Project
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.actions import take_step
from khuyencong.supervision import actions as supervision
from khuyencong.supervision.models import InspectionPlan
from khuyencong.work.queries import work_of
from tests.factories.law import make_dispatch, make_norm_draft, make_review_item
from tests.factories.life import make_council, make_visit
from tests.factories.ready import People, make_bare, make_ready

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

# Here the years have to pass: what waits are the results, not the step.
RESTING = {State.MONITORED, State.ARCHIVED}


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


def lines(user, address=None):
    """What waits for the person as of today, read anew; only what leads to an address, when one is given.

    Reports come round by the calendar and have tests of their own (official/test_due.py).
    """
    user = type(user).objects.get(pk=user.pk)
    work = work_of(user, clock.today())
    found = [*work.overdue, *work.this_week, *work.later]
    found = [one for one in found if not one.url.startswith(reverse("official:add"))]
    return [one for one in found if address is None or one.url == address]


def waits_for(people, project):
    """Who sees the next step of the project, and the words of it."""
    address = reverse("projects:card", args=[project.pk])
    found = {user: [one.verb for one in lines(user, address)] for user in people.everyone()}
    return {user: verbs for user, verbs in found.items() if verbs}


@pytest.mark.parametrize("fund", Fund)
@pytest.mark.parametrize("state", State)
def test_a_step_waits_for_exactly_those_who_may_take_it(state, fund, people, commune):
    if state not in states_of(fund):
        return
    project = make_ready(people, commune, state, fund, drafted_by=people.leader)
    step = None if state in RESTING else next_step(state, fund)
    expected = {
        user: [wording.step_label(step.name)]
        for user, actors in people.actors().items()
        if step and step.actor in actors and not (step.four_eyes and user == people.leader)
    }
    assert waits_for(people, project) == expected
    for user in expected:
        take_step(user, project.pk, step.name, "Có lý do")
        project.refresh_from_db()
        after = waits_for(people, project)
        assert after != expected or project.state == state
        break


def test_what_somebody_drafted_waits_for_them_alone(people, commune):
    project = make_bare(people, commune, drafted_by=people.commune_officer)
    assert set(waits_for(people, project)) == {people.commune_officer}
    project.state = State.SUBMITTED
    project.save()
    assert set(waits_for(people, project)) == {people.officer}, "who drafted it may not take this step"


def test_what_somebody_is_in_charge_of_waits_for_them_and_for_everybody_once_they_are_gone(
    people, commune, person, province
):
    project = make_bare(people, commune, State.ACCEPTED)
    colleague = person("officer", province, "dong-nghiep")
    assert set(waits_for(people, project)) == {people.officer}
    Project.objects.filter(pk=project.pk).update(responsible=colleague)
    assert not waits_for(people, project)
    assert len(lines(colleague, reverse("projects:card", args=[project.pk]))) == 1
    colleague.is_active = False
    colleague.save()
    assert set(waits_for(people, project)) == {people.officer}


def test_the_day_by_which_a_step_is_due_decides_where_it_stands(people, commune):
    project = make_bare(people, commune, State.APPROVED)
    today = clock.today()
    for due, part in ((today - dt.timedelta(days=1), "overdue"), (today, "this_week"), (None, "later")):
        Project.objects.filter(pk=project.pk).update(due_on=due)
        work = work_of(people.leader, today)
        assert [one.due for one in getattr(work, part)] == [due]
        assert work.count == 1


def test_a_sheet_waits_for_each_member_until_handed_in_and_the_decision_says_how_many_are_awaited(people, commune):
    project = make_bare(people, commune, State.DEPARTMENT_APPRAISAL)
    make_council(project, people.analyst, people.viewer, people.administrator)
    sheet, card = reverse("projects:sheet", args=[project.pk]), reverse("projects:card", args=[project.pk])
    members = [people.analyst, people.viewer, people.administrator]
    assert all(len(lines(one, sheet)) == 1 for one in members)
    assert not lines(people.officer, sheet)
    assert "còn 3 phiếu chưa nộp" in lines(people.leader, card)[0].why
    points = {one.code: one.most for one in criteria_of(project.council)}
    save_sheet(people.analyst, project.pk, points, {}, "", hand_in=False)
    assert lines(people.analyst, sheet)
    save_sheet(people.analyst, project.pk, points, {}, "", hand_in=True)
    declare_conflict(people.viewer, project.pk, "Người nhà")
    assert not lines(people.analyst, sheet) and not lines(people.viewer, sheet)
    assert "còn 1 phiếu chưa nộp" in lines(people.leader, card)[0].why
    Member.objects.update(handed_in_at=clock.now())
    # One of three has an interest: two sheets decide nothing, and somebody else has to see to it.
    held = "Thẩm định cấp cơ sở; chờ cán bộ khuyến công cấp tỉnh (Bổ sung thành viên hội đồng)"
    assert lines(people.leader, card)[0].why == held
    assert [one.verb for one in lines(people.officer, f"{card}?tab=appraisal")] == ["Bổ sung thành viên hội đồng"]


def test_supervision_waits_in_turn_for_inspector_officer_and_inspector(people, commune):
    project = make_bare(people, commune, State.IN_PROGRESS, drafted_by=people.officer)
    keys = make_visit(project, people.inspector)
    visit = reverse("supervision:visit", args=[keys["visit"]])
    finding = reverse("supervision:finding", args=[keys["finding"]])
    assert [one.verb for one in lines(people.inspector)] == ["Đi kiểm tra"]
    assert [one.verb for one in lines(people.officer, finding)] == ["Khắc phục phát hiện kiểm tra"]
    assert not lines(people.commune_officer, finding)
    supervision.report_remedy(people.officer, keys["finding"], "Đã sửa hóa đơn")
    assert not lines(people.officer, finding)
    assert [one.verb for one in lines(people.inspector, finding)] == ["Kiểm tra lại, đóng phát hiện"]
    supervision.close_finding(people.inspector, keys["finding"])
    assert not lines(people.inspector, finding)
    answers = {one.code: ("yes", "") for one in supervision.checklist(clock.today())}
    supervision.save_answers(people.inspector, keys["visit"], answers, "Đạt", None)
    supervision.finish_visit(people.inspector, keys["visit"], clock.today())
    assert not lines(people.inspector, visit)


def test_a_finding_whose_people_are_gone_waits_for_everybody_who_may(people, commune, person, province):
    gone = person("inspector", province, "da-nghi")
    project = make_bare(people, commune, State.IN_PROGRESS, drafted_by=person("officer", province, "cung-nghi"))
    keys = make_visit(project, gone)
    finding = reverse("supervision:finding", args=[keys["finding"]])
    type(gone).objects.filter(username__in=["da-nghi", "cung-nghi"]).update(is_active=False)
    assert lines(people.officer, finding) and lines(people.commune_officer, finding)
    assert not lines(people.elsewhere, finding)
    supervision.report_remedy(people.officer, keys["finding"], "Đã sửa")
    assert lines(people.inspector, finding)


def test_a_plan_of_inspections_waits_for_whoever_did_not_draft_it(people):
    plan = InspectionPlan.objects.create(year=2026, drafted_by=people.inspector)
    told = [one.verb for one in lines(people.leader)]
    assert told == ["Duyệt kế hoạch kiểm tra"] and not lines(people.officer)
    supervision.approve_plan(people.leader, plan.pk, "1/QĐ")
    assert not lines(people.leader)


def test_law_drafts_wait_for_leaders_documents_for_readers_and_reviews_for_their_owner(people, province):
    norm = make_norm_draft(people.officer)
    address = reverse("law:norm", args=[norm.pk])
    assert lines(people.leader, address) and not lines(people.officer, address)
    norm.drafted_by = people.leader
    norm.save()
    assert not lines(people.leader, address) and lines(people.other_leader, address)
    keys = make_dispatch(people.viewer)
    reading = reverse("law:reading", args=[keys["delivery"]])
    assert [one.verb for one in lines(people.viewer)] == ["Đọc văn bản"]
    client = Client()
    client.force_login(people.viewer)
    client.post(reading, {"confirm": "yes"})
    item = make_review_item(province)
    ReviewItem.objects.filter(pk=item.pk).update(owner=people.officer, deadline=clock.today())
    assert [one.verb for one in lines(people.officer, reverse("law:review_item", args=[item.pk]))] == [
        "Rà soát văn bản"
    ]
    ReviewItem.objects.filter(pk=item.pk).update(status="done")
    assert not lines(people.officer)


def test_the_number_at_the_top_is_that_of_the_list_and_changes_with_the_work(
    people, commune, django_assert_max_num_queries
):
    client = Client()
    client.force_login(people.leader)
    cache.clear()

    def told():
        home = client.get(reverse("home"))  # somebody wrote: home asks for the list, and for the number with it
        assert b"hx-get" in home.content and not home.context["known_work"]
        number = client.get(reverse("work:count")).context["work"].count
        return client.get(reverse("work:mine")).context["work"].count, number

    assert told() == (0, 0)
    project = make_ready(people, commune, State.APPROVED)
    assert project.state == "approved"
    take_step(people.leader, project.pk, "terminate", "Thôi")
    assert told() == (0, 0)
    other = make_ready(people, commune, State.CONTRACT_CLOSED, code="DA-2026-0777")
    take_step(people.officer, make_ready(people, commune, State.PLANNED, code="DA-2026-0778").pk, "contract")
    assert told() == (1, 1)
    take_step(people.leader, other.pk, "settle")
    assert told() == (0, 0)
    with django_assert_max_num_queries(7):  # nobody wrote since: it is not counted again
        client.get(reverse("work:mine"))


def test_every_next_step_is_in_the_table():
    for fund in Fund:
        for state in states_of(fund):
            step = next_step(state, fund)
            assert step is None or BY_NAME[step.name] is step
