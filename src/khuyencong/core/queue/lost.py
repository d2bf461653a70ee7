"""Work whose worker died under it is taken up again."""

from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from khuyencong.core.queue.alive import lives
from khuyencong.core.queue.carrying import begin_again
from khuyencong.core.queue.models import Job


def take_up() -> None:
    """Let what dead workers left wait again; what has been tried too often has failed."""
    for entry in DBTaskResult.objects.running():
        if not lives(entry.worker_ids[-1]):
            entry.delete()
    for job in Job.objects.filter(state=Job.State.RUNNING):
        if lives(job.worker):
            continue
        # Of two workers that begin at once, one takes it.
        if Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker).update(worker=""):
            with translation.override(job.language):
                begin_again(job, _("Chương trình chạy việc nền đã dừng giữa chừng."))
