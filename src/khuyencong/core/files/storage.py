"""Where brought and made files lie: each appears under its name whole, or not at all."""

import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class _Whole(File):  # type: ignore[type-arg]  # generic for type checkers only
    """A file that is whole already: the storage moves it into place."""

    def __init__(self, part: Path) -> None:
        super().__init__(None)
        self.part = part

    def temporary_file_path(self) -> str:
        return str(self.part)

    def close(self) -> None:
        """Nothing is open."""


class WholeFiles(FileSystemStorage):
    """Writes beside the name first: a full disk or a lost line leaves nothing of a file."""

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{uuid.uuid4().hex}.part")
        try:
            with part.open("wb") as out:
                for chunk in content.chunks():
                    out.write(chunk.encode() if isinstance(chunk, str) else chunk)
            saved: str = super()._save(name, _Whole(part))  # type: ignore[misc]  # the stubs do not know it
        finally:
            part.unlink(missing_ok=True)
        return saved
