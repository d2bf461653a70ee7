"""What the review of local documents finds on a day, each finding with what is proposed about it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from khuyencong.core.validity import valid_on
from khuyencong.law.documents.models import Edition, LegalDocument, Relation
from khuyencong.law.documents.queries.standing import adopted, dates_of, effects_on
from khuyencong.law.documents.records import Record
from khuyencong.law.review import rules
from khuyencong.law.review.models import LocalDuty, ReviewItem
from khuyencong.people.models import User
from khuyencong.places.models import Unit

_BASES = (Relation.Kind.BASED_ON, Relation.Kind.GUIDES)
LIVE = (ReviewItem.Status.OPEN, ReviewItem.Status.IN_PROGRESS)


@dataclass(frozen=True)
class Row:
    """A finding with the records it is about, what is proposed, and whether what it rests on was verified."""

    finding: rules.Finding
    local: Edition | None
    basis: Edition
    duty: LocalDuty | None
    item: ReviewItem | None
    verified: bool


@dataclass(frozen=True)
class Review:
    """Everything found on a day. ``settled``: proposals whose finding is no longer there."""

    day: dt.date
    locals: list[Edition]
    rows: list[Row]
    settled: list[ReviewItem] = field(default_factory=list)

    def by_document(self) -> list[tuple[Edition, list[Row]]]:
        """The findings about local documents, document by document."""
        found: dict[Edition, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.local is not None:
                found[row.local].append(row)
        return list(found.items())

    def missing(self) -> list[Row]:
        """The duties that no local document answers."""
        return [row for row in self.rows if row.local is None]

    def find(self, key: tuple[str, str, str, str, str]) -> Row | None:
        """The row of a finding."""
        return next((row for row in self.rows if key_of(row.finding) == key), None)


def key_of(finding: rules.Finding) -> tuple[str, str, str, str, str]:
    """What names a finding from one day to the next: kind, local document, duty, basis, by what."""
    return (finding.kind.value, finding.local, finding.duty, finding.basis, finding.by)


def review(province: Unit, day: dt.date) -> Review:
    """Hold every local document of the province against what it rests on, and every duty against the documents."""
    locals_ = list(
        adopted().filter(level=Edition.Level.PROVINCIAL, province=province).order_by("-signed", "document__code")
    )
    bases = list(
        Relation.objects.filter(edition__in=locals_, kind__in=_BASES).values_list(
            "edition_id", "target_id", "target__code", "target_path"
        )
    )
    duties = list(duties_in_use())
    above = adopted().filter(
        document_id__in={target for _edition, target, _code, _path in bases} | {duty.document_id for duty in duties}
    )
    editions = {one.document.code: one for one in (*above, *locals_)}
    effects = effects_on(one.document_id for one in editions.values())
    resting: dict[int, list[rules.Basis]] = defaultdict(list)
    for edition, _target, code, path in bases:
        resting[edition].append(rules.Basis(code, path))
    mine = {one.pk for one in locals_}
    documents = [
        rules.Document(
            code,
            dates_of(one),
            one.signed,
            effects.get(one.document_id, ()),
            tuple(resting[one.pk]),
            local=one.pk in mine,
            issuer=one.issuer,
        )
        for code, one in editions.items()
    ]
    asked = [rules.Duty(str(one.pk), one.document.code, one.path, one.issuer) for one in duties]
    found = rules.findings(documents, asked, day)
    return _with_proposals(province, day, locals_, editions, {str(one.pk): one for one in duties}, found)


def duties_in_use() -> QuerySet[LocalDuty]:
    """The adopted duties."""
    return LocalDuty.objects.filter(state=Record.State.ADOPTED).select_related("document", "verified_by")


def overdue(item: ReviewItem, today: dt.date) -> bool:
    """Whether the work should have been done by now."""
    return item.deadline is not None and item.deadline < today and item.status in LIVE


def owners(province: Unit, today: dt.date) -> QuerySet[User]:
    """Who may be given the work: every account with a role in the province or one of its communes."""
    here = Q(role_grants__unit=province) | Q(role_grants__unit__parent=province)
    return (
        User.objects.filter(valid_on(today, "role_grants__") & here, is_active=True)
        .distinct()
        .order_by("full_name", "username")
    )


def items(province: Unit) -> QuerySet[ReviewItem]:
    """Everything proposed."""
    return ReviewItem.objects.filter(province=province).select_related("document", "duty", "basis", "owner")


def proposed(province: Unit, finding: rules.Finding) -> QuerySet[ReviewItem]:
    """The proposals for a finding that were not dropped."""
    about = Q(document__code=finding.local) if finding.local else Q(document=None, duty_id__in=_line_of(finding.duty))
    return (
        items(province)
        .filter(about, finding=finding.kind.value, basis__code=finding.basis, by=finding.by)
        .exclude(status=ReviewItem.Status.DROPPED)
    )


def _with_proposals(
    province: Unit,
    day: dt.date,
    locals_: list[Edition],
    editions: dict[str, Edition],
    duties: dict[str, LocalDuty],
    found: Iterable[rules.Finding],
) -> Review:
    current = _current_duties(duties.values())
    proposed: dict[tuple[str, str, str, str, str], ReviewItem] = {}
    every = list(items(province).order_by("pk"))
    for item in every:
        key = _key_of_item(item, current)
        before = proposed.get(key)
        # Of several proposals for one finding the latest counts, unless it was dropped.
        if before is None or item.status != ReviewItem.Status.DROPPED or before.status == ReviewItem.Status.DROPPED:
            proposed[key] = item
    sure = _verified_relations(editions)
    rows = []
    for one in found:
        local, duty = editions.get(one.local), duties.get(one.duty)
        verified = duty.verified if duty else sure.get((one.basis, one.by, one.path), editions[one.basis].verified)
        rows.append(Row(one, local, editions[one.basis], duty, proposed.get(key_of(one)), verified))
    shown = {row.item.pk for row in rows if row.item}
    met = {key_of(row.finding) for row in rows}
    settled = [item for item in every if item.pk not in shown and _key_of_item(item, current) not in met]
    return Review(day, locals_, rows, settled)


def _key_of_item(item: ReviewItem, current: dict[int, int]) -> tuple[str, str, str, str, str]:
    duty = str(current.get(item.duty_id, item.duty_id)) if item.duty_id else ""
    return (
        item.finding,
        item.document.code if item.document else "",
        duty,
        item.basis.code if item.basis else "",
        item.by,
    )


def _line_of(duty: str) -> list[int]:
    """A duty and those that it corrected, by key."""
    before = dict(LocalDuty.objects.values_list("pk", "replaces_id"))
    line: list[int] = []
    place: int | None = int(duty)
    while place is not None and place not in line:
        line.append(place)
        place = before.get(place)
    return line


def _current_duties(duties: Iterable[LocalDuty]) -> dict[int, int]:
    """Key of each superseded duty -> key of the one in its place today: a proposal outlives a correction."""
    before = dict(LocalDuty.objects.exclude(replaces=None).values_list("pk", "replaces_id"))
    found = {}
    for one in duties:
        place: int | None = one.pk
        while place is not None and place not in found:
            found[place] = one.pk
            place = before.get(place)
    return found


def _verified_relations(editions: dict[str, Edition]) -> dict[tuple[str, str, str], bool]:
    """(basis, by, path) -> whether the relation that touches it was verified."""
    touching = Relation.objects.filter(target__code__in=editions, edition__state=Record.State.ADOPTED).select_related(
        "edition__document", "target"
    )
    return {(one.target.code, str(one.edition.document), one.target_path): one.verified for one in touching}


def resting_on(document: LegalDocument) -> QuerySet[LocalDuty]:
    """The adopted duties of the province that a document sets."""
    return LocalDuty.objects.filter(document=document, state=Record.State.ADOPTED)
