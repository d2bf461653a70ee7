"""Accounts to try each role with. They exist only beside invented data, and the password is known to all."""

import datetime as dt
from dataclasses import dataclass

from khuyencong.people.actions import accounts
from khuyencong.people.models import User
from khuyencong.people.rules import Role
from khuyencong.places.models import Unit

PASSWORD = "khuyen-cong-thu"  # noqa: S105 printed on the console and of use for invented data alone
_SINCE = dt.date(2025, 7, 1)


@dataclass(frozen=True)
class Account:
    """One account. ``commune`` is the code of today's commune, or empty for the whole province."""

    username: str
    full_name: str
    job_title: str
    role: Role
    commune: str = ""


ACCOUNTS = (
    Account("can.bo", "Nông Thị Thơm", "Chuyên viên khuyến công", Role.OFFICER),
    Account("lanh.dao", "Hoàng Văn Sáng", "Phó giám đốc Sở", Role.LEADER),
    Account("phan.tich", "Lý Minh Quyết", "Chuyên viên phân tích", Role.ANALYST),
    Account("nguoi.xem", "Bế Thị Duyên", "Chuyên viên phòng tổng hợp", Role.VIEWER),
    Account("quan.tri", "Đàm Quốc Kiên", "Quản trị hệ thống", Role.ADMINISTRATOR),
    Account("kiem.tra", "Mông Văn Lập", "Thanh tra viên", Role.INSPECTOR),
    Account("xa.trung.khanh", "Triệu Thị Hoa", "Cán bộ xã Trùng Khánh", Role.OFFICER, "01477"),
)


def make(province: Unit) -> dict[str, User]:
    """Make them all, with their roles; by username."""
    made = {}
    for account in ACCOUNTS:
        user = accounts.add_account(None, account.username, PASSWORD, account.full_name, account.job_title)
        unit = province
        if account.commune:
            unit = Unit.objects.get(kind=Unit.Kind.COMMUNE, code=account.commune, valid_to=None)
        accounts.grant(None, user, account.role, unit, valid_from=_SINCE)
        made[account.username] = user
    return made
