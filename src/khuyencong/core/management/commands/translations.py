from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from khuyencong.core import catalogues
from khuyencong.core.commands import ProductCommand


class Command(ProductCommand):
    """Refresh and compile the translations."""

    help = "Biên dịch các bản dịch (.po) của phần mềm và cho biết còn thiếu những câu nào."
    uses_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--refresh", action="store_true", help="đưa câu mới trong mã nguồn vào bản dịch trước")
        parser.add_argument("--check", action="store_true", help="báo lỗi khi còn câu chưa dịch hoặc chưa soát")

    def handle(self, *args: Any, refresh: bool, check: bool, **options: Any) -> None:
        if refresh:
            catalogues.refresh(settings.PACKAGE)
        found = catalogues.compile_all()
        if not found:
            self.stdout.write("Chưa có bản dịch nào.")
        for one in found:
            self.stdout.write(f"{one.language}: {one.total} câu, đã dịch {one.translated}, cần soát lại {one.fuzzy}")
            for text in one.missing:
                self.stdout.write(f"  chưa dịch: {text}")
        if check and any(one.translated < one.total for one in found):
            raise CommandError("Bản dịch chưa đủ.")
