"""The registry as a workbook for those who go on working in a spreadsheet."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.workbooks.book import list_workbook
from khuyencong.core.workbooks.styles import Kind, SheetColumn
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import sees_contact
from khuyencong.people.models import User


def registry_workbook(user: User, establishments: Iterable[Establishment]) -> bytes:
    """A sheet with one row for each establishment; contacts only for those who may see them."""
    return list_workbook(_("Cơ sở"), _columns(user), establishments, keep=2)


def _columns(user: User) -> list[SheetColumn]:
    seen: dict[int, bool] = {}

    def contact(name: str) -> Callable[[Establishment], Any]:
        def shown(one: Establishment) -> Any:
            if one.commune_id not in seen:
                seen[one.commune_id] = sees_contact(user, one)
            return getattr(one, name) if seen[one.commune_id] else None

        return shown

    return [
        SheetColumn(_("Số đăng ký"), 12, value=lambda one: one.code),
        SheetColumn(_("Tên cơ sở"), 38, value=lambda one: one.name),
        SheetColumn(_("Loại hình"), 18, value=lambda one: one.get_legal_form_display()),
        SheetColumn(_("Mã số thuế"), 15, value=lambda one: one.tax_code),
        SheetColumn(_("Xã, phường"), 22, value=lambda one: one.commune.name),
        SheetColumn(_("Ngành nghề"), 36, value=lambda one: _(one.industry.name) if one.industry else None),
        SheetColumn(_("Sản phẩm chính"), 30, value=lambda one: one.products),
        SheetColumn(_("Năm thành lập"), 10, Kind.PLAIN_NUMBER, lambda one: one.founded),
        SheetColumn(_("Lao động"), 10, Kind.NUMBER, lambda one: one.workers),
        SheetColumn(_("Năm doanh thu"), 10, Kind.PLAIN_NUMBER, lambda one: one.latest_year),
        SheetColumn(_("Doanh thu (đồng)"), 18, Kind.MONEY, lambda one: one.latest_revenue),
        SheetColumn(_("Năm được hỗ trợ"), 12, Kind.PLAIN_NUMBER, lambda one: one.first_supported),
        SheetColumn(_("Tình trạng"), 18, value=lambda one: one.get_status_display()),
        SheetColumn(_("Chủ cơ sở"), 24, value=contact("owner_name")),
        SheetColumn(_("Điện thoại"), 15, value=contact("phone")),
    ]
