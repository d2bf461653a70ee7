from typing import Any

from django.core.management.base import CommandError, CommandParser

from khuyencong.core.commands import ProductCommand, whole
from khuyencong.demo import load
from khuyencong.demo.accounts import ACCOUNTS, PASSWORD
from khuyencong.demo.province import DEFAULT_SEED, ESTABLISHMENTS


class Command(ProductCommand):
    """Load the invented province."""

    help = "Tỉnh minh họa: cơ sở, kết quả hằng năm, đề án và tài khoản đều được đặt ra, để dùng thử."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
        one = what.add_parser("load", help="nạp vào hệ thống còn trống")
        one.add_argument(
            "--seed", type=whole(0, 2**31 - 1), default=DEFAULT_SEED, metavar="SỐ", help="cùng một số, cùng dữ liệu"
        )
        one.add_argument(
            "--establishments",
            type=whole(load.FEWEST, 1_000_000),
            default=ESTABLISHMENTS,
            metavar="SỐ",
            help="số cơ sở",
        )

    def handle(self, *args: Any, seed: int, establishments: int, **options: Any) -> None:
        try:
            done = load.load(seed, establishments)
        except ValueError as error:
            raise CommandError(f"Cần ít nhất {load.FEWEST} cơ sở, và --seed từ 0 trở lên.") from error
        except load.NotEmpty as error:
            raise CommandError(
                "Hệ thống đã có cơ sở hoặc tài khoản: dữ liệu minh họa không được trộn với dữ liệu thật."
            ) from error
        self.stdout.write(
            f"Đã nạp tỉnh minh họa: {done.establishments} cơ sở, {done.results} kết quả năm, {done.projects} đề án."
        )
        names = ", ".join(account.username for account in ACCOUNTS)
        self.stdout.write(f"Tài khoản: {names}. Mật khẩu chung: {PASSWORD}")
