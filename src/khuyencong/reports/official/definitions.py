"""Changing forms and kinds of report: the new one from a day on, the old one until the day before."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.validity import holding
from khuyencong.reports.official.definition import FormProblem, read_form, read_kind
from khuyencong.reports.official.models import ReportDefinition

Data = Mapping[str, Any]


def held(day: dt.date) -> dict[str, list[Data]]:
    """The forms and kinds that hold on a day, in the shape in which they are brought back."""
    found = ReportDefinition.objects.filter(holding(day))
    return {
        "forms": [one.data for one in found if one.sort == ReportDefinition.Sort.FORM],
        "kinds": [one.data for one in found if one.sort == ReportDefinition.Sort.KIND],
    }


def replace(told: Mapping[str, Sequence[Data]], since: dt.date, source: str) -> list[ReportDefinition]:
    """Put these in force from a day on and return what is new; what is the same as before stays.

    Written from the console by whoever keeps the system. Raises ValidationError that names what cannot be used;
    then nothing is written.
    """
    _check(told)
    made: list[ReportDefinition] = []
    with audit.writing(None):
        for sort, name in ((ReportDefinition.Sort.FORM, "forms"), (ReportDefinition.Sort.KIND, "kinds")):
            for position, data in enumerate(told.get(name, ())):
                old = ReportDefinition.objects.filter(holding(since), sort=sort, code=data["code"]).first()
                if old is None or old.data != data:
                    made.append(_put(old, sort, data, since, source, position))
    return made


def _put(
    old: ReportDefinition | None, sort: str, data: Data, since: dt.date, source: str, position: int
) -> ReportDefinition:
    changes = []
    if old is not None:
        before = audit.snapshot(old)
        if old.valid_from >= since:
            raise ValidationError(
                _("“%(name)s” đã áp dụng từ %(day)s; bản mới cần ngày muộn hơn.")
                % {"name": old, "day": old.valid_from.strftime("%d/%m/%Y")}
            )
        old.valid_to = since - dt.timedelta(days=1)
        old.save(update_fields=["valid_to"])
        changes.append(audit.Change("update", old, before, audit.snapshot(old)))
    new = ReportDefinition(
        sort=sort, code=data["code"], data=data, valid_from=since, source=source, verified=True,
        position=old.position if old else position,
    )  # fmt: skip
    new.full_clean()
    new.save()
    audit.record([*changes, audit.Change("create", new, None, audit.snapshot(new))])
    return new


def _check(told: Mapping[str, Sequence[Data]]) -> None:
    forms = set()
    for reading, name in ((read_form, "forms"), (read_kind, "kinds")):
        for number, data in enumerate(told.get(name, ()), start=1):
            try:
                read = reading(data)
            except FormProblem as problem:
                raise ValidationError(_("Biểu không dùng được ở chỗ: %(where)s.") % {"where": problem}) from problem
            except (KeyError, TypeError, AttributeError, ValueError) as problem:
                raise ValidationError(
                    _("Mục thứ %(n)s của “%(name)s” thiếu hoặc sai: %(what)s.")
                    % {"n": number, "name": name, "what": problem}
                ) from problem
            if name == "forms":
                forms.add(read.code)
    known = forms | set(ReportDefinition.objects.filter(sort="form").values_list("code", flat=True))
    for data in told.get("kinds", ()):
        missing = {code for codes in data["forms"].values() for code in codes} - known
        if missing:
            raise ValidationError(_("Không có biểu nào tên %(names)s.") % {"names": ", ".join(sorted(missing))})
