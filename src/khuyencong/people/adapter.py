from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from khuyencong.people.actions import accounts
from khuyencong.people.models import User


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth tells no types
    """Accounts are given by the administrator; nobody signs up by themselves. The library has no Vietnamese: ours."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khóa."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy gõ lại; chú ý phím Caps Lock và bộ gõ tiếng Việt."
        ),
        "too_many_login_attempts": _("Đã nhập sai nhiều lần. Hãy đợi năm phút rồi thử lại."),
        "enter_current_password": _("Mật khẩu hiện nay không đúng."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "rate_limited": _("Bạn thử quá nhiều lần. Hãy đợi một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """By the person themselves; like every write it goes through an action, which leaves its record."""
        accounts.set_password(user, user, password)
