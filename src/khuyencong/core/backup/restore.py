"""Putting a backup back: everything, or nothing.

The order is what makes it safe. First every part is read and its hash compared, before anything is touched.
Then the uploaded files are laid out beside the present ones. Then one transaction replaces all rows, with
the guard of the audit table lifted and put back inside it, and is committed only if the counts and the audit
chain hold. Only then do the new files take the place of the old ones, which stay aside until that has been
done. A failure before the commit leaves the old rows and files as they were.

The end of an audit chain is signed with the key of its installation. A backup of this installation must bear
a good signature, or it is refused. One of another installation (a new machine with a new key) cannot be
checked so: its links are verified from first to last, and this installation then signs it. Either way the
restore itself becomes the next record of the chain, which names the backup, the end of the chain that came
with it, the end of the chain that it replaced, and whether the signature was this installation's own.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, connection, transaction

from khuyencong.core import audit
from khuyencong.core.audit import anchor, guard, signature
from khuyencong.core.backup import archive, tables
from khuyencong.core.backup.archive import BadBackup, Manifest
from khuyencong.core.backup.write import applied_migrations
from khuyencong.core.models import AuditHead
from khuyencong.core.queue.tables import forget_all

_WAIT = "15s"

Said = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What was put back."""

    manifest: Manifest
    rows: int
    files: int
    own_seal: bool


def inspect(source: Path) -> Manifest:
    """Check the whole file without touching the installation. Raises BadBackup with the reason."""
    try:
        with zipfile.ZipFile(source) as backup:
            manifest = archive.read_manifest(backup)
            archive.check_parts(backup, manifest)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadBackup(f"Không đọc được tệp {source.name}: không phải bản sao lưu hoặc bị cắt dở.") from error
    _same_tables(manifest)
    ours = settings.INSTALLATION.identity.province
    if manifest.province and ours and manifest.province != ours:
        raise BadBackup(f"Bản sao lưu là của tỉnh mã {manifest.province}, còn hệ thống này của tỉnh mã {ours}.")
    if not manifest.audit_sound:
        raise BadBackup("Nhật ký ghi vết trong bản sao lưu đã hỏng từ trước khi sao lưu.")
    return manifest


