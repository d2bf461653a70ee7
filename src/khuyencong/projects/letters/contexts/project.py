"""The project itself: what, for whom, how much, expected results."""

from typing import Any

from django.conf import settings

from khuyencong.core.money import vnd
from khuyencong.establishments.models import Establishment
from khuyencong.projects.letters.contexts import shown
from khuyencong.projects.record.models import Project


def facts(project: Project) -> dict[str, Any]:
    """de_an, co_so, chi_phi, kinh_phi, long_ghep, hieu_qua, ke_hoach and the ceiling."""
    lines = list(project.cost_lines.all())
    line = project.plan_line
    return {
        "de_an": {
            "ten": project.title,
            "so": project.code,
            "noi_dung": project.activity.name,
            "muc_tieu": shown.text(project.goals),
            "quy_mo": shown.text(project.scope),
            "bat_dau": shown.day(project.starts_on),
            "ket_thuc": shown.day(project.ends_on),
            "don_vi_thuc_hien": project.implementer or settings.INSTALLATION.centre,
        },
        "co_so": [_beneficiary(one) for one in project.establishments.select_related("commune__parent")],
        "chi_phi": [
            {
                "stt": number,
                "ten": one.name,
                "don_vi": one.unit,
                "so_luong": format(one.quantity.normalize(), "f").replace(".", ","),
                "don_gia": shown.figure(one.unit_price),
                "thanh_tien": shown.figure(one.amount),
                "nguon_gia": shown.text(one.price_source),
            }
            for number, one in enumerate(lines, start=1)
        ],
        "tong_chi_phi": shown.figure(sum(one.amount for one in lines)),
        "kinh_phi": {
            "nguon": project.get_fund_display(),
            "ho_tro": shown.money(project.support_amount),
            "ho_tro_chu": shown.in_words(project.support_amount),
            "doi_ung": shown.money(project.counterpart),
            "tong": shown.money(project.total_cost),
            "tong_chu": shown.in_words(project.total_cost),
        },
        "long_ghep": [
            {"ten": one.programme.name, "so_tien": shown.money(one.amount)}
            for one in project.blended_funding.select_related("programme")
        ],
        "muc_toi_da": shown.money(project.ceiling) if project.ceiling is not None else "",
        "can_cu_muc": project.ceiling_basis,
        "hieu_qua": {
            "lao_dong": f"{project.expected_jobs} người" if project.expected_jobs is not None else shown.DOTS,
            "doanh_thu": shown.money(project.expected_revenue),
            "nop_ngan_sach": shown.money(project.expected_tax),
            "moi_truong": shown.text(project.environment).rstrip("."),
        },
        "ke_hoach": {"nam": line.year if line else shown.DOTS, "ten": line.name if line else shown.DOTS},
    }


def _beneficiary(one: Establishment) -> dict[str, str]:
    place = [one.address, one.commune.name, one.commune.parent.name if one.commune.parent else ""]
    return {
        "ten": one.name,
        "loai_hinh": one.get_legal_form_display().lower(),
        "dia_chi": ", ".join(part for part in place if part),
        "ma_so_thue": shown.text(one.tax_code),
        "nguoi_dai_dien": shown.text(one.owner_name),
        "von": vnd(one.capital) if one.capital else shown.DOTS,
    }
