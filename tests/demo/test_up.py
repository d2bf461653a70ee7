"""``khuyencong up`` as a newcomer runs it: real processes, a real browser's first request."""

import os
import signal
import socket
import time
import urllib.request

import pytest

from khuyencong.core import clock
from tests.core.installations import migrated

ON_POSTGRESQL = os.environ.get("KHUYENCONG_TEST_DATABASE") == "postgresql"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    """The status of its first answer, however long it takes to come up."""
    while True:
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                return answer.status
        except OSError:
            time.sleep(0.05)


@pytest.fixture
def house(tmp_path):
    """Its tables are there: that they are made from nothing is shown by every other test."""
    return migrated(tmp_path)


def test_first_start_second_start_and_a_busy_port(house):
    said = house.run("up", "--no-serve")
    assert "can.bo" in said and "khuyen-cong-thu" in said
    counts = "from khuyencong.core.models import AuditRecord; print(AuditRecord.objects.count())"
    before = house.python(counts)
    port = free_port()
    server = house.start("up", "--port", str(port))
    try:
        assert wait_for(port, server) == 200
        assert house.python(counts) == before
        assert "đang bận" in house.run("up", "--port", str(port), expect=1)
    finally:
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate()
    assert server.returncode == 0, err
    assert f"http://127.0.0.1:{port}/" in out
    assert "đang chạy" in out


def test_an_empty_start_stays_empty_and_a_lifted_guard_is_put_back(house):
    said = house.run("up", "--empty", "--no-serve")
    assert "khuyencong user add" in said
    assert "can.bo" not in house.run("up", "--no-serve")
    house.run("user", "add", "quan.tri", "--role", "administrator")
    again = house.run("up", "--no-serve")
    assert "khuyencong user add" not in again
    assert "Mật khẩu" not in again
    # Nothing is owed for a time before this day.
    begun = house.python("from khuyencong.core.models import *; print(InstallationFact.read('set-up-on'))")
    assert begun.strip() == clock.today().isoformat()
    house.python("from django.db import connection\nfrom khuyencong.core.audit import guard\nguard.remove(connection)")
    assert "đã bị gỡ" in house.run("up", "--no-serve")
    assert "đã bị gỡ" not in house.run("up", "--no-serve")


def test_what_root_sets_up_is_handed_to_the_account_that_runs_it(house):
    if os.geteuid() != 0 or ON_POSTGRESQL:
        pytest.skip("only root can hand files over")
    said = house.run("up", "--empty", "--no-serve", "--service-user", "nobody")
    assert "nay là của nobody" in said
    assert {path.owner() for path in (house.folder, *house.folder.rglob("*"))} == {"nobody"}
    assert house.folder.stat().st_mode & 0o777 == 0o700
    assert "không có tài khoản tên khong.co" in house.run("up", "--no-serve", "--service-user", "khong.co", expect=1)
