from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from khuyencong.core.backup import write
from khuyencong.core.commands import ProductCommand, file_to_write


class Command(ProductCommand):
    """Save the whole installation into one file."""

    help = "Sao lưu toàn bộ dữ liệu và tệp đã tải lên vào một tệp; không cần dừng hệ thống."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=file_to_write, metavar="TỆP", help="tệp sao lưu sẽ được tạo, ví dụ sao-luu.zip"
        )
        parser.add_argument("--overwrite", action="store_true", help="ghi đè nếu tệp đã có")

    def handle(self, *args: Any, file: Path, overwrite: bool, **options: Any) -> None:
        if file.exists() and not overwrite:
            raise CommandError(f"Tệp {file} đã có. Chọn tên khác, hoặc thêm --overwrite để ghi đè.")
        try:
            manifest = write.make(file)
        except OSError as error:
            raise CommandError(
                f"Không ghi được bản sao lưu: {error.filename or file}: {error.strerror or error}."
            ) from error
        except DatabaseError as error:
            raise CommandError(
                f"Không đọc được cơ sở dữ liệu; có thể chưa cập nhật: khuyencong up --no-serve ({error})"
            ) from error
        rows = sum(manifest.row_counts().values())
        self.stdout.write(
            f"Đã sao lưu {rows} dòng của {len(manifest.tables)} bảng và {len(manifest.files)} tệp vào {file}."
        )
        self.stdout.write(f"Mã cuối nhật ký: {manifest.audit_records}:{manifest.audit_head}")
        self.stdout.write("Tệp này chứa dữ liệu cá nhân: hãy cất ở nơi an toàn.")
        if not manifest.audit_sound:
            self.stderr.write("Chú ý: nhật ký ghi vết đang hỏng, xem: khuyencong audit verify")
