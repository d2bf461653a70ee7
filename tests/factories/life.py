"""One real object for each argument of the addresses of a project's life: plan, council, money, letters, visits."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile

from khuyencong.core import clock
from khuyencong.law.models import ActivityType
from khuyencong.people.models import OfficerAssignment, User
from khuyencong.planning.models import Commitment, PlanLine
from khuyencong.projects.models import (
    AppraisalCriterion,
    Attachment,
    Contract,
    CostLine,
    Council,
    Member,
    Payment,
    ProducedDocument,
    Project,
    Survey,
)
from khuyencong.supervision.models import Finding, InspectionPlan, Photo, Visit
from tests.factories.plans import make_line

SUPPORT = 100_000_000

LIFE_SAMPLES: dict[str, dict[str, str]] = {
    "surveys:add": {"pk": "establishment"},
    "projects:survey": {"pk": "survey"},
    "projects:survey_edit": {"pk": "survey"},
    "projects:proposal": {"pk": "project"},
    "projects:paper_add": {"pk": "project"},
    "projects:paper": {"pk": "project", "paper": "paper"},
    "projects:paper_original": {"pk": "project", "paper": "paper"},
    "projects:paper_replace": {"pk": "project", "paper": "paper"},
    "projects:paper_withdraw": {"pk": "project", "paper": "paper"},
    "projects:council": {"pk": "appraised"},
    "projects:sheet": {"pk": "appraised"},
    "projects:conflict": {"pk": "appraised"},
    "projects:end_criterion": {"criterion": "criterion"},
    "projects:contract": {"pk": "contracted"},
    "projects:payment": {"pk": "contracted"},
    "projects:recovery": {"pk": "contracted"},
    "projects:invoice": {"pk": "contracted"},
    "projects:plan_line": {"pk": "contracted"},
    "projects:letter": {"pk": "contracted", "letter": "letter"},
    "projects:letter_again": {"pk": "contracted", "letter": "letter"},
    "projects:make_letter": {"pk": "contracted", "kind": "letter_kind"},
    "projects:letter_template": {"kind": "letter_kind"},
    "projects:letter_template_file": {"kind": "letter_kind"},
    "supervision:approve": {"pk": "inspection_plan"},
    "supervision:visit": {"pk": "visit"},
    "supervision:schedule": {"pk": "visit"},
    "supervision:photo_add": {"pk": "visit"},
    "supervision:photo": {"pk": "visit", "photo": "photo"},
    "supervision:photo_original": {"pk": "visit", "photo": "photo"},
    "supervision:finding_add": {"pk": "visit"},
    "supervision:finding": {"pk": "finding"},
    "supervision:project": {"pk": "contracted"},
    "supervision:add": {"project": "contracted"},
    "people:end_assignment": {"pk": "assignment"},
}
LIFE_OF_A_PLACE = {"survey", "paper", "appraised", "contracted", "letter", "visit", "photo", "finding"}
# The whole province has one budget, one list of criteria, one plan of inspections, one set of templates.
LIFE_OF_NOBODY = {"criterion", "letter_kind", "inspection_plan", "assignment"}

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f6454000000000"
    "49454e44ae426082"
)


def make_plan_line(name="Hỗ trợ máy móc năm nay", amount=5 * SUPPORT, **fields):
    """A line of this year's local budget."""
    return make_line(clock.today().year, name=name, amount=amount, **fields)


def make_live_project(establishment, code, state, **fields):
    """A machinery project of 300 million, a third of it supported, with its one cost line."""
    project = Project(
        code=code,
        title=f"Đề án đang làm {code}",
        fund="local",
        activity=ActivityType.objects.get(code="machinery"),
        state=state,
        state_since=clock.today(),
        support_amount=SUPPORT,
        counterpart=2 * SUPPORT,
        total_cost=3 * SUPPORT,
        **fields,
    )
    project.fold()
    project.save()
    project.establishments.set([establishment])
    CostLine.objects.create(
        project=project, name="Máy sấy", unit="cái", quantity=1, unit_price=3 * SUPPORT, amount=3 * SUPPORT
    )
    return project


