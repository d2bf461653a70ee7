"""Rows that pages are cut from: those of a query, and those of a list in memory. Both answer the same questions."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet

from khuyencong.core.listing.order import Order, Place, Term

T = TypeVar("T")
M = TypeVar("M", bound=Model)
_NOTHING = Q(pk__in=[])
# Another way to count the rows, no further than a limit + 1; None: it does not know.
Counted = Callable[[int], int | None]


class Rows(Protocol[T]):
    """Rows in an order."""

    def first(self, n: int) -> list[T]:
        """The first ones."""

    def last(self, n: int) -> list[T]:
        """The last ones."""

    def after(self, place: Place, n: int) -> list[T]:
        """The first ones that stand after the place."""

    def before(self, place: Place, n: int) -> list[T]:
        """The last ones that stand before the place."""

    def count(self, limit: int) -> int:
        """How many, counted no further than ``limit`` + 1."""

    def count_before(self, place: Place, limit: int) -> int:
        """How many stand before the place, counted no further than ``limit`` + 1."""

    def place(self, row: T) -> Place:
        """Where a row of these stands."""


class QueryRows(Generic[M]):
    """The rows of a query. A page is found by a condition, never by skipping rows: far pages cost what near ones do."""

    def __init__(self, found: QuerySet[M], order: Order, counted: Counted | None = None) -> None:
        self._found, self._order, self._counted = found, order, counted
        self._nullable = {term.path for term in order.terms if _nullable(found, term.path)}

    def first(self, n: int) -> list[M]:
        return self._read(self.sorted(), n)

    def last(self, n: int) -> list[M]:
        return self._read(self.sorted(back=True), n)[::-1]

    def after(self, place: Place, n: int) -> list[M]:
        return self._read(self.sorted().filter(self._beyond(place)), n)

    def before(self, place: Place, n: int) -> list[M]:
        return self._read(self.sorted(back=True).filter(self._beyond(place, back=True)), n)[::-1]

    def count(self, limit: int) -> int:
        known = self._counted(limit) if self._counted else None
        return _count(self._found, limit) if known is None else known

    def count_before(self, place: Place, limit: int) -> int:
        return _count(self._found.filter(self._beyond(place, back=True)), limit)

    def place(self, row: M) -> Place:
        return self._order.place(row)

    def sorted(self, back: bool = False) -> QuerySet[M]:
        """The query in the order, or in the reverse of it."""
        return self._found.order_by(*(self._expression(term, back) for term in self._order.terms))

    def _read(self, found: QuerySet[M], n: int) -> list[M]:
        """The first rows. What a query works out for each row is worked out for these alone: keys come first."""
        if not self._found.query.annotations:
            return list(found[:n])
        keys = list(found.values_list("pk", flat=True)[:n])
        known = {row.pk: row for row in self._found.order_by().filter(pk__in=keys)}
        return [known[key] for key in keys if key in known]

    def _expression(self, term: Term, back: bool) -> Any:
        down = term.down is not back
        if term.path not in self._nullable:  # plain, so that an index can be walked
            return f"-{term.path}" if down else term.path
        nulls = {"nulls_first": True} if back else {"nulls_last": True}
        return F(term.path).desc(**nulls) if down else F(term.path).asc(**nulls)

    def _beyond(self, place: Place, back: bool = False) -> Q:
        """After the place, or before it."""
        found, same = _NOTHING, Q()
        for term, value in zip(self._order.terms, place, strict=True):
            found |= same & self._further(term, value, back)
            same &= Q(**{f"{term.path}__isnull": True}) if value is None else Q(**{term.path: value})
        lead = self._order.terms[0]
        if lead.path in self._nullable:
            return found
        # Says nothing new; it is what a database can use an index for.
        return found & Q(**{f"{lead.path}__{'lte' if lead.down is not back else 'gte'}": place[0]})

    def _further(self, term: Term, value: Any, back: bool) -> Q:
        unknown = f"{term.path}__isnull"
        if value is None:
            return Q(**{unknown: False}) if back else _NOTHING
        found = Q(**{f"{term.path}__{'lt' if term.down is not back else 'gt'}": value})
        return found | Q(**{unknown: True}) if term.path in self._nullable and not back else found


class ListRows(Generic[T]):
    """The rows of a list in memory."""

    def __init__(self, found: Iterable[T], order: Order) -> None:
        self._key = cmp_to_key(order.compare)
        placed = [(order.place(row) if order.terms else (at,), row) for at, row in enumerate(found)]
        placed.sort(key=lambda pair: self._key(pair[0]))
        self._places: list[Place] = [place for place, _row in placed]
        self._rows = [row for _place, row in placed]
        self._known = dict(zip(map(id, self._rows), self._places, strict=True))

    def first(self, n: int) -> list[T]:
        return self._rows[:n]

    def last(self, n: int) -> list[T]:
        return self._rows[-n:]

    def after(self, place: Place, n: int) -> list[T]:
        start = self._position(place)
        start += self._places[start : start + 1] == [place]
        return self._rows[start : start + n]

    def before(self, place: Place, n: int) -> list[T]:
        end = self._position(place)
        return self._rows[max(end - n, 0) : end]

    def count(self, limit: int) -> int:
        return min(len(self._rows), limit + 1)

    def count_before(self, place: Place, limit: int) -> int:
        return min(self._position(place), limit + 1)

    def place(self, row: T) -> Place:
        return self._known[id(row)]

    def sorted(self) -> list[T]:
        """All of them in the order."""
        return self._rows

    def _position(self, place: Place) -> int:
        return bisect_left(self._places, self._key(place), key=self._key)


def _count(found: QuerySet[Any], limit: int) -> int:
    return found.order_by().values("pk")[: limit + 1].count()


def _nullable(found: QuerySet[Any], path: str) -> bool:
    """Whether a row may have nothing there; what a query works out itself may always be nothing."""
    model: Any = found.model
    for name in path.split("__"):
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        beside = getattr(field.related_model, "for_every_row", False)  # a row that no other is ever without
        if (field.null and not beside) or name in found.query.annotations:
            return True
        model = field.related_model
    return False
