"""The file of a backup: its manifest, and its parts with their hashes."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024


class BadBackup(Exception):
    """The file is no backup of ours or does not hold what its manifest says. The message is for a person."""


@dataclass(frozen=True)
class Part:
    """One member of the archive. ``rows`` counts the rows of a table; a file has none."""

    path: str
    size: int
    sha256: str
    rows: int | None = None
    model: str = ""
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Manifest:
    """What the backup says of itself. ``migrations``: "app.name"; ``key_mark``: whose seal it bears."""

    format: int
    product: str
    made_at: str
    database: str
    migrations: list[str]
    tables: list[Part]
    files: list[Part]
    audit_records: int
    audit_head: str
    audit_sound: bool
    key_mark: str
    province: str = ""  # not told by backups of before the installation knew itself

    def row_counts(self) -> dict[str, int]:
        """Rows by model label."""
        return {part.model: part.rows or 0 for part in self.tables}


def add(archive: zipfile.ZipFile, path: str, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write one member; its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with archive.open(path, "w", force_zip64=True) as out:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return size, digest.hexdigest()


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """The last member to be written: a backup without it is not whole."""
    archive.writestr(_MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest. Raises BadBackup when there is none, or one of another format."""
    try:
        values = json.loads(archive.read(_MANIFEST))
        if values["format"] != FORMAT:
            raise BadBackup(f"Bản sao lưu có định dạng {values['format']}, phần mềm này đọc định dạng {FORMAT}.")
        for kind in ("tables", "files"):
            values[kind] = [Part(**part) for part in values[kind]]
        return Manifest(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise BadBackup("Tệp này không phải bản sao lưu của Khuyến Công, hoặc chưa được ghi xong.") from error


def check_parts(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part to its end. Raises BadBackup at the first that is missing, changed or not announced."""
    parts = [*manifest.tables, *manifest.files]
    for folder, group in (("tables", manifest.tables), ("files", manifest.files)):
        for part in group:
            _refuse_escape(part.path, folder)
    announced = {part.path for part in parts} | {_MANIFEST}
    stray = sorted(set(archive.namelist()) - announced)
    if stray:
        raise BadBackup(f"Bản sao lưu có phần lạ, không ghi trong mục lục: {stray[0]}.")
    for part in parts:
        try:
            digest, size = hashlib.sha256(), 0
            for chunk in chunks_of(archive, part):
                digest.update(chunk)
                size += len(chunk)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise BadBackup(f"Không đọc được phần {part.path} của bản sao lưu.") from error
        if size != part.size or digest.hexdigest() != part.sha256:
            raise BadBackup(f"Phần {part.path} của bản sao lưu đã bị thay đổi.")


def chunks_of(archive: zipfile.ZipFile, part: Part) -> Iterator[bytes]:
    """The bytes of a part."""
    with archive.open(part.path) as source:
        while chunk := source.read(_CHUNK):
            yield chunk


def lines_of(archive: zipfile.ZipFile, part: Part) -> Iterator[list[Any]]:
    """The rows of a table."""
    with archive.open(part.path) as source:
        for line in source:
            yield json.loads(line)


def _refuse_escape(path: str, folder: str) -> None:
    parts = PurePosixPath(path).parts
    if parts[:1] != (folder,) or len(parts) < 2 or ".." in parts or "\\" in path:
        raise BadBackup(f"Bản sao lưu có đường dẫn không hợp lệ: {path}.")