def make_contracted(establishment, owner, code="DA-9002"):
    """A project under way: its plan line, contract, first payment and one letter."""
    line = make_plan_line()
    project = make_live_project(establishment, code, "in-progress", plan_line=line, ceiling=150_000_000)
    Commitment.objects.create(line=line, project=project.pk, amount=SUPPORT)
    today = clock.today()
    contract = Contract.objects.create(
        project=project, number="05/HĐKC", signed_on=today, amount=SUPPORT, paid=SUPPORT // 2
    )
    Payment.objects.create(
        contract=contract, kind="advance", fund="local", amount=SUPPORT // 2, paid_on=today, voucher="UNC 12",
        made_by=owner, made_at=clock.now(),
    )  # fmt: skip
    PlanLine.objects.filter(pk=line.pk).update(committed=SUPPORT, disbursed=SUPPORT // 2)
    return project


def make_letter(project, owner):
    """A letter of the project, as it was produced."""
    content = b"as it was"
    letter = ProducedDocument(
        project=project, kind="approval", book="QĐ-SCT", number=1, symbol="01/QĐ-SCT", day=clock.today(),
        sha256=hashlib.sha256(content).hexdigest(), produced_by=owner, produced_at=clock.now(),
    )  # fmt: skip
    letter.file.save("mau.docx", ContentFile(content), save=False)
    letter.save()
    return letter


def make_paper(project, owner, kind="registration"):
    """A paper that was brought to the project."""
    content = b"%PDF-1.4 as it was"
    paper = Attachment(
        project=project, kind=kind, name="don-dang-ky.pdf", content_type="application/pdf", size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), uploaded_by=owner, uploaded_at=clock.now(),
    )  # fmt: skip
    paper.file.save("don.pdf", ContentFile(content), save=False)
    paper.save()
    return paper


def make_council(project, *members):
    """A council of these people, the first in the chair."""
    council = Council.objects.create(project=project, named_at=clock.now(), threshold=70)
    for number, user in enumerate(members):
        Member.objects.create(council=council, user=user, role="chair" if number == 0 else "member")
    return council


def make_visit(project, inspector, **fields):
    """An inspection planned for today, with a photo and a finding."""
    today = clock.today()
    visit = Visit.objects.create(**{"project": project, "inspector": inspector, "planned_for": today} | fields)
    photo = Photo(visit=visit, caption="Máy sấy tại xưởng", uploaded_at=clock.now())
    photo.sha256 = hashlib.sha256(PNG).hexdigest()
    photo.file.save("anh.png", ContentFile(PNG), save=False)
    photo.save()
    finding = Finding.objects.create(
        visit=visit, severity="serious", text="Số máy trên hóa đơn khác số máy tại xưởng",
        remedy="Đề nghị bên bán xác nhận lại", deadline=today + dt.timedelta(days=20),
    )  # fmt: skip
    return {"visit": visit.pk, "photo": photo.pk, "finding": finding.pk}


def make_life_samples(establishment, project, owner):
    """Sample name -> the value to put into the address; the owner sits in the council and is to inspect."""
    contracted = make_contracted(establishment, owner)
    appraised = make_live_project(establishment, "DA-9001", "department-appraisal")
    make_live_project(establishment, "DA-9003", "approved")
    make_council(appraised, User.objects.create(username="chu-tich-mau", full_name="Nông Văn Chủ"), owner)
    assignment = OfficerAssignment.objects.create(
        user=owner, unit=establishment.commune, valid_from=dt.date(2025, 7, 1)
    )
    survey = Survey.objects.create(
        establishment=establishment, surveyed_on=clock.today(), surveyed_by=owner, need="Máy sấy miến",
        verdict="propose",
    )  # fmt: skip
    return {
        "survey": survey.pk,
        "paper": make_paper(project, owner).pk,
        "contracted": contracted.pk,
        "appraised": appraised.pk,
        "criterion": AppraisalCriterion.objects.filter(valid_to=None).first().pk,
        "letter": make_letter(contracted, owner).pk,
        "letter_kind": "approval",
        "inspection_plan": InspectionPlan.objects.create(year=clock.today().year, drafted_by=owner).pk,
        **make_visit(contracted, owner),
        "assignment": assignment.pk,
    }
