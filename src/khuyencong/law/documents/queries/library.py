"""The list of documents: found by words, narrowed, ordered, each with its status on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from khuyencong.core import clock, lists
from khuyencong.core.days import read_day
from khuyencong.core.text import fold
from khuyencong.law.documents.models import Edition, LegalDocument, Relation
from khuyencong.law.documents.queries.search import search
from khuyencong.law.documents.queries.standing import adopted
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules.status import EffectKind, Status
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

# By what, and then by what; an expression may be empty, and then comes last.
SORTS: dict[str, tuple[str | F, str | OrderBy]] = {
    "number": ("document__number", "title"),
    "kind": ("kind", F("signed").desc(nulls_last=True)),
    "issuer": ("issuer", F("signed").desc(nulls_last=True)),
    "signed": (F("signed"), "document__number"),
    "in_force": (F("in_force_from"), "document__number"),
    "status": ("status_rank", F("signed").desc(nulls_last=True)),
}
_ORDER = (
    Status.IN_FORCE, Status.PARTLY_EXPIRED, Status.NOT_YET, Status.SUSPENDED, Status.EXPIRED, Status.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True)
class Filters(lists.Filters):
    """What the list is narrowed to. ``day``: the day of the statuses, ISO, empty: today."""

    kind: str = ""
    level: str = ""
    issuer: str = ""
    tag: str = ""
    status: str = ""
    day: str = ""
    sort: str = ""

    @classmethod
    def read(cls, params: Mapping[str, str]) -> Self:
        """From the address bar; what is not understood is left out."""
        found = super().read(params)
        day = read_day(found.day)
        return replace(found, day=day.isoformat() if day else "")

    @property
    def on(self) -> dt.date:
        """The day of the statuses."""
        return read_day(self.day) or clock.today()


def listing(filters: Filters) -> QuerySet[Edition]:
    """The adopted documents that fit; best first when words were given, else the newest first."""
    found = search(filters.q) if filters.q else adopted()
    simple = {"kind": filters.kind, "level": filters.level, "issuer": filters.issuer}
    found = found.filter(**{name: value for name, value in simple.items() if value})
    if filters.tag:
        tag = filters.tag
        found = found.filter(
            Q(tags=tag) | Q(tags__startswith=f"{tag}, ") | Q(tags__endswith=f", {tag}") | Q(tags__contains=f", {tag}, ")
        )
    key = filters.sort.removeprefix("-")
    if filters.status or key == "status":
        found = with_status(found, filters.on)
    if filters.status:
        found = found.filter(Q(status=filters.status))
    if key in SORTS:
        return _sorted(found, key, down=filters.sort.startswith("-"))
    if filters.q:
        return found
    return found.order_by(F("signed").desc(nulls_last=True), F("in_force_from").desc(nulls_last=True), "pk")


def with_status(found: QuerySet[Edition], day: dt.date) -> QuerySet[Edition]:
    """Each edition with ``status`` on the day, as ``rules.status.standing`` gives it, worked out by the database."""
    at_work = (
        Relation.objects.filter(target=OuterRef("document"), edition__state=Record.State.ADOPTED)
        .annotate(since=Coalesce("effective_from", "edition__in_force_from"))
        .filter(since__lte=day)
        .filter(Q(effective_to=None) | Q(effective_to__gte=day))
    )
    ends = [EffectKind.REPLACES, EffectKind.REPEALS]
    touches = [kind for kind in EffectKind if kind is not EffectKind.CORRECTS]
    ended = Exists(at_work.filter(target_path="", kind__in=ends))
    suspended = Exists(at_work.filter(target_path="", kind=EffectKind.SUSPENDS))
    status = Case(
        When(in_force_from=None, then=Value(Status.UNKNOWN)),
        When(in_force_from__gt=day, then=Value(Status.NOT_YET)),
        When(expires__lt=day, then=Value(Status.EXPIRED)),
        When(ended, then=Value(Status.EXPIRED)),
        When(suspended, then=Value(Status.SUSPENDED)),
        When(Exists(at_work.filter(kind__in=touches)), then=Value(Status.PARTLY_EXPIRED)),
        default=Value(Status.IN_FORCE),
        output_field=CharField(),
    )
    ranks = [When(status=one, then=Value(rank)) for rank, one in enumerate(_ORDER)]
    return found.annotate(status=status).annotate(status_rank=Case(*ranks, output_field=IntegerField()))


def drafts(user: User) -> QuerySet[Edition]:
    """The drafts that wait, for those who draft or adopt."""
    if not sees_drafts(user):
        return Edition.objects.none()
    return (
        Edition.objects.filter(state=Record.State.DRAFT)
        .select_related("document", "drafted_by")
        .order_by("-drafted_at")
    )


def sees_drafts(user: User) -> bool:
    """Whether the person drafts or adopts."""
    return may(user, Permission.LAW_DRAFT) or may(user, Permission.LAW_ADOPT)


def may_verify(user: User, record: Record) -> bool:
    """Whether the person may say that they compared the record with its article: nobody does for their own draft."""
    return may(user, Permission.LAW_DRAFT) and record.drafted_by_id != user.pk


def tags() -> list[str]:
    """Every tag in use."""
    used = adopted().exclude(tags="").values_list("tags", flat=True).distinct()
    return sorted({tag for line in used for tag in line.split(", ")})


def _sorted(found: QuerySet[Edition], key: str, down: bool) -> QuerySet[Edition]:
    first, second = SORTS[key]
    if isinstance(first, F):
        return found.order_by(first.desc(nulls_last=True) if down else first.asc(nulls_last=True), second, "pk")
    return found.order_by(f"-{first}" if down else first, second, "pk")


def lookup(text: str, limit: int = 10) -> list[tuple[str, str]]:
    """Documents a person may mean: what to write for each (its number where that says enough), and its title."""
    if not fold(text):
        return []
    found = list(search(text)[:limit])
    numbers = [one.document.number for one in found]
    many = set(
        LegalDocument.objects.filter(number__in=filter(None, numbers))
        .values_list("number")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .values_list("number", flat=True)
    )
    return [
        (one.document.code if one.document.number in ("", *many) else one.document.number, f"{one}, {one.title}")
        for one in found
    ]
