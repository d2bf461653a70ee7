import signal
import socket
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection, connections

from khuyencong.core import catalogues, clock, installation, upgrading
from khuyencong.core.audit import guard
from khuyencong.core.commands import ProductCommand, whole
from khuyencong.core.files import owner, static
from khuyencong.core.models import SET_UP, InstallationFact
from khuyencong.core.queue import tables as queue_tables
from khuyencong.core.queue.watched import watched_worker
from khuyencong.demo import load
from khuyencong.demo.accounts import ACCOUNTS, PASSWORD
from khuyencong.demo.reference import load_everything
from khuyencong.people.models import User
from khuyencong.places.provinces import why_not_a_province
from khuyencong.projects.plan_lines.actions import keep_what_stood

_FIRST_START, _PROVINCE = "first-start", "province"


class Command(ProductCommand):
    """Make everything ready and serve."""

    help = "Chuẩn bị mọi thứ rồi chạy hệ thống: bản dịch, cơ sở dữ liệu, danh mục, tỉnh minh họa lần đầu."

    makes_database = "the first"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--province", metavar="MÃ", help="lần đầu: mã tỉnh mà hệ thống phục vụ; mặc định 04, Cao Bằng"
        )
        parser.add_argument("--empty", action="store_true", help="lần đầu không nạp tỉnh minh họa")
        parser.add_argument("--no-serve", action="store_true", help="chuẩn bị mọi thứ nhưng không chạy máy chủ")
        parser.add_argument(
            "--service-user",
            default="",
            metavar="TÀI_KHOẢN",
            help="cùng --no-serve: giao thư mục dữ liệu cho tài khoản của máy sẽ chạy dịch vụ",
        )
        parser.add_argument("--no-worker", action="store_true", help="không chạy kèm chương trình làm việc dài")
        parser.add_argument("--host", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="mặc định 127.0.0.1")
        parser.add_argument("--port", type=whole(1, 65_535), default=8000, metavar="CỔNG", help="mặc định 8000")

    def handle(
        self, *args: Any, province: str | None, empty: bool, no_serve: bool, host: str, port: int, **options: Any
    ) -> None:
        if locked := owner.stranger_to(settings.DATA_DIR):
            raise CommandError(
                f"Tài khoản đang chạy lệnh không ghi được {locked}. Hãy chạy bằng tài khoản của dịch vụ,"
                " hoặc bằng root: khuyencong up --no-serve --service-user TÀI_KHOẢN"
            )
        if options["service_user"] and not no_serve:
            raise CommandError("--service-user đi cùng --no-serve: chuẩn bị xong rồi để dịch vụ chạy.")
        self._require_province(province)
        if not no_serve:
            self._require_free(host, port)
        catalogues.compile_stale()
        self._migrate()
        self._know_itself()
        self._guard()
        load_everything()
        keep_what_stood()
        self._first_start(empty)
        self._say_accounts()
        if no_serve:
            if options["service_user"]:
                self._hand_over(options["service_user"])
            self.stdout.write("Đã sẵn sàng.")
            return
        with nullcontext() if options["no_worker"] else watched_worker():
            self._serve(host, port)

    def _require_free(self, host: str, port: int) -> None:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except socket.gaierror as error:
                raise CommandError(f"Không có địa chỉ “{host}” trên máy này.") from error
            except OSError as error:
                raise CommandError(
                    f"Cổng {port} ở {host} đang bận: có thể hệ thống đang chạy rồi, hoặc chương trình khác"
                    f" dùng cổng này. Chọn cổng khác: script/up --port {port + 1}"
                ) from error

    def _require_province(self, asked: str | None) -> None:
        ours = settings.INSTALLATION
        if asked is not None:
            if ours.identity.province and asked != ours.province:
                raise CommandError(
                    f"Hệ thống ở {ours.folder} là của tỉnh mã {ours.province}, không đổi được thành {asked}."
                    " Hệ thống của tỉnh khác cần một thư mục dữ liệu khác (KHUYENCONG_DATA_DIR)."
                )
            settings.PROVINCE_CODE = asked
        if (not ours.kept or asked is not None) and (why := why_not_a_province(settings.PROVINCE_CODE)):
            raise CommandError(why)

    def _know_itself(self) -> None:
        """Hold the database to this installation, and write down whose it is."""
        theirs = InstallationFact.read(_PROVINCE)
        if theirs and theirs != settings.PROVINCE_CODE:
            raise CommandError(
                f"Cơ sở dữ liệu này ({settings.INSTALLATION.database_name}) là của tỉnh mã {theirs},"
                f" không phải {settings.PROVINCE_CODE}. Chưa ghi gì cả."
            )
        InstallationFact.write(_PROVINCE, settings.PROVINCE_CODE)
        installation.keep(settings.INSTALLATION, province=settings.PROVINCE_CODE)

    def _migrate(self) -> None:
        queue_tables.lay()
        if upgrading.is_current():
            return
        self.stdout.write("Đang chuẩn bị cơ sở dữ liệu ...")
        try:
            upgrading.migrate()
        except upgrading.TooOld as error:
            raise CommandError(str(error)) from error

    def _guard(self) -> None:
        if not guard.in_place(connection):
            self.stderr.write("Chú ý: khóa chống sửa của bảng nhật ký đã bị gỡ; nay đặt lại. Hãy kiểm tra nhật ký:")
            self.stderr.write("  khuyencong audit verify")
            guard.install(connection)

    def _first_start(self, empty: bool) -> None:
        if InstallationFact.read(_FIRST_START):
            return
        if not empty and not User.objects.exists():
            self.stdout.write("Lần chạy đầu: đang đặt ra tỉnh minh họa (mọi dữ liệu đều không có thật) ...")
            load.load()
        InstallationFact.write(_FIRST_START, "empty" if empty else "demo")
        if not InstallationFact.read(load.FACT):  # the invented province has a past
            InstallationFact.write(SET_UP, clock.today().isoformat())

    def _say_accounts(self) -> None:
        if InstallationFact.read(load.FACT):
            self.stdout.write("\nTài khoản dùng thử (dữ liệu minh họa):")
            for account in ACCOUNTS:
                self.stdout.write(f"  {account.username:<16}{account.job_title}")
            self.stdout.write(f"  Mật khẩu chung: {PASSWORD}\n")
        elif not User.objects.exists():
            self.stdout.write("\nChưa có tài khoản nào. Tạo tài khoản đầu tiên:")
            self.stdout.write("  khuyencong user add TÊN --role administrator\n")

    def _hand_over(self, account: str) -> None:
        static.collect_stale()
        connections.close_all()
        try:
            owner.give(settings.DATA_DIR, account)
        except owner.NoSuchAccount as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Thư mục {settings.DATA_DIR} nay là của {account}.")

    def _serve(self, host: str, port: int) -> None:
        import waitress

        static.collect_stale()
        from khuyencong.config.wsgi import application

        connection.close()
        signal.signal(signal.SIGTERM, _stop)
        try:
            # What a proxy says reaches Django, which knows whom to believe (HTTPS, TRUSTED_PROXIES).
            server = waitress.create_server(
                application, host=host, port=port, threads=8, clear_untrusted_proxy_headers=False
            )
        except OSError as error:
            raise CommandError(f"Không mở được cổng {port} ở {host}: {error.strerror}.") from error
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Khuyến Công đang chạy: http://{shown}:{port}/  (dữ liệu ở {settings.DATA_DIR})")
        self.stdout.write("Dừng: nhấn Ctrl+C.")
        self.stdout.flush()
        server.run()
        self.stdout.write("\nĐã dừng.")


def _stop(number: int, frame: object) -> None:
    """A polite end for a service manager: waitress lets the requests under way finish."""
    raise SystemExit(0)
