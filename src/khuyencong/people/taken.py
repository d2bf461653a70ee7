"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "people.user.username": _("Tên đăng nhập này đã có người dùng."),
        "grant_once": _("Vai trò này đã được giao cho người này, ở địa bàn này, từ cùng ngày."),
        "assignment_once": _("Người này đã được giao phụ trách địa bàn này từ cùng ngày."),
    }
)
