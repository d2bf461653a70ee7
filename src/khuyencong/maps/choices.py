"""What the map can be asked for, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.listing.beside import select
from khuyencong.core.listing.filters import Choice, Control
from khuyencong.law.models import ActivityType
from khuyencong.maps import figures, wording
from khuyencong.maps.figures import Asked, What
from khuyencong.people.models import User
from khuyencong.places.queries import current_province
from khuyencong.projects.eligibility.queries import contents_on


@dataclass(frozen=True)
class Measure:
    """One thing the map can count."""

    what: What
    name: str
    chosen: bool


def measures(asked: Asked) -> list[Measure]:
    """The four things."""
    return [Measure(what, name, what is asked.measure) for what, name in wording.names().items()]


def read(params: Mapping[str, str]) -> Asked:
    """What is asked for; a content that cannot be chosen for the thing counted is left out."""
    asked = Asked.read(params)
    known = {one.code for one in _contents(asked.measure)} if asked.content else set()
    return asked if asked.content in known else replace(asked, content="")


def selects(user: User, asked: Asked) -> list[Control]:
    """What narrows the thing counted; nothing where it would change nothing."""
    if asked.measure is What.ESTABLISHMENTS:
        return []
    contents: list[Choice] = [(one.code, _(one.name)) for one in _contents(asked.measure)]
    found = [select("content", _("Nội dung hỗ trợ"), contents, asked.content)]
    if asked.measure is What.NEED:
        return found
    known = {*figures.years(user), *(year for year in asked.years if year)}
    years = [(str(year), str(year)) for year in sorted(known, reverse=True)]
    return [select("since", _("Từ năm"), years, asked.since), select("until", _("Đến năm"), years, asked.until), *found]


def _contents(what: What) -> list[ActivityType]:
    """What may be supported today, for the need; what was, for the rest."""
    if what is What.NEED:
        return list(contents_on(clock.today()))
    return list(ActivityType.objects.filter(project__accepted_year__isnull=False).distinct())


def province_name() -> str:
    """The province of this installation."""
    found = current_province(settings.PROVINCE_CODE)
    return found.short_name if found else ""
