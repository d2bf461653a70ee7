"""Numbers that a dated rule sets."""

import datetime as dt
from collections.abc import Callable, Iterable

from khuyencong.core.validity import holds, valid_on
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


def on_days(code: str) -> Callable[[dt.date], int | None]:
    """The value on any day, for many days with one read."""
    held = periods(code)

    def on(day: dt.date) -> int | None:
        return next((one.value for one in held if holds(one, day)), None)

    return on


def periods(code: str) -> list[Parameter]:
    """Every record of it, the newest first: on a day the first of them that holds is the one."""
    return list(Parameter.objects.filter(code=code, state=Record.State.ADOPTED).order_by("-valid_from"))
