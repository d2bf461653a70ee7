"""The map to take away: the table as CSV, the picture as SVG; each says what it is, of when, and from where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.tables.plain import csv_text
from khuyencong.maps.picture import Picture

LINE, TITLE_LINE = 46, 58  # heights in the units of the picture


@dataclass(frozen=True)
class Told:
    """What stands on every file: what is shown, of when and where it comes from, and what it is not."""

    title: str
    source: str
    notes: tuple[str, ...]


def told(title: str, place: str, schematic: bool, source: str) -> Told:
    """The words on a file."""
    today = date_format(clock.today(), "SHORT_DATE_FORMAT")
    origin = _("Nguồn: số liệu trong hệ thống Khuyến Công, ngày %(day)s.") % {"day": today}
    if source:
        origin += " " + _("Ranh giới: %(files)s.") % {"files": source}
    return Told(f"{title}, {place}" if place else title, origin, (schematic_note(),) if schematic else ())


def schematic_note() -> str:
    """What every picture without real boundaries says of itself."""
    return _("Bản đồ minh họa, không theo ranh giới thật.")


def as_csv(words: Told, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table for Excel in Vietnam, which wants semicolons."""
    above = [[line] for line in (words.title, words.source, *words.notes)]
    return csv_text([*above, [], head, *rows], delimiter=";")


def as_svg(words: Told, picture: Picture) -> str:
    """The picture with its title, legend and notes, in one file that needs nothing else."""
    title = wrap(words.title, 58)[:2]
    head = TITLE_LINE * (len(title) + 1)
    below = head + picture.height
    last = [*words.notes, words.source]
    context = {
        "told": words,
        "picture": picture,
        "title": [(TITLE_LINE * (place + 1), line) for place, line in enumerate(title)],
        "head": head,
        "height": below + LINE * (len(picture.legend) + len(last) + 3),
        "keys": [(below + LINE * (place + 1), key) for place, key in enumerate(picture.legend)],
        "notes": [(below + LINE * (len(picture.legend) + place + 2), note) for place, note in enumerate(last)],
    }
    return render_to_string("maps/file_svg.html", context)