def put_back(source: Path, said: Said = lambda words: None) -> Restored:
    """Replace everything with the backup. Raises BadBackup, nothing changed, when it cannot be done whole."""
    said("Kiểm tra bản sao lưu")
    manifest = inspect(source)
    root = Path(settings.MEDIA_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(source) as backup:
        staged = Path(tempfile.mkdtemp(prefix=".files-restored-", dir=root.parent))
        try:
            said("Lấy các tệp")
            _unpack(backup, manifest, staged)
            said("Thay dữ liệu")
            rows, own_seal = _replace(backup, manifest)
        except BaseException as error:
            shutil.rmtree(staged, ignore_errors=True)
            if words := _in_words(error):
                raise BadBackup(f"{words} Dữ liệu cũ còn nguyên. ({error})") from error
            raise
    _swap(staged, root)
    forget_all()
    ContentType.objects.clear_cache()
    return Restored(manifest, rows, len(manifest.files), own_seal)


def _in_words(error: BaseException) -> str:
    if isinstance(error, OperationalError):
        return "Cơ sở dữ liệu đang bận hoặc không nối được; hãy dừng hệ thống rồi thử lại."
    if isinstance(error, DatabaseError):
        return "Cơ sở dữ liệu không nhận bản sao lưu."
    return "Không ghi được các tệp của bản sao lưu ra đĩa." if isinstance(error, OSError) else ""


def _same_tables(manifest: Manifest) -> None:
    ours, theirs = set(applied_migrations()), set(manifest.migrations)
    if ours != theirs:
        raise BadBackup(
            f"Bản sao lưu do phiên bản {manifest.product} ghi, có cấu trúc dữ liệu khác phiên bản này"
            f" (khác ở: {', '.join(sorted(ours ^ theirs)[:5])}). Hãy khôi phục bằng đúng phiên bản ấy."
        )
    labels = {model._meta.label_lower for model in tables.carried_models()}
    if labels != set(manifest.row_counts()):
        raise BadBackup("Bản sao lưu không có đủ các bảng của phiên bản này.")


def _unpack(backup: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    for part in manifest.files:
        target = folder / Path(part.path).relative_to("files")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            for chunk in archive.chunks_of(backup, part):
                out.write(chunk)


@transaction.atomic
def _replace(backup: zipfile.ZipFile, manifest: Manifest) -> tuple[int, bool]:
    models = tables.carried_models()
    _lock(models)
    replaced = AuditHead.objects.filter(pk=1).first() or AuditHead()
    guard.remove(connection)
    tables.empty_sessions()
    for model in reversed(models):
        tables.empty(model)
    rows = sum(_load(backup, part) for part in manifest.tables)
    connection.check_constraints()
    tables.advance_sequences(models)
    _check_counts(manifest)
    own_seal = _take_over(manifest, replaced)
    guard.install(connection)
    return rows, own_seal


def _load(backup: zipfile.ZipFile, part: archive.Part) -> int:
    try:
        return tables.load(apps.get_model(part.model), part.columns, archive.lines_of(backup, part))
    except (ValueError, TypeError, ValidationError) as error:
        raise BadBackup(f"Bảng {part.model} trong bản sao lưu không đúng dạng: {error}") from error


def _lock(models: list[tables.Model]) -> None:
    """Nobody reads or writes half a restore. SQLite's transaction already holds the one writer's lock."""
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
        cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


def _check_counts(manifest: Manifest) -> None:
    for label, wanted in manifest.row_counts().items():
        found = apps.get_model(label)._base_manager.count()
        if found != wanted:
            raise BadBackup(f"Bảng {label}: bản sao lưu có {wanted} dòng, chỉ nạp được {found} dòng.")


def _take_over(manifest: Manifest, replaced: AuditHead) -> bool:
    """Verify the restored chain, sign it if another installation had, and record the restore in it."""
    walked = audit.verify_links()
    if walked.broken is not None or (walked.records, walked.head) != (
        manifest.audit_records,
        manifest.audit_head,
    ):
        raise BadBackup("Nhật ký ghi vết trong bản sao lưu bị hỏng; dữ liệu cũ còn nguyên.")
    own_seal = audit.verify().broken is None
    if not own_seal and manifest.key_mark == signature.key_mark():
        raise BadBackup("Dấu niêm phong của nhật ký không khớp, dù bản sao lưu mang khóa của hệ thống này.")
    head = AuditHead.objects.filter(pk=1).first() or AuditHead(pk=1)
    after: dict[str, Any] = {
        "made_at": manifest.made_at,
        "product": manifest.product,
        "restored_end": f"{walked.records}:{walked.head}",
        "replaced_end": f"{replaced.seq}:{replaced.hash}",
        "own_seal": own_seal,
    }
    change = audit.Change("restore", head, None, after)
    if own_seal:
        with audit.writing(None):
            audit.record([change])
    else:
        audit.reseal(None, change)
    transaction.on_commit(_anchor_anew)
    return own_seal


def _anchor_anew() -> None:
    head = AuditHead.objects.get(pk=1)
    anchor.note(head.seq, head.hash, anew=True)


def _swap(staged: Path, root: Path) -> None:
    aside = Path(tempfile.mkdtemp(prefix=".files-replaced-", dir=root.parent))
    try:
        if root.exists():
            root.rename(aside / "files")
        staged.chmod(0o755)
        staged.rename(root)
    except OSError as error:
        raise BadBackup(
            f"Dữ liệu đã khôi phục, nhưng chưa đổi được thư mục tệp: tệp mới ở {staged}, tệp cũ ở {aside}."
            f" Hãy chuyển {staged} thành {root}."
        ) from error
    shutil.rmtree(aside, ignore_errors=True)
