"""A project's page and the page on which a step is taken, by the people who open them."""

import datetime as dt

import pytest
from django.test import Client

from khuyencong.core import clock
from khuyencong.core.models import AuditRecord
from khuyencong.law.models import Parameter
from khuyencong.projects.lifecycle.calendar import holidays
from khuyencong.projects.lifecycle.deadlines import working_days_between
from khuyencong.projects.lifecycle.table import TABLE, Fund, State, states_of
from khuyencong.projects.models import Attachment, Project, Step
from khuyencong.projects.record import wording as record_wording
from khuyencong.projects.steps.actions import take_step
from tests.factories.ready import People, make_ready

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


@pytest.fixture
def open_as():
    def open_page(user, path):
        client = Client()
        client.force_login(user)
        return client.get(path)

    return open_page


def text(response):
    return " ".join(response.content.decode().split())


def card(project):
    return f"/projects/{project.pk}/"


def step_page(project, name):
    return f"/projects/{project.pk}/steps/{name}/"


def test_the_next_action_is_offered_to_who_takes_it_and_told_to_the_others(people, commune, open_as):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    link = f'href="{step_page(project, "approve")}"'
    assert link in text(open_as(people.leader, card(project)))
    for user in (people.officer, people.viewer):
        page = text(open_as(user, card(project)))
        assert link not in page
        assert "<strong>Phê duyệt</strong>: việc của lãnh đạo" in page


def test_the_other_steps_are_those_this_person_may_take(people, commune, open_as):
    project = make_ready(people, commune, State.IN_PROGRESS)
    offered = {}
    for user in (people.leader, people.officer, people.commune_officer, people.viewer):
        page = text(open_as(user, card(project)))
        offered[user] = {one.name for one in TABLE if f'href="{step_page(project, one.name)}"' in page}
    assert offered == {
        people.leader: {"suspend", "terminate"},
        people.officer: {"accept", "ask-adjustment"},
        people.commune_officer: set(),
        people.viewer: set(),
    }


def test_who_drafted_is_not_offered_to_approve(people, commune, open_as):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL, drafted_by=people.leader)
    assert step_page(project, "approve") not in text(open_as(people.leader, card(project)))
    assert step_page(project, "approve") in text(open_as(people.other_leader, card(project)))
    assert "không được tự duyệt" in text(open_as(people.leader, step_page(project, "approve")))


def test_what_is_missing_is_listed_where_it_is_seen_to(people, commune, open_as):
    project = make_ready(people, commune, State.SUBMITTED)
    project.council.delete()
    page = text(open_as(people.officer, card(project)))
    assert "Còn thiếu 1 điều kiện" in page
    assert '<a href="?tab=appraisal#parts">Chưa lập hội đồng thẩm định' in page
    page = text(open_as(people.officer, step_page(project, "start-appraisal")))
    assert "disabled" in page
    project = make_ready(people, commune, State.IN_PROGRESS, code="DA-2026-0901")
    Attachment.objects.filter(kind="invoices").delete()
    assert '<a href="?tab=file#parts">Hóa đơn, chứng từ</a>' in text(open_as(people.officer, card(project)))


def test_the_deadline_is_told_with_its_rule_and_that_nobody_checked_it(people, commune, open_as):
    project = make_ready(people, commune)
    take_step(people.commune_officer, project.pk, "submit")
    project.refresh_from_db()
    page = text(open_as(people.officer, card(project)))
    assert f"Hạn {project.due_on:%d/%m/%Y}" in page
    assert "Xem xét hồ sơ đề án đã nộp: 5 ngày làm việc" in page
    assert "chưa xác minh" in page
    assert "còn 5 ngày làm việc" in page
    passed = clock.today() - dt.timedelta(days=30)
    Project.objects.update(due_on=passed)
    over = working_days_between(passed, clock.today(), holidays())
    assert f"quá hạn {over} ngày làm việc" in text(open_as(people.officer, card(project)))
    Parameter.objects.filter(code="deadline-submit").update(certainty="read")
    assert "chưa xác minh" not in text(open_as(people.officer, card(project))).split("course")[1].split("facts")[0]


def test_the_line_shows_days_the_present_and_what_lies_ahead(people, commune, open_as):
    project = make_ready(people, commune)
    take_step(people.commune_officer, project.pk, "submit")
    page = open_as(people.viewer, card(project))
    stops = [(stop.state.value, stop.phase.value) for stop, _label in page.context["stops"]]
    assert stops[:3] == [("draft", "done"), ("submitted", "now"), ("department-appraisal", "ahead")]
    assert f"{clock.today():%d/%m/%Y}</time>" in text(page)
    assert 'aria-current="step"' in text(page)


@pytest.mark.parametrize("fund", Fund)
def test_every_step_has_a_page_wherever_it_is_taken_for_everybody(people, commune, fund):
    """Who may not take it reads whose it is; who may, what it needs and does."""
    project = make_ready(people, commune, fund=fund)
    for user in (people.officer, people.leader, people.viewer):
        client = Client()
        client.force_login(user)
        for state in states_of(fund):
            Project.objects.update(state=state.value)
            for one in TABLE:
                if state not in one.sources:
                    continue
                response = client.get(step_page(project, one.name))
                assert response.status_code == 200
                page = text(response)
                assert record_wording.state_label(one.target) in page
                assert ('id="step-do"' in page) == (one.actor in people.actors()[user])


