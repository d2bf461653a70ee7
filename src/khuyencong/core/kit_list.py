"""A small list for the page of components: filters, heads, pages, sums, and cards on a phone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Search
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.core.money import vnd
from khuyencong.core.text import fold


@dataclass(frozen=True)
class Sample:
    """A row."""

    pk: int
    name: str
    amount: int


def sample_list() -> Listing[Sample]:
    """Seven rows, three to a page."""
    return Listing(
        name=_("Danh sách mẫu"),
        rows=[Sample(place, _("Dòng mẫu %(n)s") % {"n": place}, place * 1_250_000) for place in range(1, 8)],
        columns=[
            Column("name", _("Tên"), lambda one: one.name, sort=("pk",), phone=Phone.TITLE, foot=lambda sum: _("Cộng")),
            Column(
                "amount",
                _("Số tiền"),
                lambda one: vnd(one.amount),
                sort=("amount",),
                down_first=True,
                css="num",
                foot=vnd,
            ),
        ],
        filters=[
            Search(narrow=lambda found, text: [one for one in found if fold(text) in fold(one.name)]),
        ],
        order="name",
        size=3,
        sums=lambda found: sum(one.amount for one in found),
        empty=Empty("search", _("Không có gì khớp")),
    )
