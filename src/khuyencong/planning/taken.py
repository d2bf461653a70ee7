"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "planning.periodplan.replaces": _("Kế hoạch giai đoạn này đã có bản thay thế."),
        "planning.annualplan.year": _("Năm này đã có kế hoạch."),
        "budget_source_once": _("Kế hoạch đã có kinh phí từ nguồn này."),
        "period_content_once": _("Kế hoạch giai đoạn đã có nội dung này, từ nguồn này."),
        "one_draft_adjustment": _("Kế hoạch này đã có một dự thảo điều chỉnh."),
        "plan_version_once": _("Bản này của kế hoạch đã có."),
        "period_goal_once": _("Kế hoạch giai đoạn đã có mục tiêu cho chỉ tiêu này."),
        "annual_goal_once": _("Kế hoạch năm đã có mục tiêu cho chỉ tiêu này."),
        "goal_target_once": _("Mục tiêu đã có mức của năm này."),
        "plan_line_once": _("Kế hoạch đã có dòng mang tên này, từ nguồn này."),
        "planning.commitment.project": _("Đề án này đã được giữ chỗ trên một dòng kế hoạch."),
    }
)
