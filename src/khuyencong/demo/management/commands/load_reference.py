from typing import Any

from django.core.management.base import BaseCommand

from khuyencong.demo.reference import load_everything


class Command(BaseCommand):
    """Load the reference data of every room."""

    help = "Nạp danh mục dùng chung: đơn vị hành chính, ngành nghề, nội dung hỗ trợ. Chạy lại không thay đổi gì."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        load_everything()
        if verbosity:
            self.stdout.write("Danh mục dùng chung đã đủ.")
