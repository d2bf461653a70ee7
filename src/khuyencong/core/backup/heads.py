"""The heads of the audit trail that the backups hold, compared unasked where backups are usually made."""

import zipfile
from pathlib import Path

from django.conf import settings

from khuyencong.core import audit
from khuyencong.core.audit import anchor, signature
from khuyencong.core.backup import archive

_NEWEST = 10


def remember(file: Path) -> None:
    """Backups lie in this folder."""
    folder = str(file.resolve().parent)
    if folder not in _folders():
        _list().parent.mkdir(parents=True, exist_ok=True)
        with _list().open("a", encoding="utf-8") as out:
            out.write(folder + "\n")


def unlike_backups() -> tuple[str, audit.Break] | None:
    """The first of the newest backups whose head the chain does not hold, by name; a restore told in it is no fault."""
    for file in _newest():
        try:
            with zipfile.ZipFile(file) as backup:
                manifest = archive.read_manifest(backup)
        except (archive.BadBackup, zipfile.BadZipFile, OSError):
            continue  # no backup of ours
        if manifest.key_mark != signature.key_mark() or not manifest.audit_records:
            continue
        found = audit.unlike(manifest.audit_records, manifest.audit_head)
        if found is not None and not anchor.is_explained(found.seq):
            return file.name, found
    return None


def _newest() -> list[Path]:
    files = [file for folder in _folders() for file in Path(folder).glob("*.zip")]
    return sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)[:_NEWEST]


def _folders() -> list[str]:
    return _list().read_text(encoding="utf-8").splitlines() if _list().exists() else []


def _list() -> Path:
    return Path(settings.AUDIT_DIR) / "backup-folders.txt"
