"""A backup holds everything and moves between databases; a restore is all or nothing."""

import hashlib
import json
import os
import shutil
import signal
import time
import zipfile

import pytest

from tests.core.installations import Installation, fresh_postgresql, migrated

ON_POSTGRESQL = os.environ.get("KHUYENCONG_TEST_DATABASE") == "postgresql"
PAIRS = (
    [("postgresql", "postgresql"), ("sqlite", "postgresql"), ("postgresql", "sqlite")]
    if ON_POSTGRESQL
    else [("sqlite", "sqlite")]
)
KIND = "postgresql" if ON_POSTGRESQL else "sqlite"

FILL = """
import datetime as dt
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.core.text import fold
from khuyencong.impact.models import Evaluation
from khuyencong.law import reference
from khuyencong.people.actions import accounts
from khuyencong.people.rules import Role
from khuyencong.places.models import Unit
from khuyencong.planning import reference as planning
from khuyencong.projects.appraisal import reference as projects
from khuyencong.supervision import reference as supervision
from tests.factories.samples import make_samples
from tests.factories.establishments import make_establishment
home = Unit.objects.create(code="04", name="Cao Bằng", short_name="Cao Bằng", kind="province",
    folded="cao bang")
for code, name in (("08", "Tuyên Quang"), ("25", "Phú Thọ"), ("82", "Đồng Tháp")):
    Unit.objects.create(code=code, name=name, short_name=name, kind="province", folded=fold(name))
for one in (reference, planning, projects, supervision):
    one.load()
commune = Unit.objects.create(code="01477", name="Xã Trùng Khánh", short_name="Trùng Khánh", kind="commune",
    parent=home, valid_from=dt.date(2025, 7, 1), latitude=22.8364, folded="xa trung khanh")
with audit.writing(None):
    owner = accounts.add_account(None, "can.bo", "một mật khẩu dài", "Nông Thị Thơm")
    accounts.grant(None, owner, Role.OFFICER, commune)
    made = make_samples(commune, owner)
    for number in range(40):
        name = f"Cơ sở “{number}”\\n\\t\\\\ đ"
        one = make_establishment(commune, name, f"A-{number}", capital=10**15 + number)
        with audit.writing(owner):
            audit.record([audit.Change("create", one, None, audit.snapshot(one))])
Evaluation.objects.create(owner=owner, origin="upload", file_name="bảng.csv",
    settings={"log": True, "cột": [1, None, 0.1]},
    panel=ContentFile(b"unit,year\\n" * 1000, name="bang.csv"))
session = SessionStore(); session["a"] = 1; session.save()
InstallationFact.write("demo", "1")
"""

PRINT_STATE = """
import hashlib, json
from pathlib import Path
from django.conf import settings
from khuyencong.core.backup import tables
state = {}
for model in tables.carried_models():
    # PostgreSQL keeps the keys of a JSON value in an order of its own.
    lines = [json.dumps(json.loads(line), sort_keys=True, ensure_ascii=False) for line in tables.dump(model)]
    if model._meta.label == "core.AuditRecord":
        lines = [line for line in lines if '"restore"' not in line]
    if model._meta.label != "core.AuditHead":
        state[model._meta.label] = [len(lines), hashlib.sha256("".join(lines).encode()).hexdigest()]
root = Path(settings.MEDIA_ROOT)
for file in sorted(path for path in root.rglob("*") if path.is_file()):
    state[str(file.relative_to(root))] = hashlib.sha256(file.read_bytes()).hexdigest()
from django.db import connection
from khuyencong.core import audit
from khuyencong.core.audit import guard
from khuyencong.law.documents.queries.search import search
asked = ("45/2012", "day chuyen cong n", "khuyen cong")
state["found"] = [[str(one.document) for one in search(words)] for words in asked]
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO law_edition_search(law_edition_search, rank) VALUES ('integrity-check', 1)")
state["sound"] = audit.verify().broken is None and guard.in_place(connection)
print(json.dumps(state))
"""

WRITE_ON = """
from khuyencong.core.backup import tables
from django.contrib.sessions.models import Session
from khuyencong.people.actions import accounts
from khuyencong.places.models import Unit
from tests.factories.establishments import make_establishment, make_result
assert Session.objects.count() == 0, "everybody signs in anew"
accounts.add_account(None, "sau.khoi.phuc", "một mật khẩu dài", "")
one = make_establishment(Unit.objects.get(code="01477"), "Mới", "MOI-1")
make_result(one, 2024)
"""


def build(folder, kind):
    folder.mkdir(parents=True, exist_ok=True)
    return Installation(folder, fresh_postgresql() if kind == "postgresql" else "")


def ready(folder, kind):
    """With its tables; of the other kind than this run's they are made on the spot."""
    if kind == KIND:
        return migrated(folder)
    house = build(folder, kind)
    house.run("migrate", "-v0")
    house.python("from khuyencong.core.queue import tables; tables.lay()")
    return house


