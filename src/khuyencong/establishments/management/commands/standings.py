from typing import Any

from django.core.management.base import CommandParser

from khuyencong.core.commands import ProductCommand
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.standings import laying


class Command(ProductCommand):
    """Prove the kept standings of establishments, or work them out anew."""

    help = "Tình hình từng cơ sở và các số tổng mà danh sách, trang chính dùng: đối chiếu với hồ sơ, hoặc tính lại."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
        what.add_parser("check", help="tính lại từ hồ sơ và so với số đang giữ; chạy hằng đêm")
        what.add_parser("rebuild", help="tính lại tất cả, khi đối chiếu thấy lệch")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "rebuild":
            laying.rebuild()
            self.stdout.write(f"Đã tính lại tình hình của {Establishment.objects.count()} cơ sở.")
            return
        laying.gather()
        if not laying.in_place():
            self.stderr.write("Cơ sở dữ liệu thiếu phần tự cập nhật số tổng. Chạy: khuyencong standings rebuild")
            raise SystemExit(1)
        found = laying.differences()
        for table, rows in found.items():
            self.stderr.write(f"KHÔNG KHỚP: {table}, {rows} dòng khác với hồ sơ. Chạy: khuyencong standings rebuild")
        if found:
            raise SystemExit(1)
        self.stdout.write(f"Khớp: đã đối chiếu tình hình của {Establishment.objects.count()} cơ sở.")
