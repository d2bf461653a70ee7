"""Two people do two things at once, every two of what many do at the same time: no deadlock, no error page.

On projects that share a plan line, of one establishment and of others; each pair once or more, in an order drawn by
lot. ``script/prove pairs`` runs ten thousand (on PostgreSQL; PAIRS says how many), the suite a sample.
"""

import datetime as dt
import itertools
import os
import random
import uuid
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connection

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.periods import Kind, Period
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.establishments import actions as registry
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.imports import actions as imports
from khuyencong.imports.batches import actions as batches
from khuyencong.people.actions import assignments
from khuyencong.people.models import OfficerAssignment, User
from khuyencong.planning.models import PlanLine
from khuyencong.projects.letters.actions.composing import compose
from khuyencong.projects.letters.actions.orders import make_letter
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import ProducedDocument, Project
from khuyencong.projects.money import actions as money
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.steps.actions import AlreadyTaken, Refused, take_step
from khuyencong.projects.survey.actions import add_survey
from khuyencong.reports.official import actions as official
from khuyencong.reports.official.models import Report
from khuyencong.supervision import actions as supervision
from khuyencong.work.actions import hand_over
from khuyencong.yearbook import actions as yearbook
from khuyencong.yearbook.models import MacroFigure
from tests.factories.imports import make_batch
from tests.factories.ready import People, make_ready
from tests.factories.reports import drafted
from tests.factories.sheets import csv_file
from tests.projects.steps.test_races import all_at_once
from tests.yearbook.test_figures import values as figures

pytestmark = pytest.mark.django_db(transaction=True)

DAY = dt.date(2026, 3, 10)
REFUSALS = (ValidationError, PermissionDenied, ChangedMeanwhile, AlreadyTaken, Refused, imports.PlanChanged)


class Office:
    """Three projects under way that one line pays for, two of them of one establishment, and who works on them."""

    def __init__(self, province, commune, other_commune):
        self.province = province
        self.people, self.communes = People.make(province, commune, other_commune), (commune, other_commune)
        made = [make_ready(self.people, commune, State.IN_PROGRESS, code=f"DA-2026-000{n}") for n in range(3)]
        line = PlanLine.objects.order_by("pk").first()
        PlanLine.objects.update(committed=0)
        PlanLine.objects.filter(pk=line.pk).update(amount=10**10, committed=3 * 10**8)
        for one in made:
            Project.objects.filter(pk=one.pk).update(plan_line=line)
        line.commitments.model.objects.update(line=line)
        made[1].establishments.set(made[0].establishments.all())
        self.projects = [one.pk for one in made]
        self.establishments = [one.pk for one in Establishment.objects.order_by("pk")]

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
            "suspend": step(leader, "suspend", "resume"),
            "adjust": step(leader, "ask-adjustment", "adjust"),
            "terminate": step(leader, "terminate") if lot.random() < 0.02 else step(leader, "resume"),
            "pay": lambda: money.pay(user(), project, "advance", 1, DAY, uuid.uuid4()),
            "recover": lambda: money.recover(user(), project, 1, DAY, uuid.uuid4(), "Lý do"),
            "contract": lambda: money.record_contract(user(), project, {"number": str(lot.random()), "signed_on": DAY}),
            "invoice": invoice,
            "letter": lambda: make_letter(user(), project, lot.choice(["recovery", "inspection", "acceptance"])),
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
            one = ProducedDocument.objects.filter(project=project).order_by("?").first()
            if one is not None:
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


def run(office, number):
    """So many pairs; what went wrong, and how often each action went through."""
    lot, through, wrong = random.Random(7), Counter(), []
    pairs = list(itertools.combinations_with_replacement(office.acts(lot), 2))
    lot.shuffle(pairs)
    for names in itertools.islice(itertools.cycle(pairs), number):
        works = [office.acts(lot)[name] for name in names]
        for name, found in zip(names, all_at_once(*works), strict=True):
            ring = isinstance(found, Exception) and isinstance(found.__cause__, OperationalError)
            if ring or (isinstance(found, Exception) and not isinstance(found, REFUSALS)):
                wrong.append((names, name, repr(found), repr(found.__cause__)))
            elif not isinstance(found, Exception):
                through[name] += 1
    return wrong, through


@pytest.fixture
def office(province, commune, other_commune):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    return Office(province, commune, other_commune)


def test_a_sample_of_pairs_meets_no_deadlock_and_no_error(office):
    _hold(*run(office, 105))


@pytest.mark.proof("pairs")
def test_ten_thousand_pairs_meet_no_deadlock_and_no_error(office):
    _hold(*run(office, int(os.environ.get("PAIRS", "10000"))))


def _hold(wrong, through):
    assert wrong == []
    assert len(through) >= 16, through
    assert imbalances() == [] and audit.verify().broken is None
