from typing import Any

from django.core.management.base import CommandError, CommandParser

from khuyencong.core import clock, mails
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
        found = list(due(today))
        if dry_run:
            for one in found:
                self.stdout.write(f"== {one.user} <{one.user.email or 'không có địa chỉ thư'}>\n{letter(one)}\n")
            self.stdout.write(f"Sẽ nhắc {sum(bool(one.user.email) for one in found)} người.")
            return
        if found and not mails.leave():
            raise CommandError(f"Chưa khai máy chủ gửi thư: {len(found)} người có việc gấp mà chưa ai được nhắc.")
        reached = [one for one in found if one.user.email]
        failed = [one for one in reached if remind(one, today)]
        failed = [(one, why) for one in failed if (why := remind(one, today))]  # once more, at the end
        for one, why in failed:
            self.stderr.write(f"Không gửi được thư cho {one.user}: {why} Lần chạy sau sẽ gửi lại.")
        without = [one.user.username for one in found if not one.user.email]
        if without:
            self.stderr.write(f"Chưa có địa chỉ thư (khuyencong user email): {', '.join(without)}.")
        sent = len(reached) - len(failed)
        if found and not sent:
            raise CommandError(f"{len(found)} người có việc gấp mà chưa ai được nhắc.")
        self.stdout.write(f"Đã nhắc {sent} người.")
