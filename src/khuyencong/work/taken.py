"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "one_reminder_a_day": _("Người này đã được nhắc việc trong ngày."),
    }
)
