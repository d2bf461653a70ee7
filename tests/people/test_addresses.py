"""The e-mail address of an account: recorded when whoever reads the mails there confirms it, and not before."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from khuyencong.people.actions import addresses
from khuyencong.people.models import User

pytestmark = pytest.mark.django_db

ADDRESS = "can.bo@example.vn"


def email(*arguments):
    out = io.StringIO()
    call_command("user", "email", *arguments, stdout=out)
    return out.getvalue()


def link(mail):
    return re.search(r"https?://[^/]+(/people/address/\S+)", mail.body)[1]


def test_it_is_recorded_once_the_mail_is_answered(officer, client, mailoutbox):
    assert "Đã gửi thư kiểm tra" in email(officer.username, ADDRESS)
    address = link(mailoutbox[0])
    assert ADDRESS in client.get(address).content.decode()
    assert User.objects.get(pk=officer.pk).email == "", "looking confirms nothing"
    assert "Đã ghi nhận" in client.post(address, follow=True).content.decode()
    assert User.objects.get(pk=officer.pk).email == ADDRESS
    assert ADDRESS in email(officer.username)
    email(officer.username, "--remove")
    assert User.objects.get(pk=officer.pk).email == ""


def test_an_old_or_altered_link_changes_nothing(officer, client, mailoutbox):
    email(officer.username, ADDRESS)
    email(officer.username, "khac@example.vn", "--unchecked")
    for address in (link(mailoutbox[0]), link(mailoutbox[0])[:-3] + "x/"):
        assert "quá hạn hoặc không đúng" in client.post(address).content.decode()
    assert User.objects.get(pk=officer.pk).email == "khac@example.vn"


def test_what_is_no_address_or_another_account_s_is_refused(officer, commune_officer, mailoutbox):
    email(officer.username, ADDRESS, "--unchecked")
    for words, who, text in [("không phải địa chỉ", officer, "can bo"), ("là của tài khoản", commune_officer, ADDRESS)]:
        for more in ([], ["--unchecked"]):
            with pytest.raises(CommandError, match=words):
                email(who.username, text, *more)
    assert not mailoutbox


def test_a_mail_that_does_not_leave_is_said(officer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with pytest.raises(ValidationError, match="chưa khai máy chủ"):
        addresses.ask(officer, ADDRESS)
