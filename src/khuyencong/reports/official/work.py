"""What official reports want from a person: one that is due to be written, one that waits for a signature."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.waiting import Item
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.reports.official import due
from khuyencong.reports.official.models import Report

_ASKED_FOR = dt.timedelta(days=31)  # what is later than that is told on the page of reports, and nags no more


def waiting(user: User, today: dt.date) -> Iterator[Item]:
    """Everything of official reports that waits for the person."""
    reach = access_of(user).reach(Permission.REPORTS_SIGN)
    for report in Report.objects.filter(state=Report.State.SENT, unit__in=reach.provinces | reach.communes):
        sent = clock.day_of(report.sent_at) if report.sent_at else None
        yield Item(_("Ký báo cáo"), str(report), reverse("official:report", args=[report.pk]), since=sent)
    for one in due.owed(user, today):
        if one.done or one.by + _ASKED_FOR < today or (one.report and one.report.state == Report.State.SENT):
            continue
        about = f"{one.kind}, {one.words}"
        if one.report:
            yield Item(_("Hoàn thành báo cáo"), about, reverse("official:report", args=[one.report.pk]), due=one.by)
        else:
            yield Item(_("Lập báo cáo"), about, one.address, due=one.by)
