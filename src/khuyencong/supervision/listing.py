"""The visits of a year as a list."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.listing import Listing, leads_to
from khuyencong.people.models import User
from khuyencong.supervision.models import Visit
from khuyencong.supervision.queries import visits


def visit_list(user: User, year: int, today: dt.date) -> Listing[Visit]:
    """The visits within reach that are planned for the year, in the order of the calendar."""
    return Listing(
        name=_("Các lần kiểm tra"),
        rows=visits(user).filter(planned_for__year=year),
        columns=[
            Column("project", _("Đề án"), template="supervision/cells/project.html", phone=Phone.TITLE),
            Column("day", _("Ngày"), lambda one: date_format(one.done_on or one.planned_for, "SHORT_DATE_FORMAT")),
            Column("inspector", _("Người kiểm tra"), lambda one: one.inspector or "", phone=Phone.NONE),
            Column("risk", _("Điểm rủi ro"), lambda one: one.risk, css="num", phone=Phone.NONE),
            Column("state", _("Trạng thái"), template="supervision/cells/state.html"),
        ],
        base=("planned_for", "pk"),
        href=leads_to("supervision:visit"),
    )
