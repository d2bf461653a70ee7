import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from khuyencong.core import clock, installation
from khuyencong.core.backup import restore
from khuyencong.core.backup.archive import BadBackup, Manifest
from khuyencong.core.backup.write import applied_migrations
from khuyencong.core.commands import ProductCommand, existing_file


class Command(ProductCommand):
    """Replace the whole installation with a backup."""

    help = "Khôi phục từ tệp sao lưu: thay toàn bộ dữ liệu và tệp hiện có. Nên dừng hệ thống trước."
    makes_database = "again"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=existing_file, metavar="TỆP", help="tệp do khuyencong backup tạo")
        parser.add_argument("--yes", action="store_true", help="không hỏi lại")

    def handle(self, *args: Any, file: Path, yes: bool, verbosity: int, **options: Any) -> None:
        if not applied_migrations():  # a new machine
            call_command("migrate", verbosity=0, interactive=False)
        try:
            if not yes and not self._confirmed(restore.inspect(file)):
                raise CommandError("Đã dừng, không thay đổi gì.")
            done = restore.put_back(file)
        except BadBackup as error:
            raise CommandError(str(error)) from error
        ours = settings.INSTALLATION
        if not ours.kept:  # a new machine: from now on it is that of the backup's province
            installation.keep(ours, province=done.manifest.province)
        self.stdout.write(f"Đã khôi phục {done.rows} dòng và {done.files} tệp; nhật ký ghi vết nguyên vẹn.")
        if not done.own_seal:
            self.stdout.write(
                "Bản sao lưu do hệ thống khác ghi: nhật ký đã được niêm phong lại, và việc này có ghi trong nhật ký."
            )

    def _confirmed(self, manifest: Manifest) -> bool:
        rows = sum(manifest.row_counts().values())
        made = clock.local(dt.datetime.fromisoformat(manifest.made_at))
        self.stdout.write(
            f"Bản sao lưu ghi lúc {made:%H:%M} ngày {made:%d/%m/%Y}, phiên bản {manifest.product}:"
            f" {rows} dòng, {len(manifest.files)} tệp."
        )
        self.stdout.write("Toàn bộ dữ liệu hiện có sẽ bị thay thế.")
        return input("Gõ “đồng ý” để tiếp tục: ").strip().lower() in {"đồng ý", "dong y"}
