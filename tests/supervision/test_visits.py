"""Inspections from plan to closed finding; an overdue remedy stops payment; who spends does not inspect."""

import datetime as dt
import io
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from docx import Document
from PIL import Image

from khuyencong.core import audit, clock, jobs
from khuyencong.core.models import AuditRecord
from khuyencong.projects.models import Hold, Project
from khuyencong.projects.money import actions as money
from khuyencong.supervision import actions, queries
from khuyencong.supervision.models import Finding, InspectionPlan, Visit
from tests.factories.live import make_live, with_contract
from tests.factories.pictures import photo, picture

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def inspector(person, province):
    return person("inspector", province)


@pytest.fixture
def leader(person, province):
    return person("leader", province)


@pytest.fixture
def project(commune, officer):
    made = make_live(commune, "in-progress", drafted_by=officer)
    with transaction.atomic():
        with_contract(made, officer)
    return made


@pytest.fixture
def visit(project, inspector):
    return actions.plan_visit(inspector, project, clock.today(), inspector)


def answer_all(inspector, visit, value="yes"):
    answers = {one.code: (value, "") for one in queries.checklist(clock.today())}
    return actions.save_answers(inspector, visit.pk, answers, "Dùng đúng mục đích.", (22.84, 106.5))


def find(inspector, visit, deadline, **more):
    values = {"severity": "serious", "text": "Máy khác hóa đơn", "remedy": "Đổi máy", "deadline": deadline} | more
    return actions.add_finding(inspector, visit.pk, values)


def pay(user, project, amount=10):
    return money.pay(user, project.pk, "advance", amount, clock.today(), uuid.uuid4())


def test_the_plan_is_drafted_by_risk_and_approved_by_another(project, inspector, leader):
    plan = actions.draft_plan(inspector, clock.today().year, 5)
    assert [one.project for one in plan.visits.all()] == [project]
    assert plan.visits.get().risk_parts
    with pytest.raises(PermissionDenied):
        actions.approve_plan(inspector, plan.pk, "1")
    actions.draft_plan(inspector, plan.year, 5)
    assert Visit.objects.count() == 1
    actions.approve_plan(leader, plan.pk, "20/QĐ-SCT")
    with pytest.raises(ValidationError, match="đã được duyệt"):
        actions.draft_plan(inspector, plan.year, 5)
    with pytest.raises(ValidationError, match="đã được duyệt"):
        actions.approve_plan(leader, plan.pk, "21")


@pytest.mark.parametrize("role", ["officer", "leader", "analyst", "viewer", "administrator"])
def test_only_inspectors_inspect(role, person, province, project):
    user = person(role, province, f"nguoi-{role}")
    with pytest.raises(PermissionDenied):
        actions.plan_visit(user, project, clock.today(), user)
    with pytest.raises(PermissionDenied):
        actions.draft_plan(user, 2026, 3)


def test_who_drafted_or_carries_a_project_does_not_inspect_it(project, inspector):
    for name in ("drafted_by", "responsible"):
        Project.objects.filter(pk=project.pk).update(drafted_by=None, responsible=None)
        Project.objects.filter(pk=project.pk).update(**{name: inspector})
        project.refresh_from_db()
        with pytest.raises(PermissionDenied, match="không được kiểm tra"):
            actions.plan_visit(inspector, project, clock.today(), inspector)


def test_a_visit_is_done_when_everything_is_answered(visit, inspector):
    with pytest.raises(ValidationError, match="chưa trả lời"):
        actions.finish_visit(inspector, visit.pk, clock.today())
    answer_all(inspector, visit)
    with pytest.raises(ValidationError, match="tương lai"):
        actions.finish_visit(inspector, visit.pk, clock.today() + dt.timedelta(days=1))
    done = actions.finish_visit(inspector, visit.pk, clock.today())
    assert (done.state, done.latitude) == ("done", 22.84)
    jobs.work_off()
    letter = done.project.letters.get(kind="inspection")
    text = "\n".join(p.text for p in Document(io.BytesIO(letter.file.read())).paragraphs)
    assert "Kinh phí được dùng đúng nội dung đề án: đạt" in text and "Dùng đúng mục đích." in text
    with pytest.raises(ValidationError, match="đã xong"):
        answer_all(inspector, visit)


def test_an_overdue_finding_stops_payment_until_it_is_closed(visit, project, inspector, officer):
    today = clock.today()
    finding = find(inspector, visit, today)
    pay(officer, project)
    Hold.objects.filter(source=f"finding:{finding.pk}").update(blocks_from=today)  # as it will be tomorrow
    with pytest.raises(ValidationError, match="quá hạn khắc phục: Máy khác hóa đơn"):
        pay(officer, project)
    with pytest.raises(ValidationError, match="chưa báo khắc phục"):
        actions.close_finding(inspector, finding.pk)
    actions.report_remedy(officer, finding.pk, "Đã đổi máy đúng hóa đơn.")
    with pytest.raises(PermissionDenied):
        actions.close_finding(officer, finding.pk)
    actions.close_finding(inspector, finding.pk)
    pay(officer, project)
    assert audit.verify().broken is None


def test_the_hold_begins_the_day_after_the_deadline(visit, inspector):
    deadline = clock.today() + dt.timedelta(days=30)
    find(inspector, visit, deadline)
    assert Hold.objects.get().blocks_from == deadline + dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="quá khứ"):
        find(inspector, visit, clock.today() - dt.timedelta(days=1))


