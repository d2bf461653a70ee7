from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuyencong.core.requests import client_address
from khuyencong.people import lockouts
from khuyencong.people.actions import accounts
from khuyencong.people.models import User


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth tells no types
    """Accounts are given by the administrator; nobody signs up by themselves. The library has no Vietnamese: ours."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khóa."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy gõ lại; chú ý phím Caps Lock và bộ gõ tiếng Việt."
        ),
        "enter_current_password": _("Mật khẩu hiện nay không đúng."),
        "incorrect_password": _("Mật khẩu không đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Past the proxies that this installation trusts."""
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who has this name and password. Raises ValidationError while they must wait, see ``lockouts``."""
        account, address = credentials.get("username", ""), client_address(request)
        self._refuse_locked(account, address)
        found: User | None = super().authenticate(request, **credentials)
        if found is None:
            lockouts.failed(account, address)
            self._refuse_locked(account, address)
        else:
            lockouts.succeeded(account, address)
        return found

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the library would count in the cache, which forgets."""

    def _refuse_locked(self, account: str, address: str) -> None:
        minutes = lockouts.waits(account, address)
        if minutes:
            raise ValidationError(
                ngettext(
                    "Đã nhập sai nhiều lần. Hãy đợi %(n)s phút rồi thử lại; cần ngay thì nhờ người quản trị mở khóa.",
                    "Đã nhập sai nhiều lần. Hãy đợi %(n)s phút rồi thử lại; cần ngay thì nhờ người quản trị mở khóa.",
                    minutes,
                )
                % {"n": minutes},
                code="too_many_login_attempts",
            )

    def set_password(self, user: User, password: str) -> None:
        """By the person themselves; like every write it goes through an action, which leaves its record."""
        accounts.set_password(user, user, password)
