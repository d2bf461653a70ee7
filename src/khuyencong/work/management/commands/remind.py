import smtplib
from typing import Any

from django.core.management.base import CommandParser

from khuyencong.core import clock
from khuyencong.core.commands import ProductCommand
from khuyencong.work.actions import remind
from khuyencong.work.reminders import due, letter


class Command(ProductCommand):
    """Remind people of what is late or due within a week."""

    help = "Nhắc việc: gửi thư cho người có việc quá hạn hoặc đến hạn trong tuần; mỗi người một lần một ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ nhắc ai, việc gì; không gửi")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        today = clock.today()
        sent = told = 0
        for one in list(due(today)):
            told += 1
            if dry_run:
                self.stdout.write(f"== {one.user} <{one.user.email or 'không có địa chỉ thư'}>\n{letter(one)}\n")
                continue
            try:
                sent += remind(one, today)
            except (OSError, smtplib.SMTPException) as error:
                self.stderr.write(f"Không gửi được thư cho {one.user}: {error}")
        verb = "Sẽ nhắc" if dry_run else "Đã nhắc"
        self.stdout.write(f"{verb} {told} người" + ("." if dry_run else f", gửi {sent} thư."))
