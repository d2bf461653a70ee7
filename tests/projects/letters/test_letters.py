"""Letters: every kind made from a real project, opened as Word files, numbered without gaps, kept as produced."""

import datetime as dt
import io
import re
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connections
from django.urls import reverse
from docx import Document

from khuyencong.core import audit, clock, jobs
from khuyencong.core.audit import replay
from khuyencong.core.queue.models import Job
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.projects.letters import background
from khuyencong.projects.letters.actions.composing import compose
from khuyencong.projects.letters.actions.orders import make_letter, order
from khuyencong.projects.letters.actions.templates import check_template
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.contexts import basis, shown
from khuyencong.projects.letters.contexts.whole import context
from khuyencong.projects.letters.fields import example
from khuyencong.projects.letters.filling import fill
from khuyencong.projects.letters.render import builtin
from khuyencong.projects.models import (
    AppraisalCriterion,
    BlendedFunding,
    Contract,
    CostLine,
    Council,
    Invoice,
    LetterTemplate,
    Member,
    Payment,
    Project,
    Score,
    Step,
)
from tests.factories.establishments import make_establishment

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 5)
INSPECTED = {"kiem_tra": example()["kiem_tra"]}  # what the supervision room hands in


@pytest.fixture
def project(commune, officer):
    """A local project with everything that letters tell of."""
    return whole_project(make_establishment(commune, owner_name="Nông Văn Thử", address="Xóm 3"), officer)


def whole_project(establishment, officer):
    """A project with estimate, council, contract, payments, invoices and one step taken."""
    made = Project(
        code="DA-2026-0001",
        title="Hỗ trợ máy sấy miến dong <thử> & nghiệm",
        activity=ActivityType.objects.get(code="machinery"),
        fund="local",
        state="in-progress",
        goals="Nâng công suất lên hai lần.",
        scope="Một dây chuyền sấy 500 kg một ngày.",
        starts_on=dt.date(2026, 2, 1),
        ends_on=dt.date(2026, 9, 30),
        support_amount=105_000_000,
        counterpart=195_000_000,
        blended=21_000_000,
        total_cost=321_000_000,
        ceiling=160_500_000,
        ceiling_basis="khoản 4 Điều 8 Thông tư 28/2018/TT-BTC",
        expected_jobs=3,
        expected_revenue=400_000_000,
    )
    made.fold()
    made.save()
    made.establishments.set([establishment])
    BlendedFunding.objects.create(project=made, programme_id="new-rural", amount=21_000_000)
    CostLine.objects.create(
        project=made, name="Máy sấy", unit="cái", quantity=1, unit_price=321_000_000, amount=321_000_000
    )
    council = Council.objects.create(project=made, decision="10/QĐ-SCT", meets_on=DAY, named_at=clock.now())
    AppraisalCriterion.objects.all().delete()
    criterion = AppraisalCriterion.objects.create(
        code="thu", name="Sự phù hợp", most=100, valid_from=dt.date(2020, 1, 1)
    )
    for number, points in enumerate((70, 82, 91)):
        user = User.objects.create_user(f"uy-vien-{number}", full_name=f"Ủy viên {number}")
        member = Member.objects.create(council=council, user=user, handed_in_at=clock.now(), comment=f"Ý {number}")
        Score.objects.create(member=member, criterion=criterion, points=points)
    contract = Contract.objects.create(
        project=made, number="05/HĐKC", signed_on=DAY, amount=105_000_000, paid=70_000_000, recovered=10_000_000
    )
    Payment.objects.create(
        contract=contract, kind="advance", fund="local", amount=70_000_000, paid_on=DAY, made_at=clock.now()
    )
    Payment.objects.create(
        contract=contract, kind="recovery", fund="local", amount=10_000_000, paid_on=DAY, reason="Chi thừa",
        made_at=clock.now(),
    )  # fmt: skip
    Invoice.objects.create(
        project=made, seller_tax_code="0100109106", seller="Công ty Thử", number="0000123", issued_on=DAY,
        amount=321_000_000,
    )  # fmt: skip
    Step.objects.create(
        project=made, position=1, transition="suspend", source="in-progress", target="suspended", taken_by=officer,
        taken_at=clock.now(), day=DAY, reason="Máy về chậm.",
    )  # fmt: skip
    return made


