"""Long work in a thread of the server, with progress a page can poll.

Progress lives in the cache, not in the database: the work holds one transaction, and its progress
must be seen before that transaction ends.
"""

import datetime as dt
import threading
from collections.abc import Callable
from uuid import UUID

import structlog
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import close_old_connections, connection, models, transaction
from django.utils import translation

from khuyencong.core import clock
from khuyencong.core.models import Job

log = structlog.get_logger(__name__)

Progress = Callable[[float, str], None]

KEPT_DAYS = 7


def start(owner: models.Model, title: str, work: Callable[[Progress], str]) -> Job:
    """Run ``work(progress)`` in the background. It returns the address to open when done.

    ``progress(share, words)`` takes a share from 0 to 1 and says in words what is being done.
    """
    return _start(owner, title, lambda job, progress: work(progress))


def start_file(owner: models.Model, title: str, make: Callable[[Progress], tuple[str, bytes]]) -> Job:
    """Make a file in the background: ``make(progress)`` gives its name and content. Its owner finds it at the job.

    Files older than ``KEPT_DAYS`` are cleared away.
    """
    _clear_away(clock.now() - dt.timedelta(days=KEPT_DAYS))

    def work(job: Job, progress: Progress) -> str:
        job.file_name, content = make(progress)
        job.file.save(f"{job.pk}/{job.file_name}", ContentFile(content), save=False)
        job.save(update_fields=["file", "file_name"])
        return ""

    return _start(owner, title, work)


def files_of(owner: models.Model) -> models.QuerySet[Job]:
    """The files that were made for a person and are still kept, newest first."""
    return Job.objects.filter(owner_id=owner.pk, state=Job.State.DONE).exclude(file="").order_by("-started")


def progress_of(job: Job) -> tuple[float, str]:
    """How far a job is: share from 0 to 1 and words."""
    if job.state == Job.State.DONE:
        return 1.0, ""
    found: tuple[float, str] = cache.get(_key(job.pk), (0.0, ""))
    return found


def _start(owner: models.Model, title: str, work: Callable[[Job, Progress], str]) -> Job:
    job = Job.objects.create(owner_id=owner.pk, title=title)
    language = translation.get_language()
    thread = threading.Thread(target=_run, args=(job.pk, work, language), name=f"job-{job.pk}", daemon=True)
    transaction.on_commit(thread.start)
    return job


def _clear_away(before: dt.datetime) -> None:
    for job in Job.objects.filter(started__lt=before).exclude(file=""):
        job.file.delete(save=False)
        job.file_name = ""
        job.save(update_fields=["file", "file_name"])


def _run(job_id: UUID, work: Callable[[Job, Progress], str], language: str | None) -> None:
    def progress(share: float, words: str = "") -> None:
        cache.set(_key(job_id), (min(max(share, 0.0), 1.0), words))

    close_old_connections()
    try:
        job = Job.objects.get(pk=job_id)
        with translation.override(language):
            next_url = work(job, progress)
        Job.objects.filter(pk=job_id).update(state=Job.State.DONE, next_url=next_url, finished=clock.now())
    except Exception as error:
        log.exception("job failed", job=str(job_id))
        Job.objects.filter(pk=job_id).update(state=Job.State.FAILED, error=str(error), finished=clock.now())
    finally:
        connection.close()


def _key(job_id: UUID) -> str:
    return f"job-progress-{job_id}"
