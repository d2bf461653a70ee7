"""Numbers that a dated rule sets."""

import datetime as dt

from django.db.models import Q

from khuyencong.law.models import Parameter, Record


def parameter(code: str, day: dt.date) -> Parameter | None:
    """The record that holds on the day; None when there is none."""
    held = Parameter.objects.filter(code=code, state=Record.State.ADOPTED, valid_from__lte=day)
    return held.filter(Q(valid_to=None) | Q(valid_to__gte=day)).order_by("-valid_from").first()


def value(code: str, day: dt.date) -> int | None:
    """Its value."""
    found = parameter(code, day)
    return found.value if found else None
