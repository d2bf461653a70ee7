from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.projects.record.models import Project


class Step(models.Model):
    """One step a project took: which, by whom, on which day. Never changed; past projects carry their real days."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    transition = models.CharField(_("bước"), max_length=30)
    source = models.CharField(_("từ trạng thái"), max_length=25, choices=Project.State)
    target = models.CharField(_("đến trạng thái"), max_length=25, choices=Project.State)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người làm")
    )
    taken_at = models.DateTimeField(_("lúc"))
    day = models.DateField(_("ngày"))
    reason = models.TextField(_("lý do"), blank=True)
    # Taken before this system: written down afterwards from the files, without the checks of a step taken here.
    recorded = models.BooleanField(_("ghi lại từ hồ sơ"), default=False)

    class Meta:
        ordering = ["project", "position"]
        constraints = [
            # The race of two people for one step: the second insert of the same position is refused.
            models.UniqueConstraint(fields=["project", "position"], name="step_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_target_display()}"
