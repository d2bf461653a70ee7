"""What every command of the product is made of."""

from typing import Any, Literal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class ProductCommand(BaseCommand):
    """A command that people wait for: Django's checks of the code, a second each time, are made by script/test.

    From a shell it names the database it works on, and never makes an empty one by asking.
    """

    requires_system_checks: list[str] = []
    uses_database = True
    makes_database: Literal["never", "the first", "again"] = "never"
    from_shell = False

    def run_from_argv(self, argv: list[str]) -> None:
        """As a person calls it."""
        self.from_shell = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Say first which database it is."""
        if self.from_shell and self.uses_database:
            self._require_database()
            self.stderr.write(f"Cơ sở dữ liệu: {settings.INSTALLATION.database_name}", lambda line: line)
        return super().execute(*args, **options)

    def _require_database(self) -> None:
        ours = settings.INSTALLATION
        file = ours.sqlite_file
        if file is None or file.exists() or self.makes_database == "again":
            return
        if ours.kept:
            raise CommandError(
                f"Không thấy cơ sở dữ liệu {file} mà {ours.file} nêu. Không tạo cái trống thay vào: hãy để tệp ấy về"
                " chỗ cũ, hoặc khôi phục bản sao lưu: khuyencong restore TỆP"
            )
        if self.makes_database == "never":
            raise CommandError(
                f"Chưa có hệ thống nào ở thư mục {ours.folder}. Đặt KHUYENCONG_DATA_DIR là thư mục dữ liệu"
                " của hệ thống, hoặc tạo hệ thống mới: khuyencong up"
            )
