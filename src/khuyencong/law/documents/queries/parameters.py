"""Numbers that a dated rule sets."""

import datetime as dt
from collections.abc import Iterable, Sequence

from khuyencong.core.validity import valid_on
from khuyencong.law.documents.models import Parameter
from khuyencong.law.documents.records import Record


def parameter(code: str, day: dt.date) -> Parameter | None:
    """The record that holds on the day; None when there is none."""
    held = Parameter.objects.filter(valid_on(day), code=code, state=Record.State.ADOPTED)
    return held.order_by("-valid_from").first()


def value(code: str, day: dt.date) -> int | None:
    """Its value, where it is counted in whole numbers."""
    found = parameter(code, day)
    return found.whole if found else None


def for_case(codes: Sequence[str], day: dt.date, fund: str, content: str, variant: str = "") -> Parameter | None:
    """The record that holds for money of this fund and for this content: one that names the case goes first.

    Of several codes the first that has one.
    """
    funds = (Parameter.Fund.ANY, fund)
    found = Parameter.objects.filter(valid_on(day), code__in=codes, state=Record.State.ADOPTED, fund__in=funds)
    held = sorted(found.select_related("document").order_by("-valid_from", "pk"), key=lambda one: codes.index(one.code))
    for case in (f"{content}:{variant}", content):
        named = next((one for one in held if case in one.contents), None)
        if named is not None:
            return named
    return next((one for one in held if not one.contents), None)


def values(codes: Iterable[str], day: dt.date) -> dict[str, int]:
    """The values of several; a code that none is held for is left out."""
    held = Parameter.objects.filter(valid_on(day), code__in=list(codes), state=Record.State.ADOPTED)
    return {code: int(number or 0) for code, number in held.order_by("valid_from").values_list("code", "value")}
