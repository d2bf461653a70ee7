"""What is only kept for a while goes once a day: finished jobs with their files, sessions, and what rooms register."""

import datetime as dt
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import structlog
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from khuyencong.core import clock
from khuyencong.core.queue import owed
from khuyencong.core.queue.models import JOB_FOLDERS, OPEN, Job

log = structlog.get_logger(__name__)

KEPT_DAYS = 7

_tidies: list[Callable[[], None]] = [owed.take_up]
_last: dt.date | None = None


def register(tidy: Callable[[], None]) -> Callable[[], None]:
    """Let a room's own tidying be done every day."""
    _tidies.append(tidy)
    return tidy


def every_day() -> None:
    """Tidy, unless this process has done so today. What fails is told to the log; the rest goes on."""
    global _last
    if _last == clock.today():
        return
    _last = clock.today()
    for tidy in _tidies:
        try:
            tidy()
        except Exception:
            log.exception("tidying failed", what=f"{tidy.__module__}.{tidy.__qualname__}")


@register
def jobs() -> None:
    """Finished jobs go after ``KEPT_DAYS``, and files that belong to no job."""
    before = clock.now() - dt.timedelta(days=KEPT_DAYS)
    for job in Job.objects.exclude(state__in=OPEN).filter(finished__lt=before):
        for file in (job.file, job.brought):
            if file:
                file.delete(save=False)
        job.delete()
    DBTaskResult.objects.finished().delete()
    known = {str(pk) for pk in Job.objects.values_list("pk", flat=True)}
    for folder in JOB_FOLDERS:
        for path in Path(settings.MEDIA_ROOT).glob(f"{folder}/*"):
            # A file is laid down a moment before its job.
            if path.name not in known and dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) < before:
                shutil.rmtree(path, ignore_errors=True)


@register
def sessions() -> None:
    """Sessions that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def registered() -> list[Callable[[], None]]:
    """Everything that is done every day."""
    return list(_tidies)
