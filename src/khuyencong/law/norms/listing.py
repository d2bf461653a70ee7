"""The norms in force on a day as a list."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from khuyencong.core.addresses import of_records
from khuyencong.core.days import read_day
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Day, Hidden, Select
from khuyencong.core.listing.listing import Listing
from khuyencong.law.norms.models import ActivityType, SupportNorm
from khuyencong.law.norms.table import Row, table

ALL = 10_000  # contents follow one another; a page cut within one would hide what it lacks


def day_of(params: Mapping[str, str], today: dt.date) -> dt.date:
    """The day asked for, today by default."""
    return read_day(params.get("date", "")) or today


def norm_list(params: Mapping[str, str], today: dt.date) -> Listing[Row]:
    """Content by content; over time (``view``) the same filters stand above time lines, which are no list."""
    over_time, cells = params.get("view") == "time", "law/cells"

    def contents() -> list[tuple[str, str]]:
        return [(one.code, str(one)) for one in ActivityType.objects.all()]

    when = Hidden("view") if over_time else Day("date", label=_("Vào ngày"), id="on-day", otherwise=today)
    filters = [
        when,
        Select("content", label=_("Nội dung hỗ trợ"), choices=contents, chipped=False),
        Select(
            "level",
            label=_("Cấp quy định"),
            choices=lambda: [(str(value), str(label)) for value, label in SupportNorm.Level.choices],
            chipped=False,
        ),
    ]
    asked = {one.name: one.read(params) for one in filters}
    norm = of_records("law:norm")
    return Listing(
        name=_("Các mức hỗ trợ"),
        rows=[] if over_time else table(day_of(params, today), asked["content"], asked["level"]),
        columns=[
            Column("content", _("Nội dung, trường hợp"), template=f"{cells}/norm.html", phone=Phone.TITLE),
            Column("percent", _("Tỷ lệ"), template=f"{cells}/norm_percent.html", css="num", phone=Phone.NONE),
            Column("cap", _("Mức tối đa"), template=f"{cells}/norm_cap.html", css="num", phone=Phone.NONE),
            Column("per", _("Tính cho một"), lambda row: row.norm and row.norm.get_per_display(), phone=Phone.NONE),
            Column("area", _("Địa bàn; nguồn"), template=f"{cells}/norm_area.html", phone=Phone.NONE),
            Column("level", _("Cấp quy định và điều khoản"), template=f"{cells}/norm_level.html", phone=Phone.NONE),
        ],
        filters=filters,
        unique=(),
        size=ALL,
        href=lambda row: norm(row.norm.pk) if row.norm else "",
        whole=lambda row: "" if row.norm else f"{cells}/norm_gap.html",
    )
