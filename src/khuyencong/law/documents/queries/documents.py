"""One document as a person reads it on a day: its text, the days on which something changed, who may see what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.law.documents.models import Edition, Provision
from khuyencong.law.documents.queries.library import sees_drafts
from khuyencong.law.documents.queries.standing import adopted, dates_of, effects_on
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules import outline, status
from khuyencong.law.documents.rules import text_of_day as reading
from khuyencong.people.models import User

_DAY = dt.timedelta(days=1)


def get(code: str) -> Edition:
    """The adopted edition of the document of this code. Raises Http404."""
    found = adopted().select_related("verified_by", "drafted_by", "adopted_by").filter(document__code=code).first()
    if found is None:
        raise Http404
    return found


def edition(user: User, pk: int) -> Edition:
    """One edition; a draft only for those who draft or adopt. Raises Http404, PermissionDenied."""
    found = (
        Edition.objects.select_related("document", "province", "responsible", "drafted_by", "adopted_by", "verified_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    if found.state == Record.State.DRAFT and not sees_drafts(user):
        raise PermissionDenied(_("Dự thảo chưa duyệt chỉ dành cho người soạn và người duyệt."))
    return found


def draft_of(edition: Edition) -> Edition | None:
    """The draft that would take this document's next place."""
    return (
        Edition.objects.filter(document_id=edition.document_id, state=Record.State.DRAFT)
        .select_related("document", "drafted_by")
        .first()
    )


def before(edition: Edition) -> Edition | None:
    """What a draft is compared with: the adopted edition; for one that was adopted, the one before it."""
    others = Edition.objects.filter(document_id=edition.document_id).select_related("document", "province")
    if edition.state == Record.State.DRAFT:
        return others.filter(state=Record.State.ADOPTED).first()
    return others.filter(version__lt=edition.version).exclude(state=Record.State.DRAFT).order_by("-version").first()


@dataclass
class Shown:
    """A provision of the text of a day. ``earlier``, ``later``: days on which it reads otherwise.

    ``missing``: amendments whose new wording nobody has entered yet; ``ended``: what replaced, repealed or
    suspended it; ``gone``: it ended, alone or with what it lies in.
    """

    provision: Provision
    depth: int
    anchor: str
    earlier: dt.date | None = None
    later: dt.date | None = None
    missing: list[status.Effect] = field(default_factory=list)
    ended: list[status.Effect] = field(default_factory=list)
    gone: bool = False


@dataclass(frozen=True)
class Moment:
    """A day on which something changed: what, and how the document stands from then on."""

    day: dt.date
    standing: status.Standing
    began: tuple[status.Effect, ...] = ()
    ended: tuple[status.Effect, ...] = ()
    new_texts: tuple[str, ...] = ()
    enters: bool = False
    expires: bool = False


class Reading:
    """The document on a day."""

    def __init__(self, edition: Edition, day: dt.date) -> None:
        self.edition, self.day = edition, day
        self.dates = dates_of(edition)
        self.effects = effects_on([edition.document_id]).get(edition.document_id, ())
        self.standing = status.standing(self.dates, self.effects, day)
        self.text_day = reading.reading_day(self.dates, self.effects, day)
        self.provisions = list(edition.provisions.select_related("amended_by").order_by("position", "pk"))

    def text(self) -> list[Shown]:
        """The provisions whose text holds on the day, in order, with what was done to them."""
        places = _places(self.provisions)
        held = [i for i, place in enumerate(places) if outline.holds(place.span, self.text_day)]
        paths = [self.provisions[i].path for i in held]
        placed, _homeless = reading.attach(paths, self.effects, self.text_day)
        shown = [self._shown(i, places) for i in held]
        taken: set[str] = set()
        for one in shown:  # two texts at once are a mistake in the record, but no reason for a broken page
            one.anchor = f"p{one.provision.pk}" if one.anchor in taken else one.anchor
            taken.add(one.anchor)
        for one in shown:
            told = [
                effect
                for effect in placed.pop(one.provision.path, [])
                if not reading.told_by_text(effect, str(one.provision.amended_by or ""), one.provision.valid_from)
            ]
            kinds = (status.EffectKind.AMENDS, status.EffectKind.CORRECTS)
            one.missing = [effect for effect in told if effect.kind in kinds or effect.path != one.provision.path]
            one.ended = [effect for effect in told if effect not in one.missing]
        endings = {one.provision.path: one.ended for one in shown if one.ended}
        for one in shown:
            one.gone = reading.gone(one.provision.path, endings)
        return shown

    def moments(self) -> list[Moment]:
        """The time line."""
        changed = self._new_texts()
        days = sorted({*status.changes(self.dates, self.effects), *changed})
        return [
            Moment(
                day,
                status.standing(self.dates, self.effects, day),
                tuple(effect for effect in self.effects if effect.since == day),
                tuple(effect for effect in self.effects if effect.until and effect.until + _DAY == day),
                tuple(changed.get(day, ())),
                day == self.dates.in_force_from,
                self.dates.expires is not None and day == self.dates.expires + _DAY,
            )
            for day in days
        ]

    def _shown(self, index: int, places: list["Stretch"]) -> Shown:
        provision, place = self.provisions[index], places[index]
        others = [
            other.span
            for i, other in enumerate(places)
            if i != index and provision.path and self.provisions[i].path == provision.path
        ]
        earlier = [span[1] for span in others if span[1] and place.span[0] and span[1] < place.span[0]]
        later = [span[0] for span in others if span[0] and place.span[1] and span[0] > place.span[1]]
        anchor = provision.path.replace(".", "-") or f"p{provision.pk}"
        return Shown(provision, place.depth, anchor, max(earlier, default=None), min(later, default=None))

    def _new_texts(self) -> dict[dt.date, list[str]]:
        """Day -> paths whose text reads otherwise from that day on."""
        found: dict[dt.date, list[str]] = {}
        for one in self.provisions:
            if (
                one.valid_from
                and one.path
                and (self.dates.in_force_from is None or one.valid_from > self.dates.in_force_from)
            ):
                found.setdefault(one.valid_from, []).append(one.path)
        return found


@dataclass(frozen=True)
class Stretch:
    """Where a stored provision stands, and the days on which its text holds."""

    depth: int
    span: tuple[dt.date | None, dt.date | None]


def _places(provisions: Iterable[Provision]) -> list[Stretch]:
    """Depth and days, from the stored parents."""
    by_key: dict[int, Stretch] = {}
    found = []
    for one in provisions:
        outer = by_key.get(one.parent_id or 0, Stretch(-1, (None, None)))
        starts = [day for day in (one.valid_from, outer.span[0]) if day]
        ends = [day for day in (one.valid_to, outer.span[1]) if day]
        by_key[one.pk] = Stretch(outer.depth + 1, (max(starts, default=None), min(ends, default=None)))
        found.append(by_key[one.pk])
    return found
