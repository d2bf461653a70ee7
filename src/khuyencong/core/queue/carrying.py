"""Carrying a job out: taken from the queue, done as its owner, and its end written down in plain words.

At least once: work that was under way when its worker died begins anew. So the function that does it must leave its
effect once, however often it begins.
"""

from collections.abc import Callable
from importlib import import_module
from time import monotonic
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.db import OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from khuyencong.core import clock, trouble
from khuyencong.core.queue.models import Job
from khuyencong.core.queue.router import QUEUE

log = structlog.get_logger(__name__)

_BETWEEN = 0.5  # seconds from one word of progress to the next


class Refused(Exception):
    """The work cannot be done; why, in a sentence for the person who waits."""


class Stopped(Exception):
    """Somebody asked to stop."""


class Made:
    """What a work made: a file for its owner."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content


class Run:
    """What a work is given: who asked for it, what they brought, and where to say how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told = -_BETWEEN

    @property
    def owner(self) -> Any:
        """Who asked for it, as they stand now."""
        return self.job.owner

    def brought(self) -> bytes:
        """The file that came with it."""
        with self.job.brought.open("rb") as file:
            content: bytes = file.read()
        return content

    def progress(self, share: float, words: str = "") -> None:
        """Say how far it is: a share from 0 to 1, and what is being done. Raises Stopped when nobody wants it any more.

        Seen at once, also while the work holds a transaction.
        """
        if monotonic() - self._told < _BETWEEN:
            return
        self._told = monotonic()
        wanted = Job.objects.filter(pk=self.job.pk, stop_asked=False)
        if not wanted.update(share=min(max(share, 0.0), 1.0), words=words[:200]):
            raise Stopped


Work = Callable[..., str | Made]


def enqueue(job: Job) -> None:
    """Let a job wait for a worker."""
    with transaction.atomic(using=QUEUE):
        job.state, job.stop_asked, job.share, job.words, job.error = Job.State.WAITING, False, 0.0, "", ""
        job.started = job.finished = None
        job.save()
        carry_out.enqueue(str(job.pk))


@task(takes_context=True)
def carry_out(context: Any, pk: str) -> None:
    """Do the job, unless it was called off or somebody else has taken it."""
    started = {"state": Job.State.RUNNING, "started": clock.now(), "worker": context.task_result.worker_ids[-1]}
    if not Job.objects.filter(pk=pk, state=Job.State.WAITING).update(**started):
        return
    job = Job.objects.get(pk=pk)
    with translation.override(job.language):
        try:
            _keep(job, function_of(job.work)(Run(job), **job.arguments))
        except Stopped:
            _end(job, Job.State.STOPPED)
        except Exception as error:
            _failed(job, error)


def begin_again(job: Job, why: str) -> None:
    """A try came to nothing through no fault of the work: once more, or it has failed."""
    if job.stop_asked:
        _end(job, Job.State.STOPPED)
        return
    if not job.spare_tries:
        _end(job, Job.State.FAILED, why)
        return
    job.spare_tries -= 1
    note_try(job, why)
    enqueue(job)


def note_try(job: Job, why: str) -> None:
    """Keep why a try came to nothing, for whoever waits."""
    job.tries = [*job.tries, {"at": clock.now().isoformat(), "why": why}]


def name_of(work: Work) -> str:
    """The name under which a work waits. Raises ValueError for one that has none."""
    name = f"{work.__module__}:{work.__qualname__}"
    if not getattr(work, "is_work", False):
        raise ValueError(f"{name} is no work: mark it with @jobs.work")
    return name


def function_of(name: str) -> Work:
    """The work of this name. Raises LookupError when this version knows none."""
    module, _colon, function = name.partition(":")
    found: Work | None = getattr(import_module(module), function, None)
    if not getattr(found, "is_work", False):
        raise LookupError(name)
    assert found is not None  # noqa: S101 for the type checker: nothing is no work
    return found


def _keep(job: Job, outcome: str | Made) -> None:
    if isinstance(outcome, Made):
        job.file_name = outcome.name
        job.file.save(f"{job.pk}/{outcome.name}", ContentFile(outcome.content), save=False)
    else:
        job.next_url = outcome
    _end(job, Job.State.DONE)


def _failed(job: Job, error: Exception) -> None:
    log.error("job failed", job=str(job.pk), work=job.work, exc_info=error)
    if isinstance(error, OperationalError):
        begin_again(job, trouble.sentence(error))
    else:
        _end(job, Job.State.FAILED, _in_words(job, error))


def _in_words(job: Job, error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    return trouble.sentence(error) or _(
        "Hệ thống gặp lỗi khi làm việc này. Hãy thử lại; vẫn không được thì báo người quản trị mã %(code)s."
    ) % {"code": str(job.pk)[:8]}


def _end(job: Job, state: Job.State, why: str = "") -> None:
    job.state, job.error, job.finished = state, why, clock.now()
    if state == Job.State.DONE and job.brought:
        job.brought.delete(save=False)
    # How far it was and whether it was to stop lies in the row, told by others meanwhile.
    job.save(update_fields=["state", "error", "finished", "next_url", "file", "file_name", "brought"])
