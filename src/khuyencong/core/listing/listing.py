"""A list as a room declares it, and the same as a page shows it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from khuyencong.core.addresses import of_records
from khuyencong.core.listing import pages
from khuyencong.core.listing.columns import Column, Foot, Head, Piece, Row, head
from khuyencong.core.listing.filters import Chip, Control, Hidden, Search
from khuyencong.core.listing.order import Order
from khuyencong.core.listing.rows import Counted, ListRows, QueryRows

T = TypeVar("T")


def leads_to(name: str) -> Callable[[Any], str]:
    """Each row leads to the page of its record."""
    address = of_records(name)
    return lambda row: address(row.pk)


@dataclass(frozen=True)
class Empty:
    """What stands in the place of rows: an icon, what there is none of, what to do; a button is words, address, look.

    ``template`` draws what is more than that.
    """

    icon: str
    heading: str
    text: str = ""
    button: tuple[str, str, str] | None = None
    template: str = ""


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A list.

    ``rows``: a query or a list, already narrowed to the person asking. ``order``: the column sorted by at first, "-"
    in front: greatest first; or ``base``, the terms of an order that no column has. ``orders``: more that may be
    asked for by name. ``unique``: terms that tell every row from every other; none: a list that stays as given.
    ``dress`` works out what the cells show, for all the rows of a page at once. ``href``: where a row leads.
    ``whole``: the template of a row that is no cells, or nothing. ``files``: the columns of files, where they are
    others than those of the page with a value. ``turning``: told apart where one page holds several lists.
    ``count``: how many the filters leave, where it is known without counting the rows.
    ``reads``: the fields that a page shows and is sorted by, where a row has many more; a file reads whole rows.
    """

    name: str
    rows: QuerySet[Any] | Sequence[T]
    columns: Sequence[Column[Any]] = ()
    filters: Sequence[Hidden] = ()
    order: str = ""
    base: tuple[str, ...] = ()
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unique: tuple[str, ...] = ("pk",)
    size: int = 50
    limit: int = pages.COUNT_LIMIT
    dress: Callable[[list[T]], Iterable[Any]] | None = None
    href: Callable[[Any], str] | None = None
    whole: Callable[[Any], str] | None = None
    sums: Callable[[Any], Any] | None = None
    files: Sequence[Column[Any]] = ()
    empty: Empty | None = None
    nothing_fits: Empty | None = None
    css: str = ""
    turning: str = ""
    count: Callable[[Mapping[str, str]], int | None] | None = None
    reads: tuple[str, ...] = ()

    def asked(self, params: Mapping[str, str]) -> dict[str, str]:
        """The value of every filter, empty where it does not narrow."""
        return {one.name: one.read(params) for one in self.filters}

    def narrowed(self, params: Mapping[str, str]) -> Any:
        """The rows that pass every filter, in no order."""
        found: Any = self.rows
        for one in self.filters:
            found = one.applied(found, one.read(params))
        return found

    def found(self, params: Mapping[str, str]) -> Any:
        """The rows that pass every filter, in the order asked for: what a file holds."""
        return self._sorted(self.narrowed(params), self.ordered(params)).sorted()

    def sort(self, params: Mapping[str, str]) -> str:
        """The column, or the order, that the list is sorted by; empty: its base order."""
        asked = params.get("sort", "")
        known = {one.key for one in self.columns if one.sort} | set(self.orders)
        if asked.removeprefix("-") in known:
            return asked
        searches = ((one, one.read(params)) for one in self.filters if isinstance(one, Search) and one.order)
        return next((one.order(text) for one, text in searches if one.order and text), "") or self.order

    def ordered(self, params: Mapping[str, str]) -> Order:
        """The order asked for. Greatest first turns only what is sorted by, not the order of those alike."""
        sort = self.sort(params)
        if not sort:
            best = (one.best for one in self.filters if isinstance(one, Search) and one.best and one.read(params))
            return Order.by(next(best, self.base), self.unique)
        key = sort.removeprefix("-")
        lead, *rest = self.orders.get(key) or next(one.sort for one in self.columns if one.key == key)
        return Order.by([f"-{lead}" if sort.startswith("-") else lead, *rest], self.unique)

    def page(self, params: Mapping[str, str]) -> pages.Page[T]:
        """The page asked for. What is not understood, as the number of a page in an old link, shows the first."""
        order = self.ordered(params)
        after, before = (params.get(f"{name}{self.turning}", "") for name in ("after", "before"))
        found = self.narrowed(params)
        if self.reads:
            found = found.only(*self.reads, *(term.path for term in order.terms))
        rows = self._sorted(found, order, self._counted(params))
        return pages.page(rows, order, self.size, after, before, limit=self.limit)

    def show(self, params: Mapping[str, str]) -> "Shown[T]":
        """Everything that a page shows of the list."""
        return Shown(self, params)

    def _sorted(self, found: Any, order: Order, counted: Counted | None = None) -> Any:
        return QueryRows(found, order, counted) if isinstance(found, QuerySet) else ListRows(found, order)

    def _counted(self, params: Mapping[str, str]) -> Counted | None:
        """How the rows are counted sooner: by the list itself, or where nothing but a search narrows them."""
        known = self.count(params) if self.count else None
        if known is not None:
            return lambda limit: known
        asked = [(one, text) for one in self.filters if (text := one.read(params))]
        if len(asked) != 1 or not isinstance(asked[0][0], Search) or asked[0][0].count is None:
            return None
        return partial(asked[0][0].count, asked[0][1])


