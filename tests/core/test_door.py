"""What is turned away at the door, what every answer says, and what is said when the machine cannot."""

import errno
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.test import Client

from khuyencong.core.files.static import HashedFiles, collect_stale
from khuyencong.imports import actions

pytestmark = pytest.mark.django_db
LONG = "a b c d e f g h " * 75


@pytest.fixture
def browser(officer):
    """An officer's browser; what breaks is answered, as in use, and not raised into the test."""
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", f"/search/?q={LONG}", 200),
        ("get", f"/establishments/?q={LONG}", 200),
        ("get", f"/projects/?q={LONG}", 200),
        ("get", f"/law/?q={LONG}", 200),
        ("get", "/search/?q=" + "a" * 9000, 414),
        ("get", "/supervision/?year=²", 200),
        ("get", "/supervision/?year=²²²²", 200),
        ("get", f"/establishments/{9**22}/", 404),
        ("get", f"/projects/?page={9**22}&year={9**22}", 200),
        ("propfind", "/home/", 405),
        ("trace", "/home/", 405),
        ("put", "/establishments/", 405),
    ],
)
def test_what_no_page_sends_gets_an_answer(browser, method, address, status):
    assert browser.generic(method.upper(), address).status_code == status


def test_what_every_answer_tells_the_browser(officer_client, client):
    page = officer_client.get("/home/")
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "script" not in policy and "unsafe-eval" not in policy
    assert page["Cache-Control"] == "no-store"
    assert "camera=()" in page["Permissions-Policy"]
    assert "HX-Request" in page["Vary"]
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)|\son[a-z]+=", page.content.decode())
    assert "no-store" not in Client().get("/").get("Cache-Control", "")


def test_a_part_asked_for_after_the_session_takes_the_whole_page_to_the_login(client):
    answer = client.get(
        "/work/count/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/plan/2026/?by=x"}
    )
    assert answer["HX-Redirect"] == "/account/login/?next=%2Fplan%2F2026%2F%3Fby%3Dx&over=yes"
    page = client.get(answer["HX-Redirect"]).content.decode()
    assert "Phiên làm việc đã hết" in page
    assert 'value="/plan/2026/?by=x"' in page


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("database is locked"), "đang bận"),
        (OperationalError("connection to server failed"), "không nối được"),
        (OperationalError("database or disk is full"), "đã đầy"),
        (OSError(errno.ENOSPC, "No space left on device"), "đã đầy"),
    ],
)
def test_what_the_machine_lacks_is_a_plain_page_that_says_what_to_do(browser, error, told):
    def fail(execute, sql, params, many, context):
        raise error

    with connection.execute_wrapper(fail):
        answer = browser.get("/home/")
    assert answer.status_code == 503
    page = answer.content.decode()
    assert told in page and "chưa được ghi" in page
    assert str(error) not in page
    assert answer["Retry-After"]


def test_no_half_file_stays(officer, settings):
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError):
        default_storage.save("a/b.txt", Torn(b""))
    name = default_storage.save("a/b.txt", ContentFile("whole"))
    assert default_storage.open(name).read() == b"whole"

    def fail(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with pytest.raises(OperationalError), connection.execute_wrapper(fail):
        actions.receive(officer, "establishments", ContentFile(b"a;b", "a.csv"))
    assert [file.name for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()] == ["b.txt"]


def test_static_files_bear_a_hash_once_they_are_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    assert HashedFiles().url("js/app.js").endswith("/js/app.js")
    collect_stale()
    assert re.fullmatch(r".*/js/app\.[0-9a-f]{12}\.js", HashedFiles().url("js/app.js"))
