"""The library as a list: its columns, and what it can be narrowed to and sorted by."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.days import read_day
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Day, Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.queries.library import tagged, tags, with_status
from khuyencong.law.documents.queries.search import search
from khuyencong.law.documents.queries.standing import adopted, standings
from khuyencong.law.documents.rules.status import Standing, Status
from khuyencong.law.documents.status_wording import day as day_words
from khuyencong.law.documents.status_wording import status_label
from khuyencong.law.documents.wording import in_force
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

_NEWEST = ("-signed", "-in_force_from", "pk")
_BEST = ("rank", "-signed", "-in_force_from", "-pk")

Rows = QuerySet[Edition]


@dataclass(frozen=True)
class Line:
    """A document with how it stands on the day."""

    edition: Edition
    standing: Standing


def day_of(params: Mapping[str, str]) -> dt.date:
    """The day of the statuses: today unless another is asked for."""
    return read_day(params.get("day", "")) or clock.today()


def library_list(user: User, params: Mapping[str, str]) -> Listing[Edition]:
    """The adopted documents; best first when words were given, else the newest first."""
    day, told = day_of(params), read_day(params.get("day", ""))
    by_status = bool(params.get("status")) or params.get("sort", "").removeprefix("-") == "status"

    def ranked(found: Rows) -> Rows:
        """With the status of the day, where the database has to know it."""
        return with_status(found, day) if by_status else found

    def dress(found: list[Edition]) -> list[Line]:
        stand = standings(found, day)
        return [Line(one, stand[one.document_id]) for one in found]

    def href(one: Line) -> str:
        card = reverse("law:document", args=[one.edition.document.code])
        return f"{card}?day={told.isoformat()}" if told else card

    return Listing(
        name=_("Danh sách văn bản"),
        rows=ranked(adopted()),
        columns=_columns(),
        filters=[
            Search(
                hint=_("Số, tên, từ trong văn bản"),
                narrow=lambda found, text: ranked(search(text)),
                best=_BEST,
            ),
            *_filters(),
        ],
        base=_NEWEST,
        dress=dress,
        href=href,
        nothing_fits=Empty(
            "journal-text",
            _("Không có văn bản nào khớp"),
            _("Hãy thử ít từ hơn, hoặc bỏ bớt điều kiện lọc ở trên. Gõ không dấu cũng tìm được."),
            (_("Bỏ hết điều kiện"), reverse("law:library"), "quiet"),
        ),
        empty=Empty(
            "journal-text",
            _("Thư viện chưa có văn bản nào"),
            _("Nơi đây giữ mọi văn bản về khuyến công, từ Trung ương đến tỉnh, và hiệu lực của chúng qua từng ngày."),
            (_("Thêm văn bản đầu tiên"), reverse("law:document_add"), "primary")
            if may(user, Permission.LAW_DRAFT)
            else None,
        ),
    )


def _columns() -> list[Column[Line]]:
    return [
        Column(
            "number",
            _("Văn bản"),
            sort=("document__number", "title"),
            template="law/cells/document.html",
            phone=Phone.TITLE,
        ),
        Column(
            "kind",
            _("Loại"),
            lambda one: one.edition.get_kind_display(),
            sort=("kind", "-signed"),
            cell_css="nowrap",
            phone=Phone.NONE,
        ),
        Column(
            "issuer",
            _("Cơ quan ban hành"),
            lambda one: one.edition.issuer,
            sort=("issuer", "-signed"),
            phone=Phone.NONE,
        ),
        Column(
            "signed",
            _("Ngày ký"),
            lambda one: day_words(one.edition.signed) or "–",
            sort=("signed", "document__number"),
            cell_css="nowrap",
            phone=Phone.NONE,
        ),
        Column(
            "in_force",
            _("Có hiệu lực từ"),
            lambda one: in_force(one.edition),
            sort=("in_force_from", "document__number"),
            phone=Phone.NONE,
        ),
        Column("status", _("Hiệu lực"), sort=("status_rank", "-signed"), template="law/cells/status.html"),
    ]


def _filters() -> list[Hidden]:
    """Each select offers only what occurs."""

    def kinds() -> list[tuple[str, str]]:
        used = set(adopted().values_list("kind", flat=True).distinct())
        return [(str(value), str(label)) for value, label in Edition.Kind.choices if value in used]

    def issuers() -> list[tuple[str, str]]:
        return [(one, one) for one in adopted().values_list("issuer", flat=True).distinct().order_by("issuer")]

    def levels() -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in Edition.Level.choices]

    def statuses() -> list[tuple[str, str]]:
        return [(str(one), status_label(Standing(one, dt.date.min))) for one in Status]

    return [
        Select(
            "kind",
            lambda found, kind: found.filter(kind=kind),
            label=_("Loại văn bản"),
            choices=kinds,
            optional=True,
        ),
        Select("level", lambda found, level: found.filter(level=level), label=_("Cấp"), choices=levels),
        Select(
            "issuer",
            lambda found, issuer: found.filter(issuer=issuer),
            label=_("Cơ quan ban hành"),
            choices=issuers,
            optional=True,
        ),
        Select("tag", tagged, label=_("Từ khóa"), choices=lambda: [(one, one) for one in tags()], optional=True),
        Select("status", lambda found, status: found.filter(status=status), label=_("Hiệu lực"), choices=statuses),
        Day(
            "day",
            chip=lambda iso: _("Hiệu lực vào ngày %(day)s") % {"day": day_words(dt.date.fromisoformat(iso))},
            label=_("Hiệu lực vào ngày"),
        ),
    ]
