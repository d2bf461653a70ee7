"""The number in the top bar: how many things wait for the person."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from khuyencong.core.models import AuditHead
from khuyencong.core.work import Work
from khuyencong.people.models import User
from khuyencong.work.queries import work_of

_KEPT = 600  # seconds


def work_count(request: HttpRequest) -> dict[str, Any]:
    """Template context ``work_count``; counted anew only when something was written since, or the day changed."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"work_count": SimpleLazyObject(lambda: _count(user))}


def current_work(user: User) -> Work:
    """What waits for the person now, for a page that shows it all: its number need not be counted again."""
    key = _key(user)  # before the work is read: a write in between makes the next page count anew
    work = work_of(user, timezone.localdate())
    cache.set(key, work.count, _KEPT)
    return work


def _count(user: User) -> int:
    return cache.get_or_set(_key(user), lambda: work_of(user, timezone.localdate()).count, _KEPT)


def _key(user: User) -> str:
    """Another one after every write, and every day."""
    last = AuditHead.objects.filter(pk=1).values_list("hash", flat=True).first() or ""
    return f"work-{user.pk}-{timezone.localdate()}-{last}"
