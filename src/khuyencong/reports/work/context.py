"""The number in the top bar: how many things wait for the person."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from khuyencong.core.models import AuditHead
from khuyencong.reports.work.queries import work_of


def work_count(request: HttpRequest) -> dict[str, Any]:
    """Template context ``work_count``; counted anew only when something was written since, or the day changed."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"work_count": SimpleLazyObject(lambda: _count(user))}


def _count(user: Any) -> int:
    today = timezone.localdate()
    last = AuditHead.objects.filter(pk=1).values_list("hash", flat=True).first() or ""
    return cache.get_or_set(f"work-{user.pk}-{today}-{last}", lambda: work_of(user, today).count, 600)
