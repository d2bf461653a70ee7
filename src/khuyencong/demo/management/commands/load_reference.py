from typing import Any

from khuyencong.core.commands import ProductCommand
from khuyencong.demo.reference import load_everything


class Command(ProductCommand):
    """Load the reference data of every room."""

    help = "Nạp danh mục dùng chung: đơn vị hành chính, ngành nghề, nội dung hỗ trợ. Chạy lại không thay đổi gì."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        load_everything()
        if verbosity:
            self.stdout.write("Danh mục dùng chung đã đủ.")
