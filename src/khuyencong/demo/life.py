"""The lives of the invented projects: those of the past written down by their days, fourteen live ones led by hand.

The live ones go through the product's own actions, by the demo accounts, so that their letters, deadlines and
histories are real ones. Days lie a little before today, so that some steps are late and some are not.
"""

import datetime as dt
import hashlib
import uuid

from django.core.files.base import ContentFile

from khuyencong.core import audit, clock
from khuyencong.core.files.written import note
from khuyencong.demo.plans import blend
from khuyencong.demo.support import Support
from khuyencong.people.actions import assignments
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.planning.models import PlanLine
from khuyencong.projects.appraisal import actions as appraisal
from khuyencong.projects.letters.actions.composing import compose
from khuyencong.projects.letters.actions.orders import order
from khuyencong.projects.lifecycle.table import BY_NAME, Fund, State, next_step
from khuyencong.projects.models import Attachment, CostLine, ProducedDocument, Project, Step
from khuyencong.projects.money import actions as money
from khuyencong.projects.money import actions as money_actions
from khuyencong.projects.past.actions import writing as past
from khuyencong.projects.past.rules import Event
from khuyencong.projects.steps.actions import take_step
from khuyencong.supervision import actions as supervision

# The live projects in the order of support.PENDING: how far each has come.
TARGETS = (
    State.IN_PROGRESS, State.CONTRACTED, State.PLANNED, State.APPROVED, State.MINISTRY_APPRAISAL, State.RETURNED,
    State.DEPARTMENT_APPRAISAL, State.SUBMITTED, State.DRAFT, State.SUSPENDED, State.ADJUSTED, State.TERMINATED,
    State.APPROVED, State.APPROVED,
)  # fmt: skip
_FULL = {"conformity": 17, "feasibility": 16, "cost": 16, "counterpart": 12, "effect": 15, "no-double-funding": 5}
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
       b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # fmt: skip


def write_past(projects: list[Project], supports: list[Support], today: dt.date) -> list[audit.Change]:
    """The state, steps, contract and payment of every project of the past, by plausible days of its year."""
    changes: list[audit.Change] = []
    latest = [one for one, support in zip(projects, supports, strict=True) if support.year == today.year - 1]
    open_ends = dict(zip((one.pk for one in latest), (State.ACCEPTED, State.CONTRACT_CLOSED), strict=False))
    for number, (project, support) in enumerate(zip(projects, supports, strict=True)):
        year, state = support.year, open_ends.get(project.pk)
        days = {
            Event.APPROVED: dt.date(year, 3 + number % 3, 5 + number % 20),
            Event.CONTRACTED: dt.date(year, 6, 1 + number % 25),
            Event.ACCEPTED: dt.date(year, 10, 3 + number % 25),
            Event.SETTLED: dt.date(year, 12, 2 + number % 20),
        }
        if state is not None:
            del days[Event.SETTLED]
        told = past.Told(
            state=state, days=days, blended=0, contract_number=f"{1 + number % 9:02d}/{year}/HĐKC",
            paid=support.amount if state is None else support.amount * 7 // 10,
        )  # fmt: skip
        values = {
            "fund": project.fund, "accepted_year": year, "support_amount": project.support_amount,
            "counterpart": project.counterpart, "total_cost": project.total_cost,
        }  # fmt: skip
        made = past.complete(values, told, None, today)
        past.apply(project, made)
        project.save()
        changes += past.write(None, project, made)
    return changes


def add_past_papers(projects: list[Project], people: dict[str, User]) -> None:
    """What the files of the past hold: the decision, by the law of its day, the contract and the invoices."""
    approvals = Step.objects.filter(project__in=projects, transition__in=("approve", "approve-national"))
    for step in approvals.select_related("project").order_by("day", "pk"):
        order(people["lanh.dao"], step.project, BY_NAME[step.transition].letter, step)
    for project in projects:
        for kind in ("signed-contract", "invoices"):
            _paper(project, people["can.bo"], kind)


def compose_letters() -> None:
    """Number and fill in what was ordered, in the order of the days."""
    for letter in ProducedDocument.objects.filter(file="").order_by("day", "pk"):
        compose(letter.produced_by, letter.pk)