# Restore one file after the other as ``khuyencong restore`` would; what each was refused with, and the state then.
RESTORE_EACH = """
import contextlib, io, json, sys
from django.core.management import CommandError, call_command
said = {{}}
for name, file in {files!r}.items():
    try:
        call_command("restore", file, yes=True, stdout=io.StringIO())
        refused = ""
    except CommandError as error:
        refused = str(error)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec({print_state!r})
    said[name] = [refused, json.loads(printed.getvalue())]
print(json.dumps(said))
"""


def state(house):
    return json.loads(house.python(PRINT_STATE).splitlines()[-1])


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A filled installation, a backup of it and its state, once for each database."""
    made = {}

    def get(kind):
        if kind not in made:
            house = ready(tmp_path_factory.mktemp("source"), kind)
            house.python(FILL)
            file = house.folder / "backup.zip"
            house.run("backup", str(file))
            made[kind] = (house, file, state(house))
        return made[kind]

    return get


@pytest.mark.parametrize(("origin", "target"), PAIRS)
def test_everything_arrives_on_another_machine(sources, tmp_path, origin, target):
    _house, file, full = sources(origin)
    other = build(tmp_path / "other", target)
    said = other.run("restore", str(file), "--yes")
    assert "hệ thống khác" in said
    arrived = state(other)
    assert arrived == full
    assert arrived["found"][0][0] == "45/2012/NĐ-CP"
    other.python(WRITE_ON)
    assert state(other)["sound"]
    again = tmp_path / "again.zip"
    other.run("backup", str(again))
    assert "hệ thống khác" not in other.run("restore", str(again), "--yes")


def test_what_was_done_after_the_backup_is_undone(sources, tmp_path):
    _house, file, _full = sources(KIND)
    other = ready(tmp_path / "other", KIND)
    other.run("restore", str(file), "--yes")
    before = state(other)
    mine = tmp_path / "mine.zip"
    other.run("backup", str(mine))
    other.python(WRITE_ON)
    (other.folder / "files" / "later.txt").write_text("sau")
    assert state(other) != before
    assert "hệ thống khác" not in other.run("restore", str(mine), "--yes")
    assert state(other) == before
    assert not list(other.folder.glob(".files-*"))


def test_the_backup_file_is_for_its_owner_only_and_not_overwritten(sources):
    house, file, _full = sources(KIND)
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    assert "đã có" in house.run("backup", str(file), expect=1)
    assert file.read_bytes() == before


def rewrite(file, target, change, honest_manifest=False):
    """A copy of the backup with parts changed by ``change(name, bytes) -> bytes | None``.

    With ``honest_manifest`` the hashes in it are made to fit: the work of a forger, not of a bad disk.
    """
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as out:
        manifest = json.loads(source.read("manifest.json"))
        for part in [*manifest["tables"], *manifest["files"]]:
            data = change(part["path"], source.read(part["path"]))
            if data is None:
                continue
            if honest_manifest:
                part.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
                if part["rows"] is not None:
                    part["rows"] = data.count(b"\n")
            out.writestr(part["path"], data)
        out.writestr("manifest.json", change("manifest.json", json.dumps(manifest).encode()))


def in_table(label, old, new):
    def change(name, data):
        if label not in name:
            return data
        assert old in data
        return data.replace(old, new, 1)

    return change


def dropping(label):
    return lambda name, data: None if label in name else data


def emptying(label):
    return lambda name, data: b"" if label in name else data


BAD = {
    "a changed byte": (in_table("establishments.establishment", b"A-7", b"A-X"), False, "bị thay đổi"),
    "a missing part": (dropping("people.user."), False, "Không đọc được phần"),
    "a changed file": (in_table("files/panels/bang", b"unit", b"unix"), False, "bị thay đổi"),
    "another version": (in_table("manifest", b"core.0001_initial", b"core.0099_later"), False, "phiên bản"),
    "another format": (in_table("manifest", b'"format": 1', b'"format": 9'), False, "định dạng"),
    "a path outside": (in_table("manifest", b"files/panels", b"files/../../x"), False, "đường dẫn"),
    "a forged audit record": (in_table("auditrecord", b"can.bo", b"can.xo"), True, "Nhật ký"),
    "a removed audit trail": (emptying("auditrecord"), True, "Nhật ký"),
    "rows that point nowhere": (emptying("places.unit."), True, "Cơ sở dữ liệu không nhận"),
    "two rows of one key": (in_table("establishments.establishment", b'"A-7"', b'"A-8"'), True, "không nhận"),
    "a text for a number": (
        in_table("establishments.establishment", b"2015", b'"xx"'),
        True,
        "không đúng dạng",
    ),
}


@pytest.fixture(scope="module")
def victim(sources, tmp_path_factory):
    """An installation with data that a bad restore must leave alone."""
    _house, file, _full = sources(KIND)
    house = ready(tmp_path_factory.mktemp("victim"), KIND)
    house.run("restore", str(file), "--yes")
    house.python(WRITE_ON)
    return house, state(house)


@pytest.fixture(scope="module")
def refusals(sources, victim, tmp_path_factory):
    """What was said to each bad backup and the state that it left."""
    folder = tmp_path_factory.mktemp("forged")
    files = {}
    for number, (fault, (change, honest, _words)) in enumerate(BAD.items()):
        rewrite(sources(KIND)[1], folder / f"{number}.zip", change, honest)
        files[fault] = str(folder / f"{number}.zip")
    code = RESTORE_EACH.format(files=files, print_state=PRINT_STATE)
    return json.loads(victim[0].python(code).splitlines()[-1])


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_backup_is_refused_and_changes_nothing(refusals, victim, fault):
    _change, _honest, words = BAD[fault]
    house, before = victim
    refused, after = refusals[fault]
    assert words in refused
    assert after == before
    assert not list(house.folder.glob(".files-*"))


def test_a_cut_off_file_and_a_stranger_are_refused(sources, victim, tmp_path):
    _source, file, _full = sources(KIND)
    house, _before = victim
    cut, stranger = tmp_path / "cut.zip", tmp_path / "text.zip"
    cut.write_bytes(file.read_bytes()[:-2000])
    stranger.write_text("không phải zip")
    for bad in (cut, stranger):
        said = house.run("restore", str(bad), "--yes", expect=1)
        assert "Không đọc được" in said
        assert "Traceback" not in said


def test_a_restore_that_is_not_confirmed_does_nothing(sources, victim):
    _source, file, _full = sources(KIND)
    house, before = victim
    house.python(
        "import io, sys\nsys.stdin = io.StringIO('không\\n')\n"
        "from django.core.management import CommandError, call_command\n"
        f"try: call_command('restore', {str(file)!r})\n"
        "except CommandError as error: print(error)\n"
    )
    assert state(house) == before


LATER = [pytest.param(tenths / 10, marks=pytest.mark.proof("kills")) for tenths in range(1, 9)]


@pytest.mark.parametrize("moment", [0, *LATER])
def test_a_restore_that_is_killed_leaves_all_or_nothing(sources, victim, tmp_path, moment):
    """Killed as soon as it lays out the files, or some tenths of a second later."""
    _source, file, full = sources(KIND)
    house, before = victim
    if KIND == "sqlite":  # the victim is used by the other tests
        copy = tmp_path / "copy"
        shutil.copytree(house.folder, copy)
        house = Installation(copy)
    left = set(house.folder.glob(".files-*"))
    process = house.start("restore", str(file), "--yes")
    while process.poll() is None and set(house.folder.glob(".files-*")) == left:
        time.sleep(0.01)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    after = state(house)
    tables = {name for name in after if "." in name and "/" not in name and not name.endswith(".txt")}
    assert all(after[name] == before[name] for name in tables) or all(after[name] == full[name] for name in tables)
    assert after["sound"]
    house.run("restore", str(file), "--yes")
    assert state(house) == full


def test_a_backup_made_while_others_write_is_of_one_moment(sources, tmp_path):
    house = ready(tmp_path / "busy", KIND)
    house.run("restore", str(sources(KIND)[1]), "--yes")
    writer = house.python(
        """
