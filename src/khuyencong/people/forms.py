from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """User name and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ConfirmForm(ReauthenticateForm):
    """The password once more, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].widget.attrs.pop("placeholder", None)


class PasswordForm(ChangePasswordForm):
    """Old password, new one twice, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Mật khẩu hiện nay"),
            "password1": _("Mật khẩu mới"),
            "password2": _("Nhập lại mật khẩu mới"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean_oldpassword(self) -> str:
        """Counted as at the door: whoever finds a session open cannot try passwords for ever."""
        given: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, given):
            raise get_adapter().validation_error("enter_current_password")
        return given

    def clean_password2(self) -> str:
        # Ahead of the library's own comparison, which speaks English only.
        again: str = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1") not in (None, again):
            raise forms.ValidationError(_("Hai lần nhập mật khẩu mới không giống nhau."))
        return again
