"""What the minutes of an inspection tell, as the letters of the projects room take it."""

from typing import Any

from khuyencong.supervision.models import Visit


def facts(visit: Visit) -> dict[str, Any]:
    """``kiem_tra`` for the template."""
    return {
        "kiem_tra": {
            "muc": [
                {
                    "cau_hoi": one.item.question,
                    "ket_qua": one.get_value_display().lower(),
                    "ghi_chu": f" ({one.note})" if one.note else "",
                }
                for one in visit.answers.select_related("item").order_by("item__position")
            ],
            "phat_hien": [
                {
                    "noi_dung": one.text,
                    "muc_do": one.get_severity_display().lower(),
                    "khac_phuc": one.remedy,
                    "han": one.deadline.strftime("%d/%m/%Y"),
                }
                for one in visit.findings.all()
            ],
            "ket_luan": visit.conclusion,
        }
    }
