"""The mark in the address bar that says after, or before, which row a page begins."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.signing import BadSignature, Signer

from khuyencong.core.listing.order import Order, Place

_READ: dict[str, Callable[[str], Any]] = {
    "day": dt.date.fromisoformat,
    "time": dt.datetime.fromisoformat,
    "number": Decimal,
}


def write(place: Place, order: Order) -> str:
    """The mark of a place. It is signed: what comes back is what was written."""
    return _signer(order).sign_object([_plain(value) for value in place])


def read(text: str, order: Order) -> Place | None:
    """The place of a mark; None when it was not written here, or for another order."""
    try:
        found = tuple(_value(one) for one in _signer(order).unsign_object(text))
    except (BadSignature, ValueError, TypeError, KeyError):
        return None
    return found if len(found) == max(len(order.terms), 1) else None


def _signer(order: Order) -> Signer:
    return Signer(salt=f"listing:{order}")


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return ["time", value.isoformat()]
    if isinstance(value, dt.date):
        return ["day", value.isoformat()]
    return ["number", str(value)] if isinstance(value, Decimal) else value


def _value(plain: Any) -> Any:
    return _READ[plain[0]](plain[1]) if isinstance(plain, list) else plain
