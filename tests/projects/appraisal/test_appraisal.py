"""Appraisal: each member alone, conflicts left out, nothing shown before every sheet is in."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core import clock
from khuyencong.projects.appraisal import actions
from khuyencong.projects.appraisal.queries import criteria_on, summary_of, waiting_for
from khuyencong.projects.appraisal.rules import Criterion, Sheet, sheet_problems, summarize
from khuyencong.projects.models import AppraisalCriterion, Council, Member, Project
from khuyencong.projects.steps.actions import take_step
from tests.factories.live import make_live

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

FULL = {"conformity": 18, "feasibility": 16, "cost": 15, "counterpart": 12, "effect": 15, "no-double-funding": 5}


@pytest.fixture
def people(person, province):
    return [person(role, province, f"hoi-dong-{role}") for role in ("leader", "analyst", "viewer")]


@pytest.fixture
def project(commune, officer, people):
    made = make_live(commune, "submitted")
    seats = list(zip(people, ("chair", "secretary", "member"), strict=True))
    actions.name_council(officer, made.pk, seats, "10/QĐ-SCT", dt.date(2026, 3, 1))
    Project.objects.filter(pk=made.pk).update(state="department-appraisal")
    return made


def score(user, project, points=FULL, hand_in=True):
    return actions.save_sheet(user, project.pk, points, {}, "Nhất trí.", hand_in)


def test_a_council_has_a_chair_a_secretary_and_three_people(commune, officer, people):
    made = make_live(commune, "submitted", drafted_by=people[2])
    one, two, three = people
    for seats, told in (
        ([(one, "chair"), (two, "secretary")], "ít nhất 3"),
        ([(one, "chair"), (two, "chair"), (officer, "member")], "đúng một chủ tịch"),
        ([(one, "chair"), (two, "secretary"), (one, "member")], "một ghế"),
        ([(one, "chair"), (two, "secretary"), (three, "member")], "Người soạn"),
    ):
        with pytest.raises(ValidationError, match=told):
            actions.name_council(officer, made.pk, seats, "1", None)
    with pytest.raises(PermissionDenied):
        actions.name_council(people[0], made.pk, [], "1", None)


def test_a_draft_sheet_is_kept_and_not_counted(project, people):
    score(people[0], project, {"conformity": 10}, hand_in=False)
    assert summary_of(project).counted == 0
    with pytest.raises(ValidationError) as refused:
        score(people[0], project, {"conformity": 10})
    assert set(refused.value.message_dict) == set(FULL) - {"conformity"}


@pytest.mark.parametrize(("points", "told"), [(21, "Nhiều nhất 20 điểm"), (-1, "không thể âm")])
def test_points_out_of_range_are_told_by_criterion(project, people, points, told):
    with pytest.raises(ValidationError, match=told):
        score(people[0], project, FULL | {"conformity": points})


def test_a_sheet_that_was_handed_in_is_final(project, people):
    score(people[0], project)
    with pytest.raises(ValidationError, match="không sửa được nữa"):
        score(people[0], project)
    with pytest.raises(ValidationError, match="không sửa được nữa"):
        actions.declare_conflict(people[0], project.pk, "Góp vốn")


def test_only_members_score(project, officer):
    with pytest.raises(PermissionDenied):
        score(officer, project)


def test_all_sheets_in_complete_the_appraisal(project, people):
    for user in people[:2]:
        score(user, project)
    assert not summary_of(project).complete
    score(people[2], project, FULL | {"effect": 3})
    found = summary_of(project)
    assert found.complete and found.passed
    assert (found.lowest, found.highest, found.spread) == (69, 81, 12)


def test_a_conflict_excludes_and_too_few_are_left(project, people):
    actions.declare_conflict(people[0], project.pk, "Em trai là chủ cơ sở")
    for user in people[1:]:
        score(user, project)
    found = summary_of(project)
    assert (found.excluded, found.counted, found.complete) == (1, 2, False)
    with pytest.raises(ValidationError, match="không chấm"):
        score(people[0], project)


def test_a_floor_of_one_criterion_fails_the_whole(project, people):
    for user in people:
        score(user, project, FULL | {"cost": 9})
    found = summary_of(project)
    assert found.complete and found.mean == 75 and not found.passed


def test_scores_stay_hidden_until_every_sheet_is_in(project, people, officer_client):
    address = reverse("projects:card", args=[project.pk]) + "?tab=appraisal"
    score(people[0], project)
    page = officer_client.get(address).content.decode()
    assert "Điểm chỉ hiện khi" in page and "Nhất trí." not in page and "81" not in page.split("<h1>")[1]
    for user in people[1:]:
        score(user, project)
    page = officer_client.get(address).content.decode()
    assert "Hội đồng chấm đạt" in page and "Nhất trí." in page


def test_my_sheet_is_mine(project, people, officer_client):
    assert officer_client.get(reverse("projects:sheet", args=[project.pk])).status_code == 403
    client = Client()
    client.force_login(people[1])
    assert [one.council.project for one in waiting_for(people[1])] == [project]
    sent = {f"points-{code}": points for code, points in FULL.items()} | {"comment": "Được", "hand_in": "yes"}
    assert client.post(reverse("projects:sheet", args=[project.pk]), sent).status_code == 302
    assert Member.objects.get(user=people[1]).handed_in_at
    assert not waiting_for(people[1])
    page = client.get(reverse("projects:my_sheets")).content.decode()
    assert project.title in page and "Không có phiếu nào đang chờ" in page


def test_a_wrong_sheet_keeps_what_was_typed(project, people):
    client = Client()
    client.force_login(people[1])
    sent = {f"points-{code}": points for code, points in FULL.items()} | {
        "points-cost": "",
        "comment": "Còn ý",
        "hand_in": "yes",
    }
    page = client.post(reverse("projects:sheet", args=[project.pk]), sent).content.decode()
    assert "Chưa cho điểm" in page and "Còn ý" in page


def test_a_new_criterion_takes_over_and_old_councils_keep_theirs(project, people, person, province):
    leader = people[0]
    day = clock.today() + dt.timedelta(days=30)
    values = {"code": "effect", "name": "Hiệu quả", "most": 30, "least": 0, "position": 4, "valid_from": day}
    actions.add_criterion(leader, values)
    before = AppraisalCriterion.objects.get(code="effect", valid_from=dt.date(2012, 7, 5))
    assert before.valid_to == day - dt.timedelta(days=1)
    assert sum(one.most for one in criteria_on(day)) == 110
    for user in people:
        score(user, project)
    assert summary_of(project).mean == 81
    with pytest.raises(PermissionDenied):
        actions.add_criterion(people[2], values | {"code": "khac"})


CRITERIA = [Criterion("a", "A", 60, 20), Criterion("b", "B", 40)]
SHEETS = st.lists(
    st.builds(
        Sheet,
        member=st.text("abc", min_size=1),
        points=st.fixed_dictionaries({"a": st.integers(0, 60), "b": st.integers(0, 40)}),
        handed_in=st.booleans(),
        conflict=st.booleans(),
    ),
    max_size=8,
)


@pytest.mark.database_free
@given(SHEETS, st.integers(0, 100), st.randoms())
def test_the_summary_depends_on_no_order_and_counts_no_conflict(sheets, threshold, random):
    found = summarize(CRITERIA, sheets, threshold)
    shuffled = list(sheets)
    random.shuffle(shuffled)
    again = summarize(CRITERIA, shuffled, threshold)
    assert (again.complete, again.passed, again.lowest, again.highest) == (
        found.complete, found.passed, found.lowest, found.highest,
    )  # fmt: skip
    without = summarize(CRITERIA, [one for one in sheets if not one.conflict], threshold)
    assert (without.mean, without.complete) == (found.mean, found.complete)
    if found.passed:
        assert found.complete and found.counted >= 3 and found.mean >= threshold
        assert not summarize(CRITERIA, sheets, 101).passed


@pytest.mark.database_free
@given(st.dictionaries(st.sampled_from(["a", "b"]), st.none() | st.integers(-5, 70)))
def test_sheet_problems_name_every_wrong_line(points):
    found = sheet_problems(CRITERIA, points)
    for one in CRITERIA:
        given_points = points.get(one.code)
        right = given_points is not None and 0 <= given_points <= one.most
        assert (one.code not in found) == right


def test_a_leader_replaces_a_criterion_or_adds_one_without_knowing_codes(person, province):
    client = Client()
    client.force_login(person("leader", province))
    address = reverse("projects:criteria")
    start = clock.today() + dt.timedelta(days=1)
    sent = {"name": "Tác động môi trường", "most": 10, "least": 0, "position": 9, "valid_from": start.isoformat()}
    assert client.post(address, sent | {"replaces": ""}).status_code == 302
    assert client.post(address, sent | {"replaces": ""}).status_code == 302
    old = AppraisalCriterion.objects.get(code="effect")
    assert client.post(address, sent | {"name": "Hiệu quả", "replaces": old.pk}).status_code == 302
    added = AppraisalCriterion.objects.filter(valid_from=start).order_by("pk").values_list("code", "name")
    assert list(added) == [
        ("tac-dong-moi-truong", "Tác động môi trường"),
        ("tac-dong-moi-truong-2", "Tác động môi trường"),
        ("effect", "Hiệu quả"),
    ]
    old.refresh_from_db()
    assert old.valid_to == clock.today()


def test_who_names_a_council_second_is_told_and_loses_nothing(project, people, officer_client):
    seats = {f"user-{number}": user.pk for number, user in enumerate(people)}
    seats |= {"role-0": "chair", "role-1": "secretary", "role-2": "member", "role-3": "member", "role-4": "member"}
    seats |= {f"role-{number}": "member" for number in range(5, 15)}
    sent = seats | {"decision": "11/QĐ-SCT", "meets_on": "2026-03-02", "version": "0" * 64}
    page = officer_client.post(f"/projects/{project.pk}/council/", sent)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Người khác vừa lưu" in text
    assert "11/QĐ-SCT" in text
    assert Council.objects.get(project=project).decision == "10/QĐ-SCT"


def test_once_a_sheet_is_in_members_are_only_added(project, people, officer, person, province):
    score(people[0], project)
    seats = list(zip(people, ("chair", "secretary", "member"), strict=True))
    more = (person("analyst", province, "them"), "member")
    with pytest.raises(ValidationError, match="chỉ thêm được"):
        actions.name_council(officer, project.pk, [*seats[:2], more], "11/QĐ-SCT", None)
    actions.name_council(officer, project.pk, [*seats, more], "11/QĐ-SCT", None)
    assert Member.objects.count() == 4
    assert Member.objects.filter(handed_in_at__isnull=False).count() == 1


def test_what_was_scored_before_a_proposal_went_back_does_not_count_for_what_comes_again(project, people, officer):
    for one in people:
        score(one, project)
    assert summary_of(project).complete
    take_step(officer, project.pk, "return", "Thiếu báo giá")
    fresh = Project.objects.get(pk=project.pk)
    assert summary_of(fresh).counted == 0
    Project.objects.filter(pk=project.pk).update(state="department-appraisal")
    assert waiting_for(people[0]).get().scores.count() == len(FULL), "the sheet is there to be looked at again"
