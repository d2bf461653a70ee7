"""Small files of our own that nobody reads half-written: they come under their name when they are whole."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOR_ITS_OWNER = 0o600
FOR_ALL = 0o666  # as far as the umask lets


def put(file: Path, content: bytes, mode: int) -> None:
    """Let the file hold this from now on; what it held before stays until then."""
    with _beside(file, content, mode) as new:
        new.replace(file)


def kept_secret(file: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds, for its owner only; made when there is none. Of two at once both get what came first."""
    if not file.exists():
        with _beside(file, make(), FOR_ITS_OWNER) as new, suppress(FileExistsError):
            os.link(new, file)
    return file.read_bytes()


@contextmanager
def _beside(file: Path, content: bytes, mode: int) -> Iterator[Path]:
    new = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as out:
            out.write(content)
        yield new
    finally:
        new.unlink(missing_ok=True)
