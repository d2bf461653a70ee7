from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from khuyencong.core import installation
from khuyencong.core.commands import ProductCommand


class Command(ProductCommand):
    """Whose installation this is, and where its database lies."""

    help = "Hệ thống này là của ai: tỉnh, cơ sở dữ liệu, địa chỉ, cơ quan. Không ghi gì thêm thì chỉ cho xem."
    uses_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--database", metavar="ĐỊA_CHỈ", help="từ nay dùng cơ sở dữ liệu này: postgres://…, hoặc sqlite"
        )
        parser.add_argument("--address", metavar="ĐỊA_CHỈ", help="địa chỉ người dùng mở, ghi trong thư")
        parser.add_argument("--department", metavar="TÊN", help="cơ quan quyết định, ví dụ “Sở Công Thương”")
        parser.add_argument("--centre", metavar="TÊN", help="đơn vị thực hiện, ví dụ “Trung tâm Khuyến công”")

    def handle(self, *args: Any, **options: Any) -> None:
        ours = settings.INSTALLATION
        changes = {
            name: options[name].strip()
            for name in ("database", "address", "department", "centre")
            if options[name] is not None
        }
        if changes:
            try:
                ours = installation.keep(ours, **changes)
            except installation.BadIdentity as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                raise CommandError(f"Không ghi được {ours.file}: {error.strerror}.") from error
        self.stdout.write(f"Thư mục dữ liệu: {ours.folder}")
        self.stdout.write(f"Tỉnh: mã {ours.province}")
        self.stdout.write(f"Cơ sở dữ liệu: {ours.database_name}")
        self.stdout.write(f"Địa chỉ: {ours.address}")
        self.stdout.write(f"Cơ quan: {ours.department}; {ours.centre}")
        if not ours.kept:
            self.stdout.write(f"Chưa có tệp {ours.file}: khuyencong up sẽ ghi.")
        if "database" in changes:
            self.stdout.write("Cơ sở dữ liệu mới còn trống thì khôi phục vào đó: khuyencong restore TỆP")
