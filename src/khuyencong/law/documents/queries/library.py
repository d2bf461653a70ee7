"""Reads for the list of documents: by tag, with the status of a day, the drafts that wait."""

import datetime as dt

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from khuyencong.core.text import fold
from khuyencong.law.documents import decisions
from khuyencong.law.documents.models import Edition, LegalDocument, Relation
from khuyencong.law.documents.queries.search import search
from khuyencong.law.documents.queries.standing import adopted
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules.status import EffectKind, Status
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

_ORDER = (
    Status.IN_FORCE, Status.PARTLY_EXPIRED, Status.NOT_YET, Status.SUSPENDED, Status.EXPIRED, Status.UNKNOWN,
)  # fmt: skip


def tagged(found: QuerySet[Edition], tag: str) -> QuerySet[Edition]:
    """Those with the tag, which is a whole word between commas."""
    return found.filter(
        Q(tags=tag) | Q(tags__startswith=f"{tag}, ") | Q(tags__endswith=f", {tag}") | Q(tags__contains=f", {tag}, ")
    )


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
    """Whether the person may say that they compared the record with its article: nobody does for what they wrote."""
    return may(user, Permission.LAW_DRAFT) and bool(decisions.VERIFY.open_to(user, [record]))


def tags() -> list[str]:
    """Every tag in use."""
    used = adopted().exclude(tags="").values_list("tags", flat=True).distinct()
    return sorted({tag for line in used for tag in line.split(", ")})


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
