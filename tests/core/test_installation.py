"""Whose installation it is: one file that every command reads, from any shell, before it touches a database."""

import os

import pytest

from khuyencong.core import installation
from khuyencong.core.installation import BadIdentity, Identity, Installation
from tests.core import installations
from tests.core.installations import fresh_postgresql, migrated

ON_POSTGRESQL = os.environ.get("KHUYENCONG_TEST_DATABASE") == "postgresql"
ELSEWHERE = "postgres://khuyencong:bi-mat@db.example.vn/khuyencong"


def test_what_is_kept_is_read_by_whoever_comes_next(tmp_path):
    fresh = installation.read(tmp_path, {"KHUYENCONG_PROVINCE": "20", "DATABASE_URL": ELSEWHERE})
    assert not fresh.kept
    installation.keep(fresh, centre="Trung tâm Khuyến công và Xúc tiến thương mại")
    found = installation.read(tmp_path, {})
    assert (found.province, found.database_url, found.kept) == ("20", ELSEWHERE, True)
    assert found.centre.endswith("Xúc tiến thương mại")
    assert found.database_name == "PostgreSQL, khuyencong ở db.example.vn"
    assert found.file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KHUYENCONG_PROVINCE", "20"),
        ("KHUYENCONG_ADDRESS", "https://khac.example.vn"),
        ("DATABASE_URL", "postgres://khuyencong:bi-mat@db.example.vn/other"),
        ("DATABASE_URL", "sqlite:////srv/khac.sqlite3"),
    ],
)
def test_the_environment_may_not_say_something_else(tmp_path, variable, value):
    installation.keep(Installation(tmp_path, Identity("04", ELSEWHERE, "https://khuyencong.example.vn"), kept=False))
    with pytest.raises(BadIdentity, match=variable) as refused:
        installation.read(tmp_path, {variable: value})
    assert "bi-mat" not in str(refused.value)


def test_the_environment_may_say_the_same_and_bring_a_new_password(tmp_path):
    installation.keep(Installation(tmp_path, Identity("04", ELSEWHERE, "https://khuyencong.example.vn/"), kept=False))
    changed = ELSEWHERE.replace("bi-mat", "moi").replace("example.vn/", "example.vn:5432/")
    found = installation.read(
        tmp_path, {"DATABASE_URL": changed, "KHUYENCONG_ADDRESS": "https://khuyencong.example.vn"}
    )
    assert found.database_url == changed


@pytest.mark.parametrize("text", ["province = 4", "provinz = '04'", "province = '8'", "x", "database = 'mysql://a/b'"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, text):
    (tmp_path / installation.FILE_NAME).write_text(text)
    with pytest.raises(BadIdentity, match=r"installation\.toml"):
        installation.read(tmp_path, {})


def test_no_command_makes_a_database_by_asking(tmp_path):
    house = installations.Installation(tmp_path / "nowhere")
    for command in (["user", "list"], ["backup", str(tmp_path / "a.zip")], ["audit", "verify"]):
        assert "Chưa có hệ thống nào" in house.run(*command, expect=1)
    assert not list(house.folder.glob("*.sqlite3"))


def test_a_database_of_an_older_version_is_told_what_to_do(tmp_path):
    house = migrated(tmp_path / "house")
    house.python(
        "from django.db import connection; c = connection.cursor(); c.execute('DROP TABLE core_auditentry');"
        "c.execute(\"DELETE FROM django_migrations WHERE app = 'core' AND name = '0007_audit_entries'\")"
    )
    said = house.run("audit", "verify", expect=1)
    assert "khuyencong up --no-serve" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("code", "said"),
    [("99", "Không có tỉnh nào"), ("8", "08"), ("02", "Tuyên Quang"), ("Cao Bằng", "mã 04"), ("Hà Giang", "mã 08")],
)
def test_up_refuses_what_is_no_province_of_today(tmp_path, code, said):
    from khuyencong.places.provinces import why_not_a_province

    assert said in why_not_a_province(code)
    assert not why_not_a_province("08")


def test_one_installation_from_its_first_start_to_another_database(tmp_path):
    """Up for a province; the old file is gone or another is named: nothing is made; the move to another database."""
    house = migrated(tmp_path / "house")
    given = house.environment.pop("DATABASE_URL", "")
    if given:
        house.environment["DATABASE_URL"] = given
    assert "nay thuộc" in house.run("up", "--empty", "--no-serve", "--province", "02", expect=1)
    assert not (house.folder / "installation.toml").exists()
    house.run("up", "--empty", "--no-serve", "--province", "20")
    house.environment.pop("DATABASE_URL", None)  # a bare shell
    named = "PostgreSQL" if ON_POSTGRESQL else "khuyencong.sqlite3"
    assert named in house.run("user", "list")
    assert "không đổi được" in house.run("up", "--no-serve", "--province", "04", expect=1)
    refused = house.run("user", "add", "a.b", "--role", "officer", "--place", "01477", expect=1)
    assert "mã 20" in refused and "Cao Bằng" in refused
    house.run("user", "add", "a.b", "--role", "officer")
    backup = tmp_path / "a.zip"
    house.run("backup", str(backup))

    house.environment["DATABASE_URL"] = "sqlite:////nowhere/b.sqlite3"
    assert "DATABASE_URL" in house.run("user", "list", expect=1)
    del house.environment["DATABASE_URL"]
    target = fresh_postgresql() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    house.run("installation", "--database", target)
    if not ON_POSTGRESQL:
        assert "Không tạo cái trống" in house.run("up", "--no-serve", expect=1)
    house.run("restore", str(backup), "--yes")
    assert "a.b" in house.run("user", "list")

    other = migrated(tmp_path / "other")
    other.run("installation", "--address", "http://khac.example.vn")  # from now on that of Cao Bằng
    assert "của tỉnh mã 20" in other.run("restore", str(backup), "--yes", expect=1)
