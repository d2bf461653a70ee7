"""Bringing in a file as the command and the browser do: plan it, then confirm it."""

import dataclasses

import pytest

from khuyencong.core.models import AuditRecord
from khuyencong.core.tables.planning import Decision
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.imports import actions
from khuyencong.imports.batches import actions as batches
from khuyencong.projects.models import Project
from tests.factories.sheets import csv_file, xlsx

FILES = {"xlsx": xlsx, "csv": csv_file}


@dataclasses.dataclass
class Bringer:
    """One person with one kind of file."""

    folder: object
    ending: str
    user: object = None

    def file(self, *lines, name="so"):
        path = self.folder / f"{name}.{self.ending}"
        path.write_bytes(FILES[self.ending](*lines))
        return path

    def plan(self, kind, *lines):
        return actions.plan_file(kind, self.file(*lines), self.user)

    def bring(self, kind, *lines, only_good=False, default=Decision.SKIP, decisions=None):
        choice = actions.Choice(only_good, default, decisions or {})
        return batches.bring(kind, self.file(*lines), self.user, choice, lambda share, words: None)


@pytest.fixture(params=FILES)
def brings(request, tmp_path, officer):
    """The province's officer, once with workbooks and once with csv files."""
    return Bringer(tmp_path, request.param, officer)


@pytest.fixture
def system(tmp_path):
    """The system itself, which may write everywhere; with workbooks."""
    return Bringer(tmp_path, "xlsx")


def fates(plan):
    return "".join(planned.fate[0] for planned in plan.rows)


def told(plan):
    """Row, column, value read, what was expected: for each problem."""
    return [(p.row, p.column, p.value, p.message) for planned in plan.rows for p in planned.problems]


def stored():
    """Everything an import could have touched, and what was told of it; not that a file was brought."""
    records = AuditRecord.objects.exclude(object_type="reports.importbatch")
    return [
        *(list(model.objects.order_by("pk").values()) for model in (Establishment, YearlyResult, Project)),
        list(Project.establishments.through.objects.order_by("pk").values()),
        list(records.order_by("pk").values()),
    ]
