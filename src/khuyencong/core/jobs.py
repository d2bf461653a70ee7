"""Long work in the background, with progress that a page can ask for.

A work is a function with a name, marked ``@work``. It gets a ``Run`` and plain arguments, and gives the address to
open when it is done, or the file that it ``Made``. It is done at least once (see ``queue.carrying``): a worker that
dies under it leaves it to the next, so its effect must be there once however often it begins.
"""

import datetime as dt
from typing import TypeVar

from django.core.files.base import ContentFile
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.queue.carrying import Made, Refused, Run, Stopped, Work, enqueue, name_of, note_try
from khuyencong.core.queue.models import Job
from khuyencong.core.queue.tidying import KEPT_DAYS
from khuyencong.core.queue.worker import work_off

__all__ = [
    "KEPT_DAYS",
    "Made",
    "Refused",
    "Run",
    "Stopped",
    "again",
    "ahead_of",
    "files_of",
    "look_again",
    "name_of",
    "start",
    "stop",
    "work",
    "work_off",
]  # fmt: skip

F = TypeVar("F", bound=Work)


def work(function: F) -> F:
    """Mark a function as something that may wait in the queue, under its own name."""
    vars(function)["is_work"] = True
    return function


def start(
    owner: models.Model, title: str, does: Work, *, brought: tuple[str, bytes] | None = None, **arguments: object
) -> Job:
    """Let ``does(run, **arguments)`` be done in the background for a person.

    ``brought``: name and content of a file that it reads. The arguments are what JSON can hold.
    Raises RuntimeError inside a writing: what has not been written yet must not be begun.
    """
    if audit.is_writing():
        raise RuntimeError("A job is started after the write that it belongs to.")
    job = Job(title=title[:200], owner_id=owner.pk, work=name_of(does), arguments=arguments)
    job.language = get_language() or "vi"
    if brought:
        name, content = brought
        job.brought.save(f"{job.pk}/{name}", ContentFile(content), save=False)
    enqueue(job)
    return job


def stop(job: Job) -> bool:
    """Call a job off: at once while it waits, else at its next word of progress. False when it was over already."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    if waiting.update(state=Job.State.STOPPED, stop_asked=True, finished=clock.now()):
        return True
    return bool(Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(stop_asked=True))


def again(job: Job) -> bool:
    """Let a job that failed or was stopped be tried once more, from the beginning. False when it is not over."""
    if job.state not in (Job.State.FAILED, Job.State.STOPPED):
        return False
    note_try(job, job.error or _("Được yêu cầu dừng."))
    job.spare_tries = 2
    enqueue(job)
    return True


def files_of(owner: models.Model) -> QuerySet[Job]:
    """The files that were made for a person and are still kept, newest first."""
    return Job.objects.filter(owner_id=owner.pk, state=Job.State.DONE).exclude(file="").order_by("-asked")


def look_again(since: dt.datetime, most: int = 5) -> int:
    """After how many seconds a page looks again at what is being done: the longer it takes, the more calmly."""
    return min(1 + int((clock.now() - since).total_seconds()) // 15, most)


def ahead_of(job: Job) -> int:
    """How many jobs come before one that waits."""
    waiting = Job.objects.filter(state=Job.State.WAITING, asked__lt=job.asked).count()
    return waiting + Job.objects.filter(state=Job.State.RUNNING).count()