@dataclass(frozen=True)
class Shown(Generic[T]):
    """A list as asked for in the address bar; each part is worked out when a template first wants it."""

    listing: Listing[T]
    params: Mapping[str, str]

    @cached_property
    def asked(self) -> dict[str, str]:
        """The value of every filter."""
        return self.listing.asked(self.params)

    @cached_property
    def page(self) -> pages.Page[T]:
        """The page."""
        return self.listing.page(self.params)

    @cached_property
    def items(self) -> list[Any]:
        """The rows of the page, dressed."""
        dress = self.listing.dress
        return list(dress(self.page.rows)) if dress else self.page.rows

    @property
    def lines(self) -> Iterable[tuple[Any, str, str, list[Piece]]]:
        """Each row: the item, where it leads, the template that draws it whole, else its cells."""
        href, whole = self.listing.href, self.listing.whole
        row = Row(self.listing.columns)
        for item in self.items:
            drawn = whole(item) if whole else ""
            yield item, href(item) if href else "", drawn, [] if drawn else row.pieces(item)

    @cached_property
    def heads(self) -> list[Head]:
        """The heads of the columns."""
        sort = self.listing.sort(self.params)
        return [head(column, sort) for column in self.listing.columns]

    @cached_property
    def sums(self) -> Any:
        """What is summed over all the pages."""
        return self.listing.sums(self.listing.narrowed(self.params)) if self.listing.sums else None

    @property
    def foot(self) -> list[Foot]:
        """The cells under the columns; none where nothing is summed."""
        if not any(column.foot for column in self.listing.columns):
            return []
        return [
            Foot(column.foot(self.sums) if column.foot else "", column.head_class) for column in self.listing.columns
        ]

    @cached_property
    def controls(self) -> list[Control]:
        """What stands above the list, hidden ones among it, and the order when one was asked for."""
        found = [one.control(self.asked[one.name]) for one in self.listing.filters]
        if self.params.get("sort") and self.listing.sort(self.params):
            found.append(Control("hidden", "sort", "", "", self.listing.sort(self.params)))
        return [one for one in found if one is not None]

    @property
    def selects(self) -> list[Control]:
        """The controls with choices."""
        return [one for one in self.controls if one.kind == "select"]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        known = {one.name: one.choices for one in self.controls}
        filters = self.listing.filters
        return [chip for one in filters for chip in one.chips(self.asked[one.name], known.get(one.name, ()))]

    @property
    def empty(self) -> Empty | None:
        """What stands in the place of rows."""
        return (self.listing.nothing_fits if self.chips else None) or self.listing.empty