def test_money_to_come_back_must_be_back(visit, project, inspector, officer):
    pay(officer, project, 50_000_000)
    finding = find(inspector, visit, clock.today(), to_recover=20_000_000)
    actions.report_remedy(officer, finding.pk, "Đang thu")
    with pytest.raises(ValidationError, match="chưa thu đủ"):
        actions.close_finding(inspector, finding.pk)
    money.recover(officer, project.pk, 20_000_000, clock.today(), uuid.uuid4(), "Theo kết luận kiểm tra")
    assert actions.close_finding(inspector, finding.pk).state == Finding.State.CLOSED


def test_money_that_came_back_for_one_finding_does_not_count_for_another(visit, project, inspector, officer):
    pay(officer, project, 50_000_000)
    first, second = (find(inspector, visit, clock.today(), to_recover=20_000_000) for _ in range(2))
    for finding in (first, second):
        actions.report_remedy(officer, finding.pk, "Đang thu")
    money.recover(officer, project.pk, 20_000_000, clock.today(), uuid.uuid4(), "Theo kết luận kiểm tra")
    assert actions.close_finding(inspector, first.pk).state == Finding.State.CLOSED
    with pytest.raises(ValidationError, match="chưa thu đủ"):
        actions.close_finding(inspector, second.pk)


def test_every_answer_is_in_the_trail_once(visit, inspector):
    answer_all(inspector, visit)
    answer_all(inspector, visit)
    trail = AuditRecord.objects.filter(object_type="supervision.answer")
    assert trail.count() == visit.answers.count() > 0


def test_photos_are_kept_as_they_were_taken(visit, inspector):
    client = Client()
    client.force_login(inspector)
    taken = picture("JPEG", place=True)
    taken_too = [SimpleUploadedFile(f"{name}.jpg", taken, "image/jpeg") for name in ("may", "mai")]
    sent = {"files": taken_too, "caption": "Máy sấy"}
    client.post(reverse("supervision:photo_add", args=[visit.pk]), sent)
    one, another = visit.photos.order_by("pk")
    assert another.caption == one.caption == "Máy sấy" and another.sha256 == one.sha256
    answer = client.get(reverse("supervision:photo_original", args=[visit.pk, one.pk]))
    assert b"".join(answer.streaming_content) == taken
    for copied in (True, False):  # photos from before there were copies too
        answer = client.get(reverse("supervision:photo", args=[visit.pk, one.pk]))
        shown = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
        assert shown.size == (16, 24) and not shown.getexif()
        if copied:
            one.copy.delete()
    assert "sandbox" in answer["Content-Security-Policy"]
    bad = {"files": [SimpleUploadedFile("x.jpg", taken), SimpleUploadedFile("may.png", b"<html>", "image/png")]}
    page = client.post(reverse("supervision:photo_add", args=[visit.pk]), bad, follow=True).content.decode()
    assert visit.photos.count() == 2 and "may.png" in page


@pytest.mark.parametrize(("role", "sees"), [("officer", False), ("leader", False), ("inspector", True)])
def test_only_who_inspects_sees_a_photo_with_its_place(role, sees, visit, inspector, request):
    (kept,) = actions.add_photos(inspector, visit.pk, [photo()], "")
    client = Client()
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("supervision:photo", args=[visit.pk, kept.pk])).status_code == 200
    found = client.get(reverse("supervision:photo_original", args=[visit.pk, kept.pk]))
    assert (found.status_code == 200) == sees


def test_the_page_saves_half_way_and_finishes(visit, inspector):
    client = Client()
    client.force_login(inspector)
    address = reverse("supervision:visit", args=[visit.pk])
    client.post(address, {"value-purpose": "yes", "note-purpose": "Đã xem", "conclusion": "Đang xem"})
    page = client.get(address).content.decode()
    assert "Đã xem" in page and "Đang xem" in page
    sent = {f"value-{one.code}": "yes" for one in queries.checklist(clock.today())}
    sent |= {"conclusion": "Đạt", "done_on": clock.today().isoformat(), "finish": "yes"}
    assert client.post(address, sent).status_code == 302
    visit.refresh_from_db()
    assert visit.state == "done"


def test_an_officer_of_another_commune_sees_nothing(visit, person, other_commune):
    client = Client()
    client.force_login(person("officer", other_commune, "xa-khac"))
    assert client.get(reverse("supervision:visit", args=[visit.pk])).status_code == 403
    assert client.get(reverse("supervision:project", args=[visit.project_id])).status_code == 403
    assert client.get(reverse("supervision:home")).context["list"].page.total.n == 0


def test_the_whole_way_in_pages(visit, project, inspector, officer, leader):
    one, two = Client(), Client()
    one.force_login(inspector)
    two.force_login(officer)
    deadline = (clock.today() + dt.timedelta(days=10)).isoformat()
    sent = {"severity": "minor", "text": "Chưa gắn biển", "remedy": "Gắn biển", "deadline": deadline, "to_recover": ""}
    assert one.post(reverse("supervision:finding_add", args=[visit.pk]), sent).status_code == 302
    finding = Finding.objects.get()
    address = reverse("supervision:finding", args=[finding.pk])
    assert two.post(address, {"remedy_note": "", "remedy": "yes"}).status_code == 200
    assert two.post(address, {"remedy_note": "Đã gắn", "remedy": "yes"}).status_code == 302
    assert one.post(address, {"close": "yes"}).status_code == 302
    finding.refresh_from_db()
    assert finding.state == "closed"
    part = two.get(reverse("supervision:project", args=[project.pk]), headers={"hx-request": "true"}).content.decode()
    assert "Chưa gắn biển" in part and "<html" not in part
    boss = Client()
    boss.force_login(leader)
    InspectionPlan.objects.create(year=clock.today().year, drafted_by=inspector)
    assert "Duyệt kế hoạch" in boss.get(reverse("supervision:home")).content.decode()