import itertools
from khuyencong.core import audit
from tests.factories.establishments import make_establishment
from khuyencong.places.models import Unit
commune = Unit.objects.get(code="01477")
print("ready", flush=True)
for number in itertools.count():
    with audit.writing(None):
        one = make_establishment(commune, f"Viết {number}", f"V-{number}")
        audit.record([audit.Change("create", one, None, audit.snapshot(one))])
""",
        wait=False,
    )
    try:
        assert writer.stdout.readline() == "ready\n"
        file = tmp_path / "busy.zip"
        house.run("backup", str(file))
    finally:
        writer.kill()
        writer.communicate()
    with zipfile.ZipFile(file) as backup:
        manifest = json.loads(backup.read("manifest.json"))
        rows = {part["model"]: part for part in manifest["tables"]}
        written = backup.read(rows["establishments.establishment"]["path"]).count(b'"V-')
        recorded = 0  # in the chain, or on the way into it
        for part in (rows["core.auditrecord"], rows["core.auditentry"]):
            label = part["columns"].index("label")
            recorded += sum(json.loads(line)[label].startswith("Viết") for line in backup.open(part["path"]))
    assert manifest["audit_sound"]
    assert written > 0
    assert recorded == written
    assert "Đã khôi phục" in house.run("restore", str(file), "--yes")
    assert state(house)["sound"]
