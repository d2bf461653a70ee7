import os
import signal
import sys
import threading
from typing import Any

from django.core.management.base import CommandParser
from django.utils.autoreload import run_with_reloader

from khuyencong.core.commands import ProductCommand
from khuyencong.core.queue import tables, worker


class Command(ProductCommand):
    """The process that does long work."""

    help = "Chạy các việc dài đang chờ (nhập tệp lớn, gửi thư, kết xuất...). `up` tự chạy lệnh này."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi thôi")
        parser.add_argument("--reload", action="store_true", help="chạy lại khi mã nguồn thay đổi (script/dev)")
        parser.add_argument("--attached", action="store_true", help="dừng khi đầu vào đóng, tức khi tiến trình mẹ hết")

    def handle(self, *args: Any, once: bool, reload: bool, attached: bool, **options: Any) -> None:
        tables.lay()
        if attached:
            threading.Thread(target=_end_with_the_parent, daemon=True).start()
        if once:
            worker.work_off()
        elif reload:
            run_with_reloader(worker.work_on)
        else:
            worker.work_on()


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
