"""What somebody has typed into a form and not yet saved. The browser sends it every few seconds (static/js/drafts.js).

A draft is nobody's record: only who typed it sees it, it changes nothing and leaves no trace in the audit chain. Once
the form is saved it goes, and a late message of the same form cannot bring it back.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest

from khuyencong.core import clock
from khuyencong.core.models import FormDraft

KEY = re.compile(r"[a-z][a-z0-9:-]{0,99}")
MOST_BYTES = 256 * 1024
KEPT_DAYS = 90
_SAVED = "drafts_saved"  # in the session: the keys whose form was just saved, until the browser has been told


class Refused(Exception):
    """Not a draft of ours: a key or a form of another shape, or too long."""


class AlreadySaved(Exception):
    """The form was saved meanwhile: this message of it comes too late."""


@dataclass(frozen=True)
class Draft:
    """A draft: the names and values of the form's fields, in order, and when they were typed."""

    pairs: tuple[tuple[str, str], ...]
    at: dt.datetime


def keep(owner: int, message: object) -> None:
    """Keep what the browser sent. Raises Refused and AlreadySaved; a message older than what is kept is left out."""
    key, token, pairs, at = _read(message)
    with transaction.atomic():
        stored = _locked(owner, key)
        if token and stored.data.get("saved") == token:
            raise AlreadySaved
        if stored.data.get("at", 0) > at:
            return
        stored.data, stored.saved_at = {"pairs": pairs, "at": at}, clock.now()
        stored.save()
    FormDraft.objects.filter(owner_id=owner, saved_at__lt=clock.now() - dt.timedelta(days=KEPT_DAYS)).delete()


def kept(owner: int, key: str) -> Draft | None:
    """The draft of this form, if there is one."""
    stored = FormDraft.objects.filter(owner_id=owner, key=key).first()
    if stored is None or "pairs" not in stored.data:
        return None
    at = dt.datetime.fromtimestamp(stored.data["at"] / 1000, dt.UTC)
    return Draft(tuple((name, value) for name, value in stored.data["pairs"]), at)


def drop(owner: int, key: str) -> None:
    """Throw a draft away."""
    FormDraft.objects.filter(owner_id=owner, key=key).delete()


def saved(request: HttpRequest) -> None:
    """The form that was sent is saved: its draft goes, and the browser is told so on the next page."""
    owner, key, token = request.user.pk, request.POST.get("draft_key", ""), request.POST.get("draft_token", "")
    if owner is None or not KEY.fullmatch(key):
        return
    with transaction.atomic():
        stored = _locked(owner, key)
        # What remains is a mark that refuses the late message.
        stored.data, stored.saved_at = {"saved": token[:64]}, clock.now()
        stored.save()
    request.session[_SAVED] = [*request.session.get(_SAVED, ()), key]


def just_saved(request: HttpRequest) -> list[str]:
    """The keys that were saved since the last page, told once."""
    session = getattr(request, "session", None)
    return session.pop(_SAVED, []) if session is not None and _SAVED in session else []


def _read(message: object) -> tuple[str, str, list[list[str]], int]:
    if not isinstance(message, dict):
        raise Refused
    key, token, pairs, at = (message.get(name) for name in ("key", "token", "pairs", "at"))
    if not isinstance(key, str) or not KEY.fullmatch(key) or not isinstance(token, str) or len(token) > 64:
        raise Refused
    if type(at) is not int or not 0 < at < 2**53 or not isinstance(pairs, list):
        raise Refused
    now = int(clock.now().timestamp() * 1000)
    cleaned = list(_texts(pairs))
    if len(json.dumps(cleaned)) > MOST_BYTES:
        raise Refused
    return key, token, cleaned, min(at, now)


def _texts(pairs: Iterable[object]) -> Iterable[list[str]]:
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(text, str) for text in pair):
            raise Refused
        # No database takes a NUL in a text, nor half of a letter.
        yield [text.replace("\x00", "").encode("utf-8", "replace").decode() for text in pair]


def _locked(owner: int, key: str) -> FormDraft:
    FormDraft.objects.get_or_create(owner_id=owner, key=key)
    return FormDraft.objects.select_for_update().get(owner_id=owner, key=key)
