"""What waits is done from the list and is gone from it: an approval at a desk, an inspection on a phone."""

import datetime as dt

from django.db import transaction
from playwright.sync_api import expect

from khuyencong.core import clock
from khuyencong.projects.lifecycle.table import State
from khuyencong.supervision.models import Visit
from tests.e2e.test_law_dissemination import other_session
from tests.factories.establishments import make_establishment
from tests.factories.life import make_live_project
from tests.factories.ready import People, make_ready


def waiting(page, title=""):
    """What the list of work says, of one thing when its title is given."""
    page.goto("/work/")
    return [line.inner_text() for line in page.locator(".work li").all() if title in line.inner_text()]


def test_a_leader_approves_what_waits(page, sign_in, person, province, commune, other_commune):
    people = People.make(province, commune, other_commune)
    with transaction.atomic():
        project = make_ready(people, commune, State.DEPARTMENT_APPRAISAL)
    leader = person("leader", province, "lanh-dao-duyet")
    sign_in(leader)
    mine = page.get_by_role("region", name="Việc của tôi")
    expect(mine).to_contain_text(project.title)  # the list comes once the page is there, and the number with it
    before = int(page.locator(".work-count span").inner_text())
    mine.get_by_role("link", name="Phê duyệt").click()
    page.locator(".page-head").get_by_role("link", name="Phê duyệt").click()
    page.get_by_role("button", name="Phê duyệt").click()
    page.wait_for_url(f"**/projects/{project.pk}/**")
    project.refresh_from_db()
    assert project.state == "approved"
    told = waiting(page, project.title)
    assert not [line for line in told if "Phê duyệt" in line]
    assert len(told) == 1 and "Giao kế hoạch" in told[0], "the next step is the leader's too"
    assert int(page.locator(".work-count span").inner_text()) == before


def test_an_inspection_on_a_phone_and_its_remedy(
    page, sign_in, officer, person, province, commune, browser, live_server
):
    inspector = person("inspector", province)
    project = make_live_project(make_establishment(commune), "DA-9100", "in-progress", drafted_by=officer)
    Visit.objects.create(project=project, inspector=inspector, planned_for=clock.today())
    phone = other_session(browser, live_server, inspector)
    assert len(waiting(phone, "Đi kiểm tra")) == 1
    phone.get_by_role("link", name="Đi kiểm tra").click()
    phone.get_by_role("link", name="Ghi phát hiện").click()
    phone.get_by_label("Mức độ").select_option(label="Nghiêm trọng")
    phone.get_by_label("Phát hiện", exact=False).last.fill("Máy khác hóa đơn")
    phone.get_by_label("Phải khắc phục").fill("Đổi đúng máy")
    phone.get_by_label("Hạn khắc phục").fill((clock.today() + dt.timedelta(days=5)).strftime("%d/%m/%Y"))
    phone.locator("main form button[type=submit]").first.click()
    phone.get_by_text("Đã ghi phát hiện").wait_for()
    for question in phone.locator("main fieldset").all():
        question.get_by_label("Đạt", exact=True).check()
    phone.get_by_label("Kết luận").fill("Máy dùng đúng việc, còn khác hóa đơn.")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.get_by_role("button", name="Kiểm tra xong, lập biên bản").click()
    phone.get_by_text("Đã xong; biên bản đã lập.").wait_for()
    assert not waiting(phone, project.title)

    sign_in(officer)
    assert "Máy khác hóa đơn" in waiting(page, "Khắc phục phát hiện")[0]
    page.get_by_role("link", name="Khắc phục phát hiện kiểm tra").click()
    page.locator("#id_remedy_note").fill("Đã đổi đúng máy ghi trên hóa đơn.")
    page.get_by_role("button", name="Báo khắc phục").click()
    page.get_by_text("Đã báo khắc phục").first.wait_for()
    assert not waiting(page, "Khắc phục phát hiện")

    assert len(waiting(phone, "Kiểm tra lại, đóng phát hiện")) == 1
    phone.get_by_role("link", name="Kiểm tra lại, đóng phát hiện").click()
    assert "Đã đổi đúng máy" in phone.locator("main").inner_text()
    phone.get_by_role("button", name="Đã khắc phục, đóng phát hiện").click()
    phone.get_by_text("Đã đóng phát hiện").first.wait_for()
    assert not waiting(phone, project.title)
    phone.context.close()
