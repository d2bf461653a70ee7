"""An office with projects under way, and what its people do at the same moment."""

import ast
import datetime as dt
import uuid
from pathlib import Path

import khuyencong
from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.periods import Kind, Period
from khuyencong.establishments import actions as registry
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.imports import actions as imports
from khuyencong.imports.batches import actions as batches
from khuyencong.people.actions import assignments
from khuyencong.people.models import OfficerAssignment, User
from khuyencong.planning.models import PlanLine
from khuyencong.projects.appraisal import actions as appraisal
from khuyencong.projects.letters.actions.composing import compose, number
from khuyencong.projects.letters.actions.orders import make_letter
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Attachment, ProducedDocument, Project, Survey
from khuyencong.projects.money import actions as money
from khuyencong.projects.papers import actions as papers
from khuyencong.projects.proposal import actions as proposal
from khuyencong.projects.steps.actions import take_step
from khuyencong.projects.survey.actions import add_survey, change_survey
from khuyencong.reports.official import actions as official
from khuyencong.reports.official.models import Report
from khuyencong.supervision import actions as supervision
from khuyencong.work.actions import hand_over
from khuyencong.yearbook import actions as yearbook
from khuyencong.yearbook.models import MacroFigure
from tests.factories.imports import make_batch
from tests.factories.ready import People, make_bare, make_ready
from tests.factories.reports import drafted
from tests.factories.sheets import csv_file
from tests.projects.papers.test_papers import checked
from tests.yearbook.test_figures import values as figures

DAY = dt.date(2026, 3, 10)
_BEGINNING = (State.DRAFT, State.SUBMITTED, State.DEPARTMENT_APPRAISAL, State.APPROVED)


