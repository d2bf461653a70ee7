"""The contract, payments, invoices, and what was taken back."""

from typing import Any

from khuyencong.projects.letters.contexts import shown
from khuyencong.projects.money.models import Contract, Payment
from khuyencong.projects.record.models import Project


def facts(project: Project) -> dict[str, Any]:
    """hop_dong, cac_lan_chi, hoa_don, thu_hoi."""
    contract = Contract.objects.filter(project=project).first()
    payments = list(contract.payments.all()) if contract else []
    invoices = list(project.invoices.all())
    recoveries = [one for one in payments if one.kind == Payment.Kind.RECOVERY]
    held = contract.paid - contract.recovered if contract else None
    left = contract.amount - held if contract and held is not None else None
    return {
        "hop_dong": {
            "so": shown.text(contract.number if contract else ""),
            "ngay_ky": shown.day(contract.signed_on if contract else None),
            "gia_tri": shown.money(contract.amount if contract else project.support_amount),
            "gia_tri_chu": shown.in_words(contract.amount if contract else project.support_amount),
            "tu_ngay": shown.day((contract.starts_on if contract else None) or project.starts_on),
            "den_ngay": shown.day((contract.ends_on if contract else None) or project.ends_on),
            "tam_ung": shown.text(contract.advance_percent if contract else None),
            "da_giu": shown.money(held),
            "da_giu_chu": shown.in_words(held),
            "con_lai": shown.money(left),
            "con_lai_chu": shown.in_words(left),
        },
        "cac_lan_chi": [
            {
                "stt": number,
                "loai": one.get_kind_display(),
                "ngay": shown.short_day(one.paid_on),
                "chung_tu": shown.text(one.voucher),
                "so_tien": ("-" if one.kind == Payment.Kind.RECOVERY else "") + shown.figure(one.amount),
            }
            for number, one in enumerate(payments, start=1)
        ],
        "hoa_don": [
            {
                "stt": number,
                "nguoi_ban": one.seller,
                "so": one.number,
                "ngay": shown.short_day(one.issued_on),
                "so_tien": shown.figure(one.amount),
            }
            for number, one in enumerate(invoices, start=1)
        ],
        "tong_hoa_don": shown.figure(sum(one.amount for one in invoices)),
        "thu_hoi": {
            "so_tien": shown.money(recoveries[-1].amount if recoveries else None),
            "bang_chu": shown.in_words(recoveries[-1].amount if recoveries else None),
            "ly_do": shown.text(recoveries[-1].reason if recoveries else ""),
        },
    }
