"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "establishments.industry.code": _("Ngành mang mã này đã có."),
        "tax_code_once": _("Mã số thuế này đã có ở một cơ sở khác."),
        "establishments.establishment.code": _("Số đăng ký này đã có ở một cơ sở khác."),
        "one_result_a_year": _("Cơ sở này đã có kết quả của năm này."),
    }
)
