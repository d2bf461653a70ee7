from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """That a person was reminded on a day, and of how many things; once a day. With a problem they were not yet."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField(_("ngày"))
    items = models.PositiveIntegerField(_("số việc"))
    at = models.DateTimeField(_("lúc"))
    problem = models.CharField(_("vì sao thư chưa đi"), max_length=200, blank=True)

    class Meta:
        app_label = "reports"  # its table was named when my work was a part of that room
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return _("Nhắc việc ngày %(day)s") % {"day": self.day.strftime("%d/%m/%Y")}
