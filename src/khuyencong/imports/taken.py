"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "heading_known_once": _("Tiêu đề cột này vừa được chỉ cho một cột."),
    }
)
