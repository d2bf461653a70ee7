"""A small file for the owner only, made once: whoever comes first makes it, and nobody reads it half-written."""

import os
import uuid
from collections.abc import Callable
from pathlib import Path


def kept_secret(file: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; made when there is none. Of two that come at once, both get what the first one made."""
    if not file.exists():
        new = file.with_name(f"{file.name}.{uuid.uuid4().hex}")
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(make())
        try:
            os.link(new, file)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return file.read_bytes()
