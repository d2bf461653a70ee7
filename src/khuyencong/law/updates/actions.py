"""Saying that an update of the reference data was looked at."""

from khuyencong.core import audit, clock
from khuyencong.law.documents.models import ReferenceUpdate
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission


def look_through(user: User, pk: int) -> ReferenceUpdate:
    """Say: I have looked at what the update changed. The first who says so stands there."""
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        audit.alone()
        update = ReferenceUpdate.objects.select_for_update().get(pk=pk)
        if update.seen_at is None:
            before = audit.snapshot(update)
            update.seen_by, update.seen_at = user, clock.now()
            update.save(update_fields=["seen_by", "seen_at"])
            audit.record([audit.Change("update", update, before, audit.snapshot(update))])
    return update
