"""``khuyencong up`` behind a proxy that speaks HTTPS, and under a name it was not told."""

import signal
import urllib.error
import urllib.request

import pytest

from tests.core.installations import migrated
from tests.demo.test_up import free_port

pytestmark = pytest.mark.database_free


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def ask(port, **headers):
    """Status, address of a redirect and body, as a proxy that passes these headers on would get them."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=headers)
    try:
        with urllib.request.build_opener(_Stay).open(request) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers.get("Location", ""), refused.read().decode()


@pytest.fixture
def port(tmp_path):
    house = migrated(tmp_path)
    house.environment |= {"KHUYENCONG_HTTPS": "1", "KHUYENCONG_HOSTS": "khuyencong.example.vn"}
    house.run("up", "--empty", "--no-serve")
    port = free_port()
    server = house.start("up", "--port", str(port))
    try:
        for line in server.stdout:
            if "Dừng" in line:
                break
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate()


def test_https_ends_at_the_proxy(port):
    name = {"Host": "khuyencong.example.vn"}
    status, _where, page = ask(port, **name, **{"X-Forwarded-Proto": "https"})
    assert (status, "Chương trình khuyến công" in page) == (200, True)
    status, where, _page = ask(port, **name)
    assert (status, where) == (301, "https://khuyencong.example.vn/")
    status, _where, page = ask(port, **{"Host": "10.0.0.5", "X-Forwarded-Proto": "https"})
    assert status == 400
    assert "KHUYENCONG_HOSTS" in page
