"""What the map can be asked for, in words."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from khuyencong.core.lists import Choice, Select
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.places.queries import current_province
from khuyencong.projects.eligibility.queries import contents_on
from khuyencong.reports.map import figures, wording
from khuyencong.reports.map.figures import Asked, What


@dataclass(frozen=True)
class Measure:
    """One thing the map can count."""

    what: What
    name: str
    chosen: bool


def measures(asked: Asked) -> list[Measure]:
    """The four things."""
    return [Measure(what, name, what is asked.measure) for what, name in wording.names().items()]


def selects(user: User, asked: Asked) -> list[Select]:
    """What narrows the thing counted; nothing where it would change nothing."""
    if asked.measure is What.ESTABLISHMENTS:
        return []
    if asked.measure is What.NEED:
        contents = contents_on(timezone.localdate())
    else:
        contents = list(ActivityType.objects.filter(project__accepted_year__isnull=False).distinct())
    chosen: list[Choice] = [(one.code, _(one.name)) for one in contents]
    found = [Select("content", _("Nội dung hỗ trợ"), chosen, asked.content)]
    if asked.measure is What.NEED:
        return found
    years = [(str(year), str(year)) for year in figures.years(user)]
    return [Select("since", _("Từ năm"), years, asked.since), Select("until", _("Đến năm"), years, asked.until), *found]


def province_name() -> str:
    """The province of this installation."""
    found = current_province(settings.PROVINCE_CODE)
    return found.short_name if found else ""
