"""What waits for the person, kept until somebody writes: for the number in the top bar, home and the list itself."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from khuyencong.core import audit, clock
from khuyencong.core.waiting import Work
from khuyencong.people.models import User
from khuyencong.work.queries import work_of

_KEPT = 600  # seconds


def work_count(request: HttpRequest) -> dict[str, Any]:
    """Template context ``known_work``: what waits, None when it must be counted anew; pages then ask for it.

    Counting reads every room, so no page waits for it: the top bar fetches its number once the page is there.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"known_work": SimpleLazyObject(lambda: known_work(user) or "")}


def known_work(user: User) -> Work | None:
    """What was counted since the last write, today, in this language; else None."""
    stamp, work = cache.get(_key(user), ("", None))
    return work if stamp == _stamp(user) else None


def current_work(user: User) -> Work:
    """What waits for the person now; counted anew only where somebody wrote since it was counted last."""
    if known := known_work(user):
        return known
    stamp = _stamp(user)  # before the work is read: a write in between makes the next page count anew
    work = work_of(user, clock.today())
    cache.set(_key(user), (stamp, work), _KEPT)
    return work


def _key(user: User) -> str:
    return f"work-{user.pk}"  # one entry a person, however often somebody writes


def _stamp(user: User) -> str:
    """Another one after every write, and every day; read once for a page."""
    if not hasattr(user, "_work_stamp"):
        user._work_stamp = f"{clock.today()}-{get_language()}-{audit.state()}"
    return user._work_stamp
