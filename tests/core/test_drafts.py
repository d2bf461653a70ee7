"""What is typed and not yet saved: kept for its owner alone, gone once the form is saved, never brought back late."""

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import clock, drafts
from khuyencong.core.models import AuditRecord, FormDraft
from khuyencong.establishments.models import Establishment
from tests.examples import examples

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

ADDRESS = "/drafts/"
KEY = "establishment:new"


def now():
    return int(clock.now().timestamp() * 1000)


def message(pairs, opening="t1", at=None, key=KEY):
    return {"key": key, "token": opening, "at": at or now(), "pairs": [list(pair) for pair in pairs]}


def post(client, body):
    return client.post(ADDRESS, json.dumps(body), content_type="application/json").status_code


def test_what_was_typed_comes_back_as_it_was(officer_client):
    typed = [("name", "Cơ sở miến “Đàm Thủy”"), ("note", "hai\ndòng"), ("kinds", "1"), ("kinds", "2")]
    assert post(officer_client, message(typed)) == 204
    found = officer_client.get(ADDRESS, {"key": KEY}).json()
    assert [tuple(pair) for pair in found["pairs"]] == typed
    assert abs(found["at"] - now()) < 60_000
    assert officer_client.get(ADDRESS, {"key": "establishment:1"}).json() == {}
    assert not AuditRecord.objects.exists(), "typing is no record"


def test_a_draft_is_its_owner_s_alone(officer_client, person, province):
    post(officer_client, message([("name", "của tôi")]))
    other = Client()
    other.force_login(person("officer", province, username="other"))
    assert other.get(ADDRESS, {"key": KEY}).json() == {}
    other.delete(f"{ADDRESS}?key={KEY}")
    assert officer_client.get(ADDRESS, {"key": KEY}).json()["pairs"] == [["name", "của tôi"]]


def test_a_stranger_is_sent_to_the_login_and_nothing_is_kept():
    stranger = Client()
    assert post(stranger, message([("name", "x")])) == 302
    assert not FormDraft.objects.exists()


def test_the_last_one_typed_wins_whatever_comes_first(officer_client):
    early = now() - 5_000
    post(officer_client, message([("name", "mới")]))
    assert post(officer_client, message([("name", "cũ")], at=early)) == 204
    assert officer_client.get(ADDRESS, {"key": KEY}).json()["pairs"] == [["name", "mới"]]
    assert FormDraft.objects.count() == 1


def test_a_clock_that_runs_ahead_cannot_shut_out_later_typing(officer_client):
    post(officer_client, message([("name", "từ máy chạy nhanh")], at=now() + 10**9))
    assert post(officer_client, message([("name", "sau đó")], at=now() + 5)) == 204
    assert officer_client.get(ADDRESS, {"key": KEY}).json()["pairs"] == [["name", "sau đó"]]


def test_thrown_away_is_gone(officer_client):
    post(officer_client, message([("name", "x")]))
    assert officer_client.delete(f"{ADDRESS}?key={KEY}").status_code == 204
    assert officer_client.get(ADDRESS, {"key": KEY}).json() == {}


def test_a_saved_form_takes_its_draft_along_and_a_late_message_does_not_bring_it_back(officer_client, commune):
    form = {"name": "Cơ sở thử", "legal_form": "household", "status": "active", "commune": commune.pk}
    form |= {"local_material": "unknown", "draft_key": KEY, "draft_token": "t1"}
    post(officer_client, message([("name", "Cơ sở thử")]))
    officer_client.post("/establishments/add/", form | {"name": ""})
    assert officer_client.get(ADDRESS, {"key": KEY}).json()["pairs"], "a form that was refused keeps its draft"
    response = officer_client.post("/establishments/add/", form, follow=True)
    assert Establishment.objects.get().name == "Cơ sở thử"
    assert f'data-drafts-saved="{KEY}"' in response.content.decode()
    assert officer_client.get(ADDRESS, {"key": KEY}).json() == {}
    assert post(officer_client, message([("name", "Cơ sở thử")])) == 410
    assert officer_client.get(ADDRESS, {"key": KEY}).json() == {}
    assert "data-drafts-saved" not in officer_client.get("/establishments/").content.decode(), "told once"
    assert post(officer_client, message([("name", "cơ sở khác")], opening="t2")) == 204
    assert officer_client.get(ADDRESS, {"key": KEY}).json()["pairs"] == [["name", "cơ sở khác"]]


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        message([], key="../x"),
        message([], key="K" * 101),
        message([], opening="t" * 65),
        message([]) | {"at": "hôm nay"},
        message([]) | {"at": True},
        message([]) | {"at": -1},
        message([]) | {"pairs": {}},
        message([]) | {"pairs": [["một"]]},
        message([]) | {"pairs": [["một", 2]]},
        message([("dài", "x" * drafts.MOST_BYTES)]),
    ],
)
def test_what_is_no_draft_is_refused(officer_client, body):
    assert post(officer_client, body) == 400
    assert not FormDraft.objects.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(20))
@given(text=st.text(max_size=40))
def test_any_text_that_a_keyboard_or_a_paste_can_give_is_kept(officer, text):
    """A NUL and half a letter are left out: no database takes them."""
    drafts.keep(officer.pk, message([("name", text + "\x00\ud800")]))
    (pair,) = drafts.kept(officer.pk, KEY).pairs
    assert pair == ("name", text.replace("\x00", "").encode("utf-8", "replace").decode() + "?")
    drafts.drop(officer.pk, KEY)


def test_not_json_at_all(officer_client):
    assert officer_client.post(ADDRESS, b"\xff\x00", content_type="application/json").status_code == 400
    deep = b"[" * 100_000
    assert officer_client.post(ADDRESS, deep, content_type="application/json").status_code == 400
