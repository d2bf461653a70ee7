"""Every workbook that the system makes keeps hostile names as text: nothing runs, nothing is followed."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from khuyencong.core.tables import cells, workbooks
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.planning import Fate, Planned
from khuyencong.core.tables.reading import read_table
from khuyencong.core.workbooks import plain
from khuyencong.law.dissemination import actions as dissemination
from khuyencong.law.dissemination.queries import Recipient
from khuyencong.law.models import LegalDocument
from khuyencong.projects.models import Project
from khuyencong.projects.overview.sheets import projects_workbook
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project
from tests.factories.reports import drafted
from tests.factories.sheets import csv_file

pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "https://a.vn", "mailto:a@a.vn", "<b>&", "{=1}", "a\x01b", "😀=1"]


@pytest.fixture(autouse=True)
def records(commune):
    for number, name in enumerate(HOSTILE, start=1):
        place = make_establishment(commune, name, f"CB-{number}", products=name, address=name, owner_name=name)
        make_result(place, dt.date(2024, 1, 1).year, workers=5, revenue=900_000_000)
    supported = make_establishment(commune, "Được hỗ trợ", "CB-99", owner_name="=owner")
    make_project(supported, year=2022, title="=HYPERLINK(1)", state="accepted")


def texts(content, sums=0):
    """Every text of the workbook, after a look at what it could do."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.hyperlink for cell in found)
    formulas = [cell.value for cell in found if cell.data_type == "f"]
    assert len(formulas) == sums and all(each.startswith("=SUM(") for each in formulas)
    return {cell.value for cell in found if isinstance(cell.value, str)}


NAMES = {plain.text(name) for name in HOSTILE}


def test_the_registry(officer_client):
    assert texts(officer_client.get("/establishments/download/").content) >= NAMES


def test_the_projects():
    assert "=HYPERLINK(1)" in texts(projects_workbook(list(Project.objects.all())), sums=6)


def test_the_results_that_are_owed(officer_client):
    found = texts(officer_client.get(reverse("projects:results_due") + "?all=yes&download=yes").content)
    assert {"=owner", "=HYPERLINK(1)"} <= found


def test_the_plan_of_visits(officer_client):
    found = texts(officer_client.get("/reports/next/visit-plan.xlsx?show=lacking").content)
    assert all(any(name in text for text in found) for name in NAMES)


def test_who_has_not_been_reached(officer, client):
    document = LegalDocument.objects.get(code="235-2025-nd-cp")
    recipients = [Recipient(name, party=f"CB-{number}", contact=name) for number, name in enumerate(HOSTILE)]
    dissemination.send(officer, document, "communes", recipients, "Xin đọc.")
    client.force_login(officer)
    assert texts(client.get("/law/dissemination/unreached/download/").content) >= NAMES


def test_an_official_report(officer, officer_client, province):
    report = drafted(officer, province)
    assert texts(officer_client.get(reverse("official:excel", args=[report.pk])).content)


COLUMNS = [Column("name", "Tên", required=True), Column("money", "Tiền", cells.count, options={"=1": "=1+1"})]


def test_a_template():
    assert "=1+1" in texts(workbooks.template("=Tên/1", COLUMNS))


def test_the_rows_that_were_refused(tmp_path):
    path = tmp_path / "so.csv"
    path.write_bytes(csv_file(["Tên", "Tiền"], *([name, name] for name in HOSTILE)))
    rows = [Planned(row, Fate.ERROR, "") for row in read_table(path, COLUMNS).rows]
    assert texts(workbooks.refused_rows("Cơ sở", COLUMNS, rows)) >= {name.strip() for name in NAMES}
