"""A secret is made once, however many ask for it at the same moment, and is never read half-written."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from khuyencong.core.files.whole import kept_secret

pytestmark = pytest.mark.database_free


def test_of_many_at_once_all_get_the_same(tmp_path):
    at_once = threading.Barrier(8)

    def make():
        at_once.wait()  # all have seen that there is none
        return threading.current_thread().name.encode() * 1000

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _one: kept_secret(tmp_path / "key", make), range(8)))
    assert len(set(got)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["key"]
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert kept_secret(tmp_path / "key", lambda: b"another") == got[0]
