"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "law.legaldocument.code": _("Văn bản mang mã này đã có."),
        "edition_version_once": _("Phiên bản này của văn bản đã có."),
        "one_adopted_edition": _("Văn bản này đã có bản được duyệt hoặc bản dự thảo."),
        "one_draft_edition": _("Văn bản này đã có bản được duyệt hoặc bản dự thảo."),
        "relation_once": _("Quan hệ này giữa hai văn bản đã có."),
        "one_a_user": _("Người này đã có trong danh sách nhận văn bản."),
        "one_a_party": _("Nơi nhận này đã có trong danh sách nhận văn bản."),
        "area_status_once": _("Địa bàn này đã được ghi thuộc diện này từ cùng ngày."),
        "area_draft_once": _("Địa bàn này đã được ghi thuộc diện này từ cùng ngày."),
        "law.eligiblegroup.code": _("Nhóm đối tượng mang mã này đã có."),
        "law.activitytype.code": _("Nội dung hoạt động mang mã này đã có."),
        "multiplier_once": _("Định mức này đã có hệ số của điều kiện này."),
    }
)