def lead_on(projects: list[Project], people: dict[str, User], today: dt.date, lines: dict[str, PlanLine]) -> None:
    """Lead the live projects to their states, each by the people whose steps they are."""
    _assign(people, today)
    blend(projects[0], "new-rural", "Nâng cấp đường vào xưởng", projects[0].counterpart // 10)
    for number, (project, target) in enumerate(zip(projects, TARGETS, strict=True)):
        life = _Life(project, people, today - dt.timedelta(days=150 - 6 * number), lines)
        life.draft()
        life.reach(target)
    _inspect(projects[0], people, today)


class _Life:
    """One project on its way: each step some days after the one before, never after today."""

    def __init__(self, project: Project, people: dict[str, User], first: dt.date, lines: dict[str, PlanLine]) -> None:
        self.project, self.people, self.day, self.lines = project, people, first, lines
        self.officer, self.leader = people["can.bo"], people["lanh.dao"]

    def draft(self) -> None:
        """A proposal with goals, estimate and papers."""
        project = self.project
        project.drafted_by = project.responsible = self.officer
        project.implementer = "Trung tâm Khuyến công"
        project.goals = "Nâng công suất và chất lượng sản phẩm, tạo thêm việc làm tại địa phương."
        project.scope = f"Thực hiện tại {', '.join(one.name for one in project.establishments.all())}."
        project.starts_on = self.day + dt.timedelta(days=60)
        # Most projects are to be done by the end of the year whose plan pays them.
        done_by = dt.date(clock.today().year, 12, 20)
        project.ends_on = max(project.starts_on + dt.timedelta(days=60), done_by)
        project.expected_jobs, project.expected_revenue = 3, project.total_cost // 2
        project.expected_tax = project.total_cost // 100
        project.environment = "Giảm tiếng ồn và bụi so với thiết bị cũ."
        project.units = project.establishments.count()
        project.state_since = self.day
        project.save()
        main = project.total_cost * 9 // 10
        for position, (name, amount) in enumerate(
            (("Máy móc, thiết bị chính", main), ("Lắp đặt, chạy thử, tập huấn", project.total_cost - main))
        ):
            CostLine.objects.create(project=project, position=position, name=f"{name} ({project.code})", unit="bộ",
                                    quantity=1, unit_price=amount, amount=amount, price_source="Báo giá")  # fmt: skip
        for kind in ("registration", "quotation"):
            _paper(project, self.officer, kind)

    def reach(self, target: State) -> None:
        """Take steps until the state is reached."""
        for name in _ways(target, Fund(self.project.fund)):
            if name in ("plan", "contract"):
                self.day = max(self.day, self.lines[self.project.fund].plan.decided_on)  # no plan pays before it is one
            self._prepare(name)
            self._take(name)

    def _take(self, name: str) -> None:
        who = self.leader if name in _BY_LEADER else self.officer
        take_step(who, self.project.pk, name, _REASONS.get(name, ""), day=self.day)
        self.project.refresh_from_db()
        self.day = min(self.day + dt.timedelta(days=9), clock.today())

    def _prepare(self, name: str) -> None:
        """What the next step asks for."""
        pk = self.project.pk
        if name == "start-appraisal":
            seats = [(self.people["phan.tich"], "chair"), (self.people["nguoi.xem"], "secretary"),
                     (self.people["kiem.tra"], "member")]  # fmt: skip
            appraisal.name_council(self.officer, pk, seats, "12/QĐ-SCT", self.day + dt.timedelta(days=5))
        elif name in ("approve", "forward"):
            for offset, username in enumerate(("phan.tich", "nguoi.xem", "kiem.tra")):
                points = _FULL | {"effect": 15 - 2 * offset}
                appraisal.save_sheet(self.people[username], pk, points, {}, "Đề án phù hợp, nên hỗ trợ.", True)
            order(self.officer, self.project, "appraisal-minutes")
        elif name == "plan":
            money_actions.choose_line(self.officer, pk, self.lines[self.project.fund])
        elif name == "contract":
            number = f"{1 + pk % 90:02d}/HĐKC"
            values = {"number": number, "signed_on": self.day, "amount": self.project.support_amount}
            ends = {"starts_on": self.project.starts_on, "ends_on": self.project.ends_on}
            money.record_contract(self.officer, pk, values | ends | {"advance_percent": 70})
            _paper(self.project, self.officer, "signed-contract")
        elif name == "start":
            advance = self.project.support_amount * 6 // 10
            money.pay(self.officer, pk, "advance", advance, self.day, uuid.uuid4(), "UNC 01")


def _paper(project: Project, officer: User, kind: str) -> None:
    """An empty page in place of a scanned paper."""
    with audit.writing(officer):
        paper = Attachment(project=project, kind=kind, name=f"{kind}.pdf", content_type="application/pdf",
                           size=len(_PDF), sha256=hashlib.sha256(_PDF).hexdigest(), uploaded_by=officer,
                           uploaded_at=clock.now())  # fmt: skip
        paper.file.save(f"{project.pk}-{kind}.pdf", ContentFile(_PDF), save=False)
        note(paper.file)
        paper.save()
        audit.record([audit.Change("demo", paper, None, audit.snapshot(paper), project)])


_BY_LEADER = {"forward", "approve", "approve-national", "plan", "suspend", "terminate", "adjust"}
_REASONS = {
    "return": "Dự toán chưa có báo giá của hai nhà cung cấp.",
    "suspend": "Cơ sở đang sửa nhà xưởng sau mưa lũ.",
    "ask-adjustment": "Nhà cung cấp đổi mẫu máy, thời gian giao chậm hai tháng.",
    "terminate": "Cơ sở chuyển địa điểm sản xuất sang tỉnh khác.",
}


def _ways(target: State, fund: Fund) -> list[str]:
    """The steps from a draft to a state: along the main line, and off it at the end."""
    off = {State.RETURNED: (State.SUBMITTED, "return"), State.SUSPENDED: (State.IN_PROGRESS, "suspend"),
           State.ADJUSTED: (State.IN_PROGRESS, "ask-adjustment"),
           State.TERMINATED: (State.APPROVED, "terminate")}  # fmt: skip
    goal, last = off.get(target, (target, ""))
    names, state = [], State.DRAFT
    while state is not goal:
        step = next_step(state, fund)
        if step is None:
            raise ValueError(f"no way to {target}")
        names.append(step.name)
        state = step.target
    return [*names, last] if last else names


def _assign(people: dict[str, User], today: dt.date) -> None:
    """One commune has its officer; the others show what is still to be done."""
    unit = Unit.objects.get(kind=Unit.Kind.COMMUNE, code="01477", valid_to=None)
    assignments.assign(people["lanh.dao"], people["xa.trung.khanh"], unit, today - dt.timedelta(days=200))


def _inspect(project: Project, people: dict[str, User], today: dt.date) -> None:
    """A planned visit with a finding whose remedy is due soon."""
    inspector = people["kiem.tra"]
    visit = supervision.plan_visit(inspector, project, today, inspector)
    supervision.add_finding(
        inspector, visit.pk,
        {"severity": "minor", "text": "Máy chưa gắn biển ghi nguồn hỗ trợ khuyến công.",
         "remedy": "Gắn biển theo hướng dẫn.", "deadline": today + dt.timedelta(days=14)},
    )  # fmt: skip
