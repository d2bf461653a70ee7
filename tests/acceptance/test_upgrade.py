"""Installations of earlier states of the product: brought to this one, or told why not."""

import pytest

from tests.core.installations import Installation, fresh_postgresql
from tests.demo.test_up import ON_POSTGRESQL

# The tables as they were before plans had versions.
BEFORE_VERSIONS = {
    "core": "0004_formdraft", "establishments": "0004_contact_search", "impact": "0002_evaluation_province",
    "law": "0004_parameter", "people": "0003_alter_rolegrant_role", "places": "0001_initial",
    "planning": "0002_commitment", "projects": "0001_initial", "reports": "0002_reminder",
    "supervision": "0001_initial", "sessions": "0001_initial", "account": "0009_emailaddress_unique_primary_email",
}  # fmt: skip
# What the first state of all had applied: a migration without the one that it rests on today.
FIRST_STATE = """
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
recorder = MigrationRecorder(connection)
recorder.ensure_schema()
for app, name in [("projects", "0001_initial"), ("core", "0002_initial")]:
    recorder.record_applied(app, name)
"""
A_PLAN = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO planning_planline (year, fund, name, amount, committed, disbursed, decision)"
        " VALUES (2025, 'local', 'Máy móc', 400, 0, 0, '9/QĐ')"
    )
"""


@pytest.fixture
def house(tmp_path):
    return Installation(tmp_path, fresh_postgresql() if ON_POSTGRESQL else "")


def test_a_plan_from_before_the_versions_keeps_the_one_that_stood(house):
    house.python(
        "from django.core.management import call_command\n"
        f"for app, name in {BEFORE_VERSIONS!r}.items(): call_command('migrate', app, name, verbosity=0)\n" + A_PLAN
    )
    house.run("up", "--empty", "--no-serve")
    told = house.python(
        "from khuyencong.core import audit\n"
        "from khuyencong.planning.models import PlanVersion\n"
        "from khuyencong.projects.plan_lines.actions import keep_what_stood\n"
        "one = PlanVersion.objects.get()\n"
        "amounts = [one.content[part][0]['amount'] for part in ('lines', 'budgets')]\n"
        "print(one.number, one.decision, one.decided_on, *amounts)\n"
        "print(audit.digest(one.content) == one.sha256, audit.verify().broken, keep_what_stood())\n"
    )
    assert told.splitlines() == ["1 9/QĐ None 400 400", "True None 0"]


def test_the_first_state_is_told_what_to_do(house):
    house.python(FIRST_STATE)
    said = house.run("up", "--empty", "--no-serve", expect=1)
    assert "bản đầu tiên của phần mềm" in said and "KHUYENCONG_DATA_DIR" in said
    assert "Traceback" not in said
