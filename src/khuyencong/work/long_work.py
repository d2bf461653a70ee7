"""Who waits for what: long work of everybody, for the administrator, who may stop it or have it tried again."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import jobs
from khuyencong.core.queue.alive import any_lives
from khuyencong.core.queue.models import OPEN, Job
from khuyencong.people.guard import needs
from khuyencong.people.models import User
from khuyencong.people.rules import Permission

_ENDED = 50  # of those that are over, so many


@dataclass(frozen=True)
class Waiting:
    """A job and who waits for it."""

    job: Job
    who: str

    @property
    def percent(self) -> int:
        """How far it is."""
        return round(self.job.share * 100)


@needs(Permission.JOBS_WATCH)
def listing(request: HttpRequest) -> HttpResponse:
    """What waits and runs, then what ended last."""
    under_way = list(Job.objects.filter(state__in=OPEN))
    ended = list(Job.objects.exclude(state__in=OPEN).order_by("-finished")[:_ENDED])
    people = User.objects.in_bulk({job.owner_id for job in (*under_way, *ended)})
    context = {
        "under_way": [Waiting(job, str(people.get(job.owner_id, ""))) for job in under_way],
        "ended": [Waiting(job, str(people.get(job.owner_id, ""))) for job in ended],
        "works": any_lives(),
        "days": jobs.KEPT_DAYS,
    }
    return render(request, "work/long_work.html", context)


@needs(Permission.JOBS_WATCH)
@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a job off for its person."""
    if jobs.stop(get_object_or_404(Job, pk=pk)):
        messages.success(request, _("Đã yêu cầu dừng."))
    return redirect("work:long_work")


@needs(Permission.JOBS_WATCH)
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a job tried once more for its person."""
    if jobs.again(get_object_or_404(Job, pk=pk)):
        messages.success(request, _("Việc ấy lại chờ đến lượt."))
    return redirect("work:long_work")
