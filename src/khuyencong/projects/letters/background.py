"""Letters are composed in the background, once the step that ordered them is written."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import jobs
from khuyencong.core.queue import owed
from khuyencong.core.queue.models import Job
from khuyencong.people.models import User
from khuyencong.projects.letters.actions import composing
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.models import ProducedDocument


@jobs.work
def compose(run: jobs.Run, letter: int) -> str:
    """Compose an ordered letter."""
    try:
        made = composing.compose(run.owner, letter)
    except ValidationError as error:
        raise jobs.Refused(" ".join(error.messages)) from error
    return f"{reverse('projects:card', args=[made.project_id])}?tab=file#letters"


def begin(user: User, pk: int) -> None:
    """Let a letter be composed, unless it is already."""
    letter = ProducedDocument.objects.filter(pk=pk, file="").first()
    if letter is not None:
        title = _("Soạn %(kind)s") % {"kind": KINDS[letter.kind].name}
        jobs.start(user, title, compose, letter=pk)


def jobs_of(letters: Iterable[ProducedDocument]) -> dict[int, Job]:
    """The last job of each of these letters, as far as they have one."""
    pks = [one.pk for one in letters]
    if not pks:
        return {}
    found = Job.objects.filter(work=jobs.name_of(compose), arguments__letter__in=pks).order_by("asked")
    return {job.arguments["letter"]: job for job in found}


@owed.register
def take_up() -> None:
    """Begin what was ordered by a process that died before it could let it wait."""
    letters = list(ProducedDocument.objects.filter(file="").select_related("produced_by"))
    begun = jobs_of(letters)
    for one in letters:
        if one.pk not in begun and one.produced_by is not None:
            begin(one.produced_by, one.pk)
