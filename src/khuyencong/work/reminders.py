"""One mail a day to each person for whom something is late or due within a week."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from khuyencong.core.waiting import Work
from khuyencong.people.models import User
from khuyencong.work.models import Reminder
from khuyencong.work.queries import work_of


@dataclass(frozen=True)
class Due:
    """A person and what presses."""

    user: User
    work: Work


def due(today: dt.date) -> Iterator[Due]:
    """Everybody with something late or due within a week whom no mail reached today."""
    reminded = Reminder.objects.filter(day=today, problem="").values("user")
    for user in User.objects.filter(is_active=True).exclude(pk__in=reminded).order_by("username"):
        work = work_of(user, today)
        if work.pressing:
            yield Due(user, work)


def unreached(user: User) -> str:
    """Why the last mail to a person did not go; nothing when it did."""
    last = Reminder.objects.filter(user=user).order_by("-day").first()
    return last.problem if last else ""


def letter(one: Due) -> str:
    """The text of the mail."""
    lines = [_("Kính gửi %(who)s,") % {"who": one.user}, ""]
    for title, items in ((_("Quá hạn:"), one.work.overdue), (_("Trong bảy ngày tới:"), one.work.this_week)):
        if items:
            lines += [title, *(f"- {item.verb}: {item.about} ({item.due:%d/%m/%Y})" for item in items), ""]
    lines.append(_("Mở hệ thống để làm: %(address)s") % {"address": settings.SITE_ADDRESS + "/work/"})
    return "\n".join(lines)


def subject(one: Due) -> str:
    """What the mail is about."""
    late = len(one.work.overdue)
    if late:
        return _("Khuyến công: %(n)s việc quá hạn") % {"n": late}
    return _("Khuyến công: %(n)s việc đến hạn trong tuần") % {"n": len(one.work.this_week)}
