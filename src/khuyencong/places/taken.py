"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "unit_code_once_today": _("Mã đơn vị hành chính này đang được dùng."),
        "unit_code_once_ended": _("Đơn vị hành chính mang mã này, hết hiệu lực cùng ngày, đã có."),
        "succession_once": _("Việc sáp nhập giữa hai đơn vị này đã có."),
        "places.boundary.unit": _("Đơn vị này đã có ranh giới."),
    }
)
