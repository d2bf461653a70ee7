"""Whether a worker lives: it holds the lock of its file as long as it does, and no longer, however it ends."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings


@contextmanager
def living() -> Iterator[str]:
    """The name of a worker that lives while this is open."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid4().hex[:8]}"
    file = _folder() / name
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield name
        finally:
            file.unlink(missing_ok=True)


def lives(name: str) -> bool:
    """Whether the worker of this name lives. What a dead one left is cleared away."""
    file = _folder() / Path(name).name
    try:
        with file.open() as found:
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (FileNotFoundError, IsADirectoryError):
        return False
    except BlockingIOError:
        return True
    file.unlink(missing_ok=True)
    return False


def any_lives() -> bool:
    """Whether there is a worker at all."""
    return any(lives(file.name) for file in list(_folder().iterdir()))


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "workers"
    folder.mkdir(exist_ok=True)
    return folder
