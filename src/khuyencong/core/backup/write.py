"""Making a backup."""

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from khuyencong.core import audit, clock
from khuyencong.core.audit import signature
from khuyencong.core.backup import archive, heads, tables
from khuyencong.core.one_moment import steady_view
from khuyencong.core.queue.models import JOB_FOLDERS

_READ = 1024 * 1024
_LINES = 1000


def make(target: Path, said: Callable[[str], None] = lambda words: None) -> archive.Manifest:
    """Write the whole installation into ``target``, as it stood at one moment.

    The file appears under its name only when it is whole, and only its owner may read it: it holds the data
    of people and the hashes of their passwords.
    """
    part = target.with_name(target.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "w+b") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as out:
                audit.seal()
                with steady_view():
                    manifest = _fill(out, said)
                archive.write_manifest(out, manifest)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
        with suppress(OSError):  # the backup is whole all the same
            heads.remember(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def applied_migrations() -> list[str]:
    """The migrations that the database is at, as "app.name"."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _fill(out: zipfile.ZipFile, said: Callable[[str], None]) -> archive.Manifest:
    verdict = audit.verify()
    rows = []
    for position, model in enumerate(tables.carried_models()):
        said(str(model._meta.verbose_name))
        path = f"tables/{position:03d}_{model._meta.label_lower}.jsonl"
        columns = [field.attname for field in tables.fields_of(model)]
        lines = _Counted(tables.dump(model))
        size, digest = archive.add(out, path, lines.chunks())
        rows.append(archive.Part(path, size, digest, lines.count, model._meta.label_lower, columns))
    return archive.Manifest(
        format=archive.FORMAT,
        product=version("khuyencong"),
        made_at=clock.now().isoformat(),
        database=connection.vendor,
        migrations=applied_migrations(),
        tables=rows,
        files=_files(out),
        audit_records=verdict.records,
        audit_head=verdict.head,
        audit_sound=verdict.broken is None,
        key_mark=signature.key_mark(),
        province=settings.PROVINCE_CODE,
    )


def _files(out: zipfile.ZipFile) -> list[archive.Part]:
    root, found = Path(settings.MEDIA_ROOT), []
    for file in sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink()):
        if file.relative_to(root).parts[0] in JOB_FOLDERS:
            continue  # they go with their jobs
        path = f"files/{file.relative_to(root).as_posix()}"
        found.append(archive.Part(path, *archive.add(out, path, _read(file))))
    return found


def _read(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while chunk := source.read(_READ):
            yield chunk


class _Counted:
    """Lines gathered into chunks, and counted on the way."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.count = 0

    def chunks(self) -> Iterator[bytes]:
        held: list[str] = []
        for line in self.lines:
            self.count += 1
            held.append(line)
            if len(held) == _LINES:
                yield "".join(held).encode()
                held = []
        yield "".join(held).encode()