def words(content):
    """All the text of a Word file, tables included."""
    document = Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_whole(kind, project, officer):
    letter = composed(officer, project, kind)
    text = words(letter.file.read())
    assert letter.symbol in text or kind == "appraisal-minutes"
    assert project.title in text or kind == "inspection"
    for leftover in ("{{", "{%", "None", "Undefined", "&amp;"):
        assert leftover not in text
    document = Document(io.BytesIO(letter.file.open("rb").read()))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert document.styles["Normal"].font.name == "Times New Roman"
    if kind not in ("contract", "acceptance", "contract-closing", "inspection"):
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


def test_only_who_may_sign_is_named_under_a_letter(project, officer):
    project.steps.update(transition="submit")
    submission = composed(officer, project, "submission")
    assert officer.full_name not in words(submission.file.read()), "an officer has it made, the director signs"
    minutes = composed(officer, project, "acceptance")
    assert officer.full_name in words(minutes.file.read())
    officer.job_title = "Phó Giám đốc Sở"
    text = words(composed(officer, project, "suspension").file.read())
    assert officer.full_name in text
    assert "KT. GIÁM ĐỐC" in text


def composed(user, project, kind, extra=None):
    """A letter, ordered and composed."""
    return compose(user, order(user, project, kind, project.steps.first(), extra or INSPECTED).pk)


def test_the_approval_says_the_money_in_words_and_the_law(project, officer):
    text = words(composed(officer, project, "approval").file.read())
    assert "105.000.000 đồng (bằng chữ: Một trăm linh năm triệu đồng)" in text
    assert "Ba trăm hai mươi mốt triệu đồng" in text
    assert "Lồng ghép từ Xây dựng nông thôn mới: 21.000.000 đồng" in text
    assert "ngày 05 tháng 3 năm 2026" in text
    assert "Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ" in text
    assert "được sửa đổi, bổ sung bởi Nghị định số 235/2025/NĐ-CP ngày 27 tháng 8 năm 2025" in text
    assert "khoản 4 Điều 8 Thông tư 28/2018/TT-BTC" in text
    assert "Máy sấy" in text and "321.000.000" in text


def test_the_basis_is_that_of_the_day(project):
    before = "\n".join(basis.lines(project, dt.date(2025, 10, 14)))
    assert "45/2012/NĐ-CP" in before and "235/2025/NĐ-CP" not in before
    assert basis.lines(project, dt.date(2012, 6, 1)) == []


def test_the_minutes_tell_the_spread(project, officer):
    text = words(composed(officer, project, "appraisal-minutes").file.read())
    assert "81" in text and "70 - 91" in text
    assert "Ý 1" in text and "Đề án đạt yêu cầu" in text


def test_settlement_and_closing_balance(project, officer):
    text = words(composed(officer, project, "settlement").file.read())
    assert "Kinh phí quyết toán: 60.000.000 đồng (bằng chữ: Sáu mươi triệu đồng)" in text
    text = words(composed(officer, project, "contract-closing").file.read())
    assert "Còn phải chi: 45.000.000 đồng" in text


def test_a_missing_fact_is_a_dotted_line(commune, officer):
    bare = Project(code="DA-9", title="Đề án trống", activity=ActivityType.objects.first(), fund="local",
                   support_amount=0, counterpart=0, total_cost=0)  # fmt: skip
    bare.fold()
    bare.save()
    bare.establishments.set([make_establishment(commune)])
    text = words(composed(officer, bare, "submission").file.read())
    assert shown.DOTS in text and "None" not in text