class Office:
    """Projects under way that one line pays for, some of them of one establishment, projects that begin, and people."""

    def __init__(self, province, commune, other_commune):
        self.province = province
        self.people, self.communes = People.make(province, commune, other_commune), (commune, other_commune)
        made = [make_ready(self.people, commune, State.IN_PROGRESS, code=f"DA-2026-000{n}") for n in range(3)]
        line = PlanLine.objects.order_by("pk").first()
        PlanLine.objects.update(committed=0)
        PlanLine.objects.filter(pk=line.pk).update(amount=10**10, committed=3 * 10**8)
        begun = {state: self._begun(n, state) for n, state in enumerate(_BEGINNING)}
        for one in (*made, begun[State.APPROVED]):
            Project.objects.filter(pk=one.pk).update(plan_line=line)
        line.commitments.model.objects.update(line=line)
        for one in (made[1], *begun.values()):
            one.establishments.set(made[0].establishments.all())
        self.line = line
        self.projects = [one.pk for one in made]
        self.begun = {state: one.pk for state, one in begun.items()}
        self.establishments = [one.pk for one in Establishment.objects.order_by("pk")]
        # So that there is always one to change.
        add_survey(self.people.officer, made[0].establishments.get(), {"surveyed_on": DAY, "need": "Máy"})
        for name in ("suspend", "resume"):  # each orders a letter
            take_step(self.people.leader, made[0].pk, name, "Lý do")

    def _begun(self, number, state):
        return make_bare(self.people, self.communes[0], state, code=f"DA-2026-001{number}")

    def acts(self, lot):
        """What people do, each on something drawn by lot."""
        project, establishment = lot.choice(self.projects), lot.choice(self.establishments)
        officer, leader = self.people.officer.pk, self.people.leader.pk
        commune = lot.choice(self.communes)

        def step(user, *names):
            return lambda: take_step(User.objects.get(pk=user), project, lot.choice(names), "Lý do")

        def user():
            return User.objects.get(pk=officer)

        def registered():
            one = Establishment.objects.get(pk=establishment)
            values = {"name": f"Cơ sở {lot.random()}", "commune": one.commune}
            registry.change_establishment(user(), one.pk, values, version_of(one))

        def result():
            one, year = Establishment.objects.get(pk=establishment), lot.randint(2019, 2025)
            known = YearlyResult.objects.filter(establishment=one, year=year).first()
            registry.save_result(user(), one, year, {"revenue": 5_000_000, "source": "survey"}, version_of(known))

        def invoice():
            values = {"seller_tax_code": "0100109106", "seller": "Thử", "number": str(lot.randint(1, 9)),
                      "issued_on": DAY, "amount": 3 * 10**8}  # fmt: skip
            money.add_invoice(user(), project, values)

        def end():
            one = OfficerAssignment.objects.order_by("?").first()
            if one is not None:
                assignments.end(User.objects.get(pk=leader), one.pk, DAY)

        return {
            **self._acts_beside(lot, project, establishment),
            **self._acts_on_a_draft(lot),
            **self._acts_in_the_department(lot),
            "suspend": step(leader, "suspend", "resume"),
            "adjust": step(leader, "ask-adjustment", "adjust"),
            "terminate": step(leader, "terminate") if lot.random() < 0.02 else step(leader, "resume"),
            "pay": lambda: money.pay(user(), project, "advance", 1, DAY, uuid.uuid4()),
            "recover": lambda: money.recover(user(), project, 1, DAY, uuid.uuid4(), "Lý do"),
            "contract": lambda: money.record_contract(user(), project, {"number": str(lot.random()), "signed_on": DAY}),
            "invoice": invoice,
            "letter": lambda: make_letter(user(), project, "recovery"),
            "establishment": registered,
            "result": result,
            "survey": lambda: add_survey(
                user(), Establishment.objects.get(pk=establishment), {"surveyed_on": DAY, "need": "Máy"}
            ),
            "new establishment": lambda: registry.add_establishment(
                user(), {"name": "Mới", "legal_form": "household", "commune": commune}
            ),
            "assign": lambda: assignments.assign(User.objects.get(pk=leader), user(), commune, DAY),
            "end": end,
        }

    def _acts_on_a_draft(self, lot):
        """What a commune officer does before a project is handed in: its content, its papers, a survey."""
        draft = self.begun[State.DRAFT]

        def author():
            return User.objects.get(pk=self.people.commune_officer.pk)

        def changed():
            one = Project.objects.get(pk=draft)
            values = {"title": one.title, "goals": str(lot.random())}
            content = proposal.Content(values, tuple(one.establishments.all()))
            proposal.change_proposal(author(), draft, content, proposal.version_of(one))

        def paper():
            present = Attachment.objects.filter(project=draft, replaced_by=None, withdrawn_at=None)
            one = present.order_by("?").first()
            return one.pk if one else papers.add_papers(author(), draft, "quotation", [checked()])[0].pk

        def surveyed():
            one = Survey.objects.order_by("?").first()
            change_survey(author(), one.pk, {"need": str(lot.random())}, version_of(one))

        return {
            "change proposal": changed,
            "bring a paper": lambda: papers.add_papers(author(), draft, "quotation", [checked()]),
            "replace a paper": lambda: papers.replace_paper(author(), draft, paper(), checked()),
            "withdraw a paper": lambda: papers.withdraw_paper(author(), draft, paper(), "Nhầm"),
            "change a survey": surveyed,
        }

    def _acts_in_the_department(self, lot):
        """What is done between handing in and contract: council, letters, plan line."""
        judged = self.begun[State.DEPARTMENT_APPRAISAL]

        def who(person):
            return User.objects.get(pk=person.pk)

        def council():
            members = [(self.people.officer, "chair"), (self.people.analyst, "member"), (self.people.viewer, "member")]
            pk = lot.choice([self.begun[State.SUBMITTED], judged])
            appraisal.name_council(who(self.people.leader), pk, members, str(lot.random()), None)

        return {
            "name a council": council,
            "save a sheet": lambda: appraisal.save_sheet(
                who(self.people.analyst), judged, {}, {}, str(lot.random()), hand_in=False
            ),
            "declare a conflict": lambda: appraisal.declare_conflict(who(self.people.viewer), judged, "Có vốn góp"),
            "number a letter": lambda: number(who(self.people.officer), ProducedDocument.objects.order_by("?").first()),
            "choose a line": lambda: money.choose_line(who(self.people.officer), self.begun[State.APPROVED], self.line),
        }

    def _acts_beside(self, lot, project, establishment):
        """The same in the rooms beside the projects."""
        officer, leader = self.people.officer.pk, self.people.leader.pk

        def user():
            return User.objects.get(pk=officer)

        def brought():
            one, year = Establishment.objects.get(pk=establishment), lot.randint(2019, 2025)
            lines = [
                ("Số đăng ký", "Năm", "Doanh thu (đồng)", "Nguồn số liệu"),
                (one.code, year, 5_000_000, "Khảo sát"),
            ]
            batch = make_batch(user(), "results", csv_file(*lines))
            seen = imports.plan_file("results", imports.path_of(batch), user(), batch.file_name).fingerprint()
            batches.confirm_batch(batch, user(), imports.Choice(), lambda share, words: None, seen)

        def composed():
            one = ProducedDocument.objects.order_by("?").first()
            compose(user(), one.pk)

        def reported():
            number = lot.randint(1, 4)
            report = Report.objects.filter(year=2024, number=number).first()
            if report is None:
                drafted(user(), self.province, Period(Kind.QUARTER, 2024, number))
            else:
                official.write(user(), report.pk, {"situation": str(lot.random())})

        def verified():
            yearbook.verify_figure(User.objects.get(pk=leader), MacroFigure.objects.order_by("?").first().pk)

        def handed_over():
            other = self.people.commune_officer.pk
            two = lot.sample([officer, other], 2)
            hand_over(User.objects.get(pk=leader), *(User.objects.get(pk=pk) for pk in two), leaving=False)

        def visited():
            inspector = User.objects.get(pk=self.people.inspector.pk)
            supervision.plan_visit(inspector, Project.objects.get(pk=project), clock.today(), inspector)

        return {
            "import": brought,
            "compose": composed,
            "report": reported,
            "figure": lambda: yearbook.add_figure(user(), self.province, figures(year=lot.randint(2000, 2025))),
            "verify": verified,
            "hand over": handed_over,
            "visit": visited,
            "look": lambda: audit.looked(user(), Establishment.objects.get(pk=establishment), "Kiểm tra"),
        }


def sharing():
    """Every function whose ``audit.writing`` names its subject, and so shares the house: "module.function"."""
    house = Path(khuyencong.__file__).parent
    return {
        f"{path.relative_to(house).with_suffix('').as_posix().replace('/', '.')}.{function.name}"
        for path in house.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and any(map(_shares, ast.walk(function)))
    }


def _shares(node):
    named = isinstance(node, ast.Call) and ast.unparse(node.func) in ("audit.writing", "writing")
    return named and len(node.args) > 1
