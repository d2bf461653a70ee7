"""A leader approves, a board is used by keyboard and on a phone, a list is taken away: in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from khuyencong.core import jobs
from khuyencong.core.queue.models import Job
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Project, Step
from tests.conftest import PASSWORD
from tests.e2e.conftest import SIZES
from tests.factories.ready import People, make_ready
from tests.factories.sheets import read


@pytest.fixture
def people(province, commune, other_commune):
    made = People.make(province, commune, other_commune)
    for user in (made.leader, made.officer):
        user.set_password(PASSWORD)
        user.save()
    return made


def test_a_leader_approves_from_the_project_to_the_numbered_decision(page, sign_in, people, commune):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    sign_in(people.leader)
    page.goto(f"/projects/{project.pk}/")
    page.get_by_role("link", name="Phê duyệt", exact=False).first.click()
    expect(page.get_by_role("heading", name="Phê duyệt", exact=True)).to_be_visible()
    expect(page.locator("#step-check .unmet")).to_have_count(0)
    page.locator("#step-do").click()
    page.wait_for_url(f"**/projects/{project.pk}/")
    expect(page.get_by_role("status")).to_contain_text("Hệ thống đang soạn “Quyết định phê duyệt đề án”")
    expect(page.locator(".course .now .what")).to_have_text("Đã phê duyệt")
    assert Step.objects.get().taken_by == people.leader


def test_another_day_is_held_against_the_rules_of_that_day_before_anything_is_sent(page, sign_in, people, commune):
    project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    sign_in(people.leader)
    page.goto(f"/projects/{project.pk}/steps/approve/")
    expect(page.locator("#step-do")).to_be_enabled()
    today = page.locator("#id_day").input_value()
    page.locator("#id_reason").fill("Theo kết luận ngày hôm ấy")
    page.locator("#id_day").fill("04/01/2010")
    page.locator("#id_day").blur()
    expect(page.locator("#step-check")).to_contain_text("Ngày này không có mức hỗ trợ nào đang có hiệu lực")
    expect(page.locator("#step-do")).to_be_disabled()
    page.locator("#id_day").fill(today)
    page.locator("#id_day").blur()
    expect(page.locator("#step-do")).to_be_enabled()
    assert page.locator("#id_reason").input_value() == "Theo kết luận ngày hôm ấy"
    assert not Step.objects.exists()


def test_the_board_is_walked_by_keyboard(page, sign_in, people, commune):
    for number, state in enumerate((State.SUBMITTED, State.PLANNED)):
        make_ready(people, commune, state, code=f"DA-2026-090{number}")
    sign_in(people.officer)
    page.goto("/projects/board/")
    page.get_by_role("region", name="Đề án theo trạng thái").focus()
    page.keyboard.press("Tab")  # the head of the first column
    page.keyboard.press("Enter")
    expect(page.locator(".board-column").first).not_to_have_attribute("open", re.compile(".*"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # its first card
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/projects/{Project.objects.get(state='submitted').pk}/")


def test_on_a_phone_columns_unfold_and_filters_wait_behind_a_button(page, sign_in, people, commune):
    project = make_ready(people, commune, State.SUBMITTED)
    sign_in(people.officer)
    page.set_viewport_size(SIZES["phone"])
    page.goto("/projects/board/")
    expect(page.locator(".board-card")).to_be_hidden()
    page.locator(".board-column summary").click()
    expect(page.locator(".board-card")).to_be_visible()
    expect(page.get_by_label("Trạng thái", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Điều kiện lọc").click()
    expect(page.get_by_label("Trạng thái", exact=True)).to_be_visible()
    page.get_by_label("Trạng thái", exact=True).select_option("submitted")
    page.wait_for_url("**/projects/board/?state=submitted")
    page.goto(f"/projects/{project.pk}/")
    expect(page.locator(".course")).to_be_hidden()
    page.get_by_text("Các bước: đã qua").click()
    expect(page.locator(".course .now .what")).to_have_text("Đã nộp")


def test_the_list_is_made_while_one_waits_and_taken_away(page, sign_in, people, commune):
    make_ready(people, commune, State.SUBMITTED, code="DA-2026-0900")
    make_ready(people, commune, State.PLANNED, code="DA-2026-0901")
    sign_in(people.officer)
    page.goto("/projects/?state=planned")
    page.get_by_role("button", name="Việc khác").click()
    page.get_by_role("button", name="Kết xuất ra bảng tính").click()
    page.wait_for_url("**/jobs/*/")
    jobs.work_off()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp về").click()
    _heads, line, _foot = read(download.value.path().read_bytes())
    assert line[0] == "DA-2026-0901"
    assert Job.objects.get().owner == people.officer
