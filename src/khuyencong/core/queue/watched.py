"""A worker beside the server: started with it, started again when it dies, ended with it."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger(__name__)

_PATIENCE = 20  # seconds for the job under way; one that takes longer begins anew next time
_PAUSES = (1, 2, 5, 15, 30)  # seconds before it is started again, longer while it dies at once


@contextmanager
def watched_worker() -> Iterator[None]:
    """Within this a worker runs in a process of its own. It ends with this process, however that ends."""
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(over,), name="worker-watch")
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _watch(over: threading.Event) -> None:
    deaths = 0
    while not over.is_set():
        process = _start()
        lived = 0
        while process.poll() is None and not over.wait(1):
            lived += 1
        if over.is_set():
            _end(process)
            return
        deaths = 0 if lived > _PAUSES[-1] else deaths + 1
        log.error("worker died; starting it again", code=process.returncode)
        over.wait(_PAUSES[min(deaths, len(_PAUSES) - 1)])


def _start() -> subprocess.Popen[bytes]:
    # It reads its input, and ends when that closes: so it does not outlive a server that was killed.
    command = [sys.executable, "-m", "khuyencong", "worker", "--attached"]
    return subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 our own command


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
