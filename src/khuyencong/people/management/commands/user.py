import getpass
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from khuyencong.core import audit
from khuyencong.core.commands import ProductCommand
from khuyencong.people.actions import accounts, addresses
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.queries import current_grants
from khuyencong.people.rules import Role
from khuyencong.places.models import Unit


class Command(ProductCommand):
    """Accounts and their roles."""

    help = "Tài khoản người dùng: thêm, giao vai trò, đổi mật khẩu, mở khóa, ghi địa chỉ thư, liệt kê."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
        add = what.add_parser("add", help="thêm một tài khoản")
        _name(add)
        add.add_argument("--full-name", default="", metavar="HỌ_TÊN", help="họ và tên")
        add.add_argument("--title", default="", metavar="CHỨC_DANH", help="chức danh")
        _role(add, required=False)
        _password(add)
        give = what.add_parser("grant", help="giao một vai trò cho tài khoản đã có")
        _name(give)
        _role(give, required=True)
        change = what.add_parser("password", help="đặt mật khẩu mới")
        _name(change)
        _password(change)
        _name(what.add_parser("unlock", help="cho đăng nhập ngay, không phải đợi vì đã nhập sai nhiều lần"))
        mail = what.add_parser("email", help="ghi địa chỉ thư: gửi thư kiểm tra, người nhận bấm xác nhận thì mới ghi")
        _name(mail)
        mail.add_argument("address", nargs="?", default="", metavar="ĐỊA_CHỈ", help="địa chỉ thư; không ghi là xem")
        mail.add_argument("--unchecked", action="store_true", help="ghi ngay, không gửi thư kiểm tra")
        mail.add_argument("--remove", action="store_true", help="bỏ địa chỉ đang có")
        what.add_parser("list", help="liệt kê các tài khoản và vai trò")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            getattr(self, f"_{what}")(**options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _add(self, username: str, full_name: str, title: str, **options: Any) -> None:
        password, generated = _new_password(options["ask"])
        with audit.writing(None):
            user = accounts.add_account(None, username, password, full_name, title)
            if options["role"]:
                unit = _unit(options["place"])
                accounts.grant(None, user, Role(options["role"]), unit, elsewhere=options["other_province"])
        self.stdout.write(f"Đã thêm tài khoản {username}.")
        self._show(password, generated)

    def _grant(self, username: str, role: str, place: str, other_province: bool, **options: Any) -> None:
        given = accounts.grant(None, _user(username), Role(role), _unit(place), elsewhere=other_province)
        self.stdout.write(f"Đã giao vai trò: {given}.")

    def _password(self, username: str, ask: bool, **options: Any) -> None:
        user = _user(username)
        password, generated = _new_password(ask)
        accounts.set_password(None, user, password)
        self.stdout.write(f"Đã đặt mật khẩu mới cho {username}.")
        self._show(password, generated)

    def _unlock(self, username: str, **options: Any) -> None:
        accounts.unlock(None, _user(username))
        self.stdout.write(f"{username} đăng nhập được ngay.")

    def _email(self, username: str, address: str, unchecked: bool, remove: bool, **options: Any) -> None:
        user = _user(username)
        if remove or (address and unchecked):
            addresses.record(None, user, "" if remove else address)
            self.stdout.write(f"Đã bỏ địa chỉ thư của {username}." if remove else f"Đã ghi {address} cho {username}.")
        elif address:
            addresses.ask(user, address)
            self.stdout.write(
                f"Đã gửi thư kiểm tra đến {address}. Địa chỉ được ghi khi người nhận bấm xác nhận trong"
                f" {addresses.DAYS} ngày."
            )
        else:
            self.stdout.write(f"{username}: {user.email or 'chưa có địa chỉ thư'}")

    def _list(self, **options: Any) -> None:
        for user in User.objects.order_by("username"):
            held = "; ".join(str(one) for one in current_grants(user)) or "chưa có vai trò"
            state = "" if user.is_active else " (đã khóa)"
            self.stdout.write(
                f"{user.username}{state}\t{user.full_name}\t{user.email or 'chưa có địa chỉ thư'}\t{held}"
            )

    def _show(self, password: str, generated: bool) -> None:
        if generated:
            self.stdout.write(f"Mật khẩu (chỉ hiện một lần này): {password}")


def _name(parser: CommandParser) -> None:
    parser.add_argument("username", metavar="TÊN", help="tên đăng nhập")


def _role(parser: CommandParser, required: bool) -> None:
    labels = ", ".join(f"{value} ({label})" for value, label in RoleGrant.RoleName.choices)
    parser.add_argument("--role", required=required, choices=[role.value for role in Role], help=labels)
    parser.add_argument(
        "--place",
        default=settings.PROVINCE_CODE,
        metavar="MÃ",
        help="mã tỉnh hoặc mã xã, phường nơi phụ trách; mặc định là cả tỉnh",
    )
    parser.add_argument(
        "--other-province", action="store_true", help="cho phép nơi phụ trách ở tỉnh khác tỉnh của hệ thống"
    )


def _password(parser: CommandParser) -> None:
    parser.add_argument("--ask", action="store_true", help="hỏi mật khẩu thay vì tự đặt một mật khẩu")


def _new_password(ask: bool) -> tuple[str, bool]:
    if not ask:
        return accounts.generate_password(), True
    if not sys.stdin.isatty():  # from a pipe: one line
        return sys.stdin.readline().rstrip("\n"), False
    first = getpass.getpass("Mật khẩu mới: ")
    if first != getpass.getpass("Nhập lại mật khẩu: "):
        raise CommandError("Hai lần nhập không giống nhau.")
    return first, False


def _user(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"Không có tài khoản tên {username}.")
    return user


def _unit(code: str) -> Unit:
    kind = Unit.Kind.PROVINCE if len(code) <= 2 else Unit.Kind.COMMUNE
    unit = Unit.objects.filter(kind=kind, code=code, valid_to=None).first()
    if unit is None:
        raise CommandError(f"Không có tỉnh hay xã, phường hiện nay mang mã {code}.")
    return unit