def test_an_unknown_step_and_a_project_out_of_reach(people, commune, open_as):
    project = make_ready(people, commune)
    assert open_as(people.officer, step_page(project, "jump")).status_code == 404
    assert open_as(people.elsewhere, step_page(project, "submit")).status_code == 403


def post(user, project, name, **typed):
    client = Client()
    client.force_login(user)
    project.refresh_from_db()
    values = {"day": clock.today().isoformat(), "reason": "", "seen": project.state} | typed
    return client.post(step_page(project, name), values, follow=True)


def test_taking_a_step_says_what_was_done_and_which_letter_was_made(people, commune):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    response = post(people.leader, project, "approve")
    assert response.redirect_chain == [(card(project), 302)]
    page = text(response)
    assert "Đã ghi bước “Phê duyệt”. Đề án nay ở trạng thái “Đã phê duyệt”." in page
    assert "Hệ thống đang soạn “Quyết định phê duyệt đề án”" in page
    assert f"{people.leader} đã phê duyệt đề án." in page
    assert "Trạng thái: từ Thẩm định cấp cơ sở thành Đã phê duyệt" in page


def test_a_refused_step_keeps_what_was_typed_and_changes_nothing(people, commune):
    project = make_ready(people, commune, State.IN_PROGRESS)
    Attachment.objects.filter(kind="acceptance-photos").delete()
    response = post(people.officer, project, "accept", reason="Nghiệm thu tại xưởng, đủ năm thành viên")
    page = text(response)
    assert response.status_code == 200
    assert "Thiếu giấy tờ: Ảnh nghiệm thu." in page
    assert "Nghiệm thu tại xưởng, đủ năm thành viên" in page
    assert not Step.objects.exists()
    assert not AuditRecord.objects.filter(action__startswith="step:").exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_step_that_needs_a_reason_asks_for_it(people, commune, reason):
    project = make_ready(people, commune, State.SUBMITTED)
    response = post(people.officer, project, "return", reason=reason)
    assert set(response.context["form"].errors) == {"reason"}
    assert not Step.objects.exists()


def test_a_day_that_cannot_be_is_refused_at_its_field_or_in_words(people, commune):
    project = make_ready(people, commune, State.SUBMITTED)
    assert set(post(people.officer, project, "start-appraisal", day="31/02/2026").context["form"].errors) == {"day"}
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert "chưa đến" in text(post(people.officer, project, "start-appraisal", day=tomorrow.isoformat()))
    assert not Step.objects.exists()


def test_who_comes_second_is_told_who_was_first_and_keeps_what_was_typed(people, commune):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    take_step(people.leader, project.pk, "approve")
    typed = "Không phù hợp quy hoạch của xã"
    response = post(people.other_leader, project, "reject", reason=typed, seen="department-appraisal")
    page = text(response)
    assert response.status_code == 409
    assert f"{people.leader} vừa làm" in page
    assert typed in page
    assert "vẫn còn ở ô bên dưới" in page
    assert Step.objects.count() == 1


def test_a_step_of_somebody_else_is_forbidden_even_by_hand(people, commune):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    for user in (people.officer, people.commune_officer, people.viewer, people.inspector):
        assert post(user, project, "approve").status_code == 403
    assert not Step.objects.exists()


def test_a_day_chosen_is_what_the_page_is_held_against(people, commune, open_as):
    """The ceiling of 2010 is another than that of today: the page says so before anybody presses."""
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    page = text(open_as(people.leader, step_page(project, "approve") + "?day=2010-01-04"))
    assert "Ngày này không có mức hỗ trợ nào đang có hiệu lực" in page
    assert 'value="2010-01-04"' in page


def test_the_tab_of_inspections_is_for_who_may_see_them(people, commune, open_as):
    project = make_ready(people, commune)
    assert "?tab=inspection" in text(open_as(people.officer, card(project)))
    assert "?tab=inspection" not in text(open_as(people.viewer, card(project)))
    assert open_as(people.viewer, card(project) + "?tab=inspection").context["tab"].name == "file"


@pytest.mark.parametrize("tab", ["file", "appraisal", "money", "inspection", "nonsense"])
def test_every_tab_opens_in_every_state(people, commune, tab):
    client = Client()
    client.force_login(people.officer)
    project = make_ready(people, commune)
    for state in states_of(Fund.LOCAL):
        Project.objects.update(state=state.value)
        assert client.get(card(project) + f"?tab={tab}").status_code == 200


def test_an_outsider_reads_where_the_project_stands_when_a_step_is_not_to_be_taken(people, commune, open_as):
    project = make_ready(people, commune, State.SETTLED)
    page = text(open_as(people.viewer, step_page(project, "submit")))
    assert "Đề án đang ở trạng thái “Đã quyết toán”" in page
    assert "khi đề án ở trạng thái “Đang soạn”, “Trả lại để hoàn thiện”" in page


def test_why_it_was_sent_back_stands_on_the_page_and_in_the_history(people, commune, open_as):
    project = make_ready(people, commune, State.SUBMITTED)
    take_step(people.officer, project.pk, "return", "Báo giá thiếu chữ ký của người bán")
    page = text(open_as(people.commune_officer, card(project)))
    assert '<blockquote class="mb-0">Báo giá thiếu chữ ký của người bán</blockquote>' in page
    assert "Lý do: “Báo giá thiếu chữ ký của người bán”" in page
    take_step(people.commune_officer, project.pk, "submit", "Đã bổ sung")
    page = text(open_as(people.officer, card(project)))
    assert '<blockquote class="mb-0">Báo giá' not in page
    assert "Lý do: “Báo giá thiếu chữ ký của người bán”" in page
