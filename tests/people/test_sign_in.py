"""Signing in and changing one's own password: in Vietnamese, and never without a record."""

import json

import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache

from khuyencong.core.models import AuditRecord
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "một câu khác cũng dài"


@pytest.fixture(autouse=True)
def _own_count_of_attempts(settings):
    """Attempts are counted in the cache; the one of this run is shared by all its processes."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def sign_in(client, username, password):
    return client.post("/account/login/", {"login": username, "password": password})


def test_a_wrong_password_is_told_in_vietnamese(client, officer):
    page = sign_in(client, officer.username, "sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert "password" not in page.split("<main")[1].split("<form")[0]


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, officer):
    for _attempt in range(5):
        sign_in(client, officer.username, "sai")
    page = sign_in(client, officer.username, PASSWORD).content.decode()
    assert "Hãy đợi năm phút" in page


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
