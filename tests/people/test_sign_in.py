"""Signing in and changing one's own password: in Vietnamese, and never without a record."""

import io
import json
from ipaddress import ip_network

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from khuyencong.core import clock
from khuyencong.core.models import AuditRecord
from khuyencong.core.requests import client_address
from khuyencong.people import lockouts
from khuyencong.people.models import SignInFailures
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "một câu khác cũng dài"


def sign_in(client, username, password, **headers):
    return client.post("/account/login/", {"login": username, "password": password}, **headers)


def told(client, username, password, **headers):
    """What the page says; nothing when it let the person in."""
    answer = sign_in(client, username, password, **headers)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_a_wrong_password_is_told_in_vietnamese(client, officer):
    page = sign_in(client, officer.username, "sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert "password" not in page.split("<main")[1].split("<form")[0]


def test_whoever_mistypes_waits_longer_each_time_and_nobody_else_does(client, officer, commune_officer):
    for _attempt in range(lockouts.FREE):
        page = told(client, officer.username, "sai")
    assert "Hãy đợi 1 phút" in page, "said at once"
    assert "Hãy đợi 1 phút" in told(client, officer.username.upper(), PASSWORD), "even the right one waits"
    assert not told(Client(), commune_officer.username, PASSWORD), "a colleague at the same address goes on"
    assert not told(Client(REMOTE_ADDR="10.0.0.9"), officer.username, PASSWORD), "so does the owner elsewhere"
    for minutes in (2, 4, 8, 16, 32, 60, 60):
        SignInFailures.objects.update(locked_until=clock.now())
        assert f"Hãy đợi {minutes} phút" in told(client, officer.username, "sai")
    call_command("user", "unlock", officer.username, stdout=io.StringIO())
    assert AuditRecord.objects.get().action == "unlock"
    assert not told(client, officer.username, PASSWORD)
    assert not SignInFailures.objects.exists(), "the right one lets the wrong ones be forgotten"


@pytest.mark.parametrize(
    ("seen", "said", "address"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "8.8.8.8, 10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "8.8.8.8, 10.1.2.3, 192.168.5.9", "10.1.2.3"),
        ("10.1.2.3", "8.8.8.8", "10.1.2.3"),
        ("127.0.0.1", "vô nghĩa", "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_from_where_a_request_came(rf, settings, seen, said, address):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1"), ip_network("192.168.5.0/24")]
    assert client_address(rf.get("/", REMOTE_ADDR=seen, headers={"X-Forwarded-For": said})) == address


@pytest.mark.parametrize(
    "weak",
    ["P@ssw0rd123", "caobang2026", "matkhau123", "Mật-khẩu-2026!", "Cao Bằng 1234", "khuyencong@2026", "1234567890"],
)
def test_what_anybody_would_try_is_no_password(weak):
    with pytest.raises(ValidationError):
        validate_password(weak)


@pytest.mark.parametrize(
    "good", ["khuyen-cong-thu", "một câu khác cũng dài", "ab2d-7kmp-x9qr-tuvw", "thông reo Pác Bó"]
)
def test_a_sentence_of_ones_own_is_a_password(good):
    validate_password(good)


def test_home_after_signing_in_speaks_no_english(client, officer):
    sign_in(client, officer.username, PASSWORD)
    page = client.get("/home/").content.decode()
    assert "Successfully" not in page
    assert f"Chào {officer.full_name}" in page


def test_the_own_password_changes_with_a_record(client, officer):
    client.force_login(officer)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    page = client.post("/account/password/", given, follow=True).content.decode()
    assert "Đã đổi mật khẩu." in page
    assert authenticate(username=officer.username, password=NEW)
    entry = AuditRecord.objects.get()
    assert (entry.action, entry.actor_id) == ("password", officer.pk)
    assert json.loads(entry.after) == {"username": officer.username}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"oldpassword": "sai", "password1": NEW, "password2": NEW}, "Mật khẩu hiện nay không đúng."),
        ({"oldpassword": PASSWORD, "password1": NEW, "password2": "khác"}, "không giống nhau"),
        ({"oldpassword": PASSWORD, "password1": "ngắn", "password2": "ngắn"}, "ít nhất 10 ký tự"),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_in_vietnamese(client, officer, given, told):
    client.force_login(officer)
    page = client.post("/account/password/", given).content.decode()
    assert told in page
    assert authenticate(username=officer.username, password=PASSWORD)
    assert not AuditRecord.objects.exists()