@pytest.mark.parametrize(("day", "written"), [
    (dt.date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
    (dt.date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
    (dt.date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
    (dt.date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
])  # fmt: skip
def test_days_are_written_as_the_decree_asks(day, written):
    assert shown.day(day) == written


def test_the_fields_told_are_the_fields_there_are(project, officer):
    letter = composed(officer, project, "approval")
    _same_shape(context(letter), example(), "")


def _same_shape(real, told, at):
    assert set(real) == set(told), at
    for name, value in told.items():
        if isinstance(value, dict):
            _same_shape(real[name], value, f"{at}.{name}")
        elif isinstance(value, list) and value and isinstance(value[0], dict) and real[name]:
            assert set(real[name][0]) == set(value[0]), f"{at}.{name}"


def test_numbers_follow_each_other_in_a_book_and_start_anew_each_year(project, officer):
    symbols = [composed(officer, project, kind).symbol for kind in ("approval", "settlement", "contract")]
    assert symbols == ["01/QĐ-SCT", "02/QĐ-SCT", "01/HĐKC"]
    project.steps.update(day=dt.date(2027, 1, 4))
    assert composed(officer, project, "approval").symbol == "01/QĐ-SCT"


def test_a_failed_step_leaves_neither_letter_nor_number(project, officer, settings):
    with pytest.raises(RuntimeError), audit.writing(officer):
        order(officer, project, "approval", project.steps.first())
        raise RuntimeError
    jobs.work_off()
    assert not project.letters.exists() and not list(Path(settings.MEDIA_ROOT).rglob("*.docx"))
    assert composed(officer, project, "approval").number == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers(commune, officer):
    project = whole_project(make_establishment(commune), officer)
    Project.objects.filter(pk=project.pk).update(state="planned")
    failed = []

    def work():
        try:
            compose(officer, make_letter(officer, project.pk, "contract").pk)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sorted(project.letters.values_list("number", flat=True)) == list(range(1, 21))
    assert audit.verify().broken is None


@pytest.mark.django_db(transaction=True)
def test_what_is_ordered_is_composed_by_a_job_as_it_was_when_it_was_ordered(commune, officer, officer_client):
    project = whole_project(make_establishment(commune), officer)
    address = reverse("projects:card", args=[project.pk]) + "?tab=file"
    _submission, approval = (order(officer, project, kind) for kind in ("submission", "approval"))
    assert (approval.number, approval.symbol, bool(approval.file)) == (None, "", False)
    Project.objects.update(title="Tên đổi ngay sau đó")
    page = officer_client.get(address).content.decode()
    assert page.count("đang được soạn") == 2 and 'hx-trigger="load delay:' in page
    early = officer_client.get(reverse("projects:letter", args=[project.pk, approval.pk]), follow=True)
    assert "đang được soạn; xin đợi ít phút" in early.content.decode()
    background.compose(SimpleNamespace(owner=officer), approval.pk)  # the later one first: it names the earlier one
    jobs.work_off()
    page = officer_client.get(address).content.decode()
    assert (
        "đang được soạn" not in page and page.count("còn nguyên") == 2 and "hx-trigger" not in page.split("letters")[1]
    )
    approval.refresh_from_db()
    text = words(approval.file.read())
    assert "tờ trình số 01/TTr-TTKC" in text and project.title in text and "Tên đổi" not in text
    file = approval.file.name
    jobs.work_off()
    approval.refresh_from_db()
    assert (approval.file.name, Job.objects.filter(state="done").count()) == (file, 2)
    assert audit.verify().broken is None and list(replay.differences()) == []


def test_what_a_dead_process_did_not_let_wait_is_found(project, officer):
    letter = order(officer, project, "approval")  # of which this transaction never tells the queue
    jobs.work_off()
    letter.refresh_from_db()
    assert letter.symbol == "01/QĐ-SCT" and letter.file


def test_a_letter_that_cannot_be_composed_says_why_and_is_tried_again(project, officer, officer_client):
    document = Document()
    document.add_paragraph("{{ xet }} {{ (cac_lan_chi | length) // (hoa_don | length - 1) }}")
    content = io.BytesIO()
    document.save(content)
    own = LetterTemplate(kind="approval", name="mau.docx", uploaded_by=officer, uploaded_at=clock.now())
    own.file.save("mau.docx", ContentFile(content.getvalue()))
    letter = order(officer, project, "approval")
    jobs.work_off()
    page = officer_client.get(reverse("projects:card", args=[project.pk]) + "?tab=file").content.decode()
    assert "chưa soạn được" in page and "Mẫu “mau.docx” của tỉnh không điền được" in page
    LetterTemplate.objects.update(active=False)
    officer_client.post(reverse("projects:letter_again", args=[project.pk, letter.pk]))
    jobs.work_off()
    letter.refresh_from_db()
    assert letter.number == 1 and project.title in words(letter.file.read())


def test_by_hand_only_in_its_moment(project, officer):
    with pytest.raises(ValidationError, match="không lập ở trạng thái này"):
        make_letter(officer, project.pk, "contract")
    assert make_letter(officer, project.pk, "recovery").kind == "recovery"


def test_the_province_replaces_a_template_and_goes_back(project, officer, officer_client):
    document = Document()
    document.add_paragraph("Mẫu của tỉnh: {{ de_an.ten }}, {{ kinh_phi.ho_tro_chu }}")
    content = io.BytesIO()
    document.save(content)
    content.seek(0)
    content.name = "mau-tinh.docx"
    address = reverse("projects:letter_template", args=["approval"])
    assert officer_client.post(address, {"file": content}, follow=True).status_code == 200
    letter = composed(officer, project, "approval")
    assert words(letter.file.read()).startswith("Mẫu của tỉnh: Hỗ trợ máy sấy")
    assert letter.template == LetterTemplate.objects.get(kind="approval", active=True)
    officer_client.post(address, {"builtin": "yes"})
    assert composed(officer, project, "approval").template is None
    assert LetterTemplate.objects.filter(kind="approval", active=False).count() == 1


@pytest.mark.child
@pytest.mark.parametrize(("text", "told"), [
    ("{{ de_an.khong_co }}", "khong_co"),
    ("{{ ten_la }}", "ten_la"),
    ("{% if de_an.ten %}không đóng", "viết sai"),
    ("{{ de_an.ten.__class__.__mro__ }}", "__class__"),
    ("{{ de_an.ten + 1 }}", "viết sai"),
    ("{{ 'x' * 300000000 }}", "quá lớn"),
])  # fmt: skip
def test_a_wrong_template_is_told_before_it_is_used(text, told):
    document = Document()
    document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    with pytest.raises(ValidationError, match=told):
        check_template(content.getvalue())


def test_what_is_no_word_file_is_refused():
    with pytest.raises(ValidationError, match="không phải tài liệu Word"):
        check_template(b"%PDF-1.7")


@pytest.mark.database_free
@pytest.mark.parametrize("kind", KINDS)
def test_every_builtin_template_uses_only_fields_there_are(kind):
    assert re.search(r"\S", words(fill(builtin(kind), example(), strict=True)))


@pytest.mark.database_free
def test_the_templates_are_what_their_code_writes(tmp_path):
    from khuyencong.projects.letters.build import build

    for path in build(tmp_path):
        assert path.read_bytes() == builtin(path.stem), f"{path.name}: run script/letters"


def test_the_page_of_a_project_tells_whether_a_letter_is_whole(project, officer, officer_client):
    letter = composed(officer, project, "approval")
    address = reverse("projects:card", args=[project.pk]) + "?tab=file"
    assert "còn nguyên" in officer_client.get(address).content.decode()
    download = officer_client.get(reverse("projects:letter", args=[project.pk, letter.pk]))
    assert download.content == letter.file.open("rb").read()
    with Path(letter.file.path).open("ab") as file:
        file.write(b"x")
    assert "đã bị thay đổi" in officer_client.get(address).content.decode()
