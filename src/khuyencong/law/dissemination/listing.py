"""The lists of what was sent, of who it went to, and of whom it has not reached."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khuyencong.core.addresses import number_in
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing, leads_to
from khuyencong.core.templatetags.ui import number
from khuyencong.core.text import fold, words
from khuyencong.law.dissemination import queries
from khuyencong.law.dissemination.models import Delivery, Dispatch
from khuyencong.law.dissemination.queries import STAGES

Rows = QuerySet[Delivery]
Address = Callable[[Delivery], str]
_CELLS = "law/cells"


@dataclass(frozen=True)
class Line:
    """A delivery with the link by which it is read."""

    delivery: Delivery
    link: str


def dispatch_list() -> Listing[Dispatch]:
    """Everything sent, newest first."""
    return Listing(
        name=_("Các lần gửi"),
        rows=queries.dispatches(),
        columns=[
            Column("document", _("Văn bản"), template=f"{_CELLS}/sent.html", phone=Phone.TITLE),
            Column("audience", _("Gửi đến"), lambda one: one.get_audience_display(), phone=Phone.NONE),
            Column("sender", _("Người gửi"), lambda one: one.sent_by, phone=Phone.NONE),
            Column("sent", _("Đã gửi"), lambda one: number(one.sent), css="num"),
            Column("delivered", _("Đã nhận"), lambda one: number(one.delivered), css="num", phone=Phone.NONE),
            Column("opened", _("Đã mở"), lambda one: number(one.opened), css="num", phone=Phone.NONE),
            Column("confirmed", _("Đã hiểu"), template=f"{_CELLS}/confirmed.html", css="num"),
        ],
        base=("-sent_at", "-pk"),
        href=leads_to("law:dispatch"),
        empty=Empty(
            "megaphone",
            _("Chưa gửi văn bản nào"),
            _("Gửi một văn bản đến cán bộ, xã hoặc cơ sở; hệ thống ghi lại ai đã nhận, đã mở, đã hiểu."),
        ),
    )


def delivery_list(dispatch: Dispatch, address: Address) -> Listing[Delivery]:
    """The recipients of a dispatch; ``stage`` narrows to those who have not come so far."""
    return Listing(
        name=_("Người nhận"),
        rows=queries.deliveries(dispatch),
        columns=_columns(),
        filters=[_stage()],
        base=("name", "pk"),
        dress=_with_links(address),
        empty=Empty("check-circle-fill", _("Không còn ai"), _("Mọi người nhận đã qua bước này.")),
    )


def unreached_list(address: Address) -> Listing[Delivery]:
    """Everyone who has not come to a stage, over all dispatches, oldest dispatch first."""

    def audiences() -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in Dispatch.Audience.choices]

    recipient, *rest = _columns(over_all=True)
    document = Column[Line]("document", _("Văn bản"), template=f"{_CELLS}/sent_document.html", phone=Phone.NONE)
    return Listing(
        name=_("Người nhận"),
        rows=Delivery.objects.select_related("dispatch__document", "user"),
        columns=[recipient, document, *rest],
        filters=[
            _stage(otherwise="delivered"),
            Search(hint=_("Tên người nhận, số văn bản"), narrow=_holding),
            Select("audience", _to_audience, label=_("Gửi đến"), choices=audiences),
            Hidden(
                "dispatch",
                lambda found, key: found.filter(dispatch_id=int(key)),
                lambda key: str(queries.get(int(key)).document),
                valid=lambda key: number_in(key) is not None,
            ),
        ],
        base=("dispatch__sent_at", "name", "pk"),
        dress=_with_links(address),
        empty=Empty(
            "check-circle-fill",
            _("Không còn ai"),
            _("Mọi văn bản đã gửi đều qua bước này, trong các điều kiện lọc ở trên."),
        ),
    )


def _columns(over_all: bool = False) -> list[Column[Line]]:
    """``over_all``: of several dispatches, so that each row says of which."""
    name = f"{_CELLS}/recipient_of.html" if over_all else f"{_CELLS}/recipient.html"
    return [
        Column("name", _("Người nhận"), template=name, phone=Phone.TITLE),
        Column("contact", _("Liên hệ"), template=f"{_CELLS}/contact.html", phone=Phone.NONE),
        Column("reached", _("Đến đâu"), template=f"{_CELLS}/reached.html"),
    ]


def _with_links(address: Address) -> Any:
    return lambda found: [Line(one, address(one)) for one in found]


def _stage(otherwise: str = "") -> Hidden:
    return Hidden(
        "stage",
        lambda found, stage: found.filter(**{STAGES[stage]: None}),
        default=otherwise,
        valid=lambda stage: stage in STAGES,
    )


def _to_audience(found: Rows, audience: str) -> Rows:
    return found.filter(dispatch__audience=audience) if audience in Dispatch.Audience.values else found


def _holding(found: Rows, text: str) -> Rows:
    """Every word in name, contact, number or document, marks ignored."""
    asked = words(text)
    fitting = [
        one.pk
        for one in found
        if all(word in fold(f"{one.name} {one.contact} {one.party} {one.dispatch.document}") for word in asked)
    ]
    return found.filter(pk__in=fitting)
