"""kill -9 in the middle of an import: all of it is there afterwards, or nothing, and it can be done again."""

import contextlib
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys

import psycopg
import pytest

from tests.core.installations import migrated
from tests.factories.sheets import csv_file

ON_POSTGRESQL = os.environ.get("KHUYENCONG_TEST_DATABASE") == "postgresql"
ESTABLISHMENTS, YEARS = 210, range(2011, 2021)
ROWS = ESTABLISHMENTS * len(YEARS)

FILL = f"""
import datetime as dt
from django.core.files.base import ContentFile
from django.db import transaction
from khuyencong.establishments.models import Establishment
from khuyencong.people.actions import accounts
from khuyencong.people.rules import Role
from khuyencong.places.models import Unit
home = Unit.objects.create(code="04", name="Cao Bằng", short_name="Cao Bằng", kind="province", folded="cao bang")
commune = Unit.objects.create(code="01477", name="Xã Trùng Khánh", short_name="Trùng Khánh", kind="commune",
    parent=home, valid_from=dt.date(2025, 7, 1), folded="xa trung khanh")
with transaction.atomic():
    owner = accounts.add_account(None, "can.bo", "một mật khẩu dài", "Nông Thị Thơm")
    accounts.grant(None, owner, Role.OFFICER, home)
Establishment.objects.bulk_create(
    Establishment(code=f"CB-{{n:05d}}", name=f"Cơ sở {{n}}", legal_form="household", commune=commune, search="")
    for n in range({ESTABLISHMENTS})
)
"""

# What the browser's confirmation does, with its progress on the terminal.
CONFIRM_BATCH = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "khuyencong.config.settings"
import django; django.setup()
from pathlib import Path
from django.core.files.base import ContentFile
from khuyencong.people.models import User
from khuyencong.imports import actions
from khuyencong.imports.batches import actions as batches
owner = User.objects.get()
batch = actions.receive(owner, "results", ContentFile(Path({path!r}).read_bytes(), "so.csv"))
seen = actions.plan_file("results", Path(batch.file.path), owner, batch.file_name).fingerprint()
tell = lambda share, words: print(f"{{share:.0%}}", file=sys.stderr, flush=True)
batches.confirm_batch(batch, owner, actions.Choice(), tell, seen)
"""

STATE = """
SELECT (SELECT count(*) FROM establishments_yearlyresult),
       (SELECT count(*) FROM core_auditrecord WHERE action = 'import'),
       (SELECT max(seq) FROM core_auditrecord) - (SELECT seq FROM core_audithead),
       (SELECT max(state) FROM reports_importbatch)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An installation with establishments and no results, and a file of results."""
    folder = tmp_path_factory.mktemp("house")
    house = migrated(folder)
    house.python(FILL)
    lines = [(f"CB-{n:05d}", year, 1_000_000 + n, 5, "Khảo sát") for n in range(ESTABLISHMENTS) for year in YEARS]
    (folder / "so.csv").write_bytes(csv_file(("Số đăng ký", "Năm", "Doanh thu", "Lao động", "Nguồn"), *lines))
    return house


def state(house):
    """Results, imports told, records beyond the signed head, state of the batch: read past the product."""
    if ON_POSTGRESQL:
        with psycopg.connect(house.environment["DATABASE_URL"]) as connection:
            return connection.execute(STATE).fetchone()
    with contextlib.closing(sqlite3.connect(house.folder / "khuyencong.sqlite3")) as connection:
        return connection.execute(STATE).fetchone()


def kill_at(house, percent, *command):
    """Run in a terminal of its own, kill when its progress reaches ``percent``; the percents it had shown."""
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *command], env=house.environment, stdout=subprocess.DEVNULL, stderr=terminal
    )
    os.close(terminal)
    shown = ""
    try:
        while not any(int(found) >= percent for found in re.findall(r"(\d+)%", shown)):
            shown += os.read(master, 1000).decode()
    finally:
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, shown
        os.close(master)
    return [int(found) for found in re.findall(r"(\d+)%", shown)]


def test_all_or_nothing_at_every_moment(house):
    file = house.folder / "so.csv"
    command = ("-m", "khuyencong", "import", "results", str(file))
    shown = kill_at(house, 60, *command)
    assert shown[-1] < 100, "killed after some rows were staged and before the end"
    assert state(house) == (0, 0, 0, "planned")

    kill_at(house, 40, "-c", CONFIRM_BATCH.format(path=str(file)))
    assert state(house) == (0, 0, 0, "planned"), "the file still waits for its confirmation"
    assert "Nhật ký nguyên vẹn" in house.run("audit", "verify")

    kill_at(house, 100, *command)
    results, records, *rest = state(house)
    assert (results, records) in ((0, 0), (ROWS, 1))
    assert rest == [0, "planned"]

    # A server that was told to commit may still be at it: now at the latest, one of the two holds.
    said = house.run("import", "results", str(file))
    assert f"Đã ghi {ROWS} dòng." in said or f"{ROWS} không đổi" in said
    assert state(house) == (ROWS, 1, 0, "planned")
    assert "Nhật ký nguyên vẹn" in house.run("audit", "verify")
