import uuid

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock


class Job(models.Model):
    """Work that takes longer than a person should wait for a page: who asked for it, how far it is, what came of it.

    Its person is a bare key: on SQLite the accounts lie in another file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ đến lượt")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("đã xong")
        FAILED = "failed", _("không xong")
        STOPPED = "stopped", _("đã dừng")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("việc"), max_length=200)
    owner_id = models.BigIntegerField(db_index=True)
    work = models.CharField(max_length=200)  # the named function that does it
    arguments = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked = models.DateTimeField(default=clock.now, editable=False)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    share = models.FloatField(default=0.0)
    words = models.CharField(max_length=200, blank=True)
    stop_asked = models.BooleanField(default=False)
    worker = models.CharField(max_length=100, blank=True)
    tries = models.JSONField(default=list)  # when and why each try before this one came to nothing
    spare_tries = models.PositiveSmallIntegerField(default=2)  # that the system makes by itself
    next_url = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    brought = models.FileField(upload_to="brought/", blank=True)  # what the work reads, until it is done
    file = models.FileField(upload_to="made/", blank=True)  # what it made, for its owner to take away
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["asked"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed", "stopped"]),
                name="job_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> AbstractBaseUser:
        """Who asked for it."""
        found: AbstractBaseUser = get_user_model()._default_manager.get(pk=self.owner_id)
        return found

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN


JOB_FOLDERS = ("brought", "made")  # where the files of jobs lie
OPEN = (Job.State.WAITING, Job.State.RUNNING)
