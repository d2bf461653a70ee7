"""Numbers that a dated rule sets."""

import datetime as dt
from collections.abc import Iterable

from khuyencong.core.validity import valid_on
from khuyencong.law.documents.models import Parameter
from khuyencong.law.documents.records import Record


def parameter(code: str, day: dt.date) -> Parameter | None:
    """The record that holds on the day; None when there is none."""
    held = Parameter.objects.filter(valid_on(day), code=code, state=Record.State.ADOPTED)
    return held.order_by("-valid_from").first()


def value(code: str, day: dt.date) -> int | None:
    """Its value."""
    found = parameter(code, day)
    return found.value if found else None


def values(codes: Iterable[str], day: dt.date) -> dict[str, int]:
    """The values of several; a code that none is held for is left out."""
    held = Parameter.objects.filter(valid_on(day), code__in=list(codes), state=Record.State.ADOPTED)
    return dict(held.order_by("valid_from").values_list("code", "value"))
