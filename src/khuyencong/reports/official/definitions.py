"""The forms and kinds of report of a day, and whether others can be used in their place."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core.validity import valid_on
from khuyencong.reports.official.definition import FormProblem, read_form, read_kind
from khuyencong.reports.official.models import ReportDefinition

Data = Mapping[str, Any]


def held(day: dt.date) -> dict[str, list[Data]]:
    """The forms and kinds that hold on a day, in the shape in which they are brought back."""
    found = ReportDefinition.objects.filter(valid_on(day))
    return {
        "forms": [one.data for one in found if one.sort == ReportDefinition.Sort.FORM],
        "kinds": [one.data for one in found if one.sort == ReportDefinition.Sort.KIND],
    }


def check(told: Mapping[str, Sequence[Data]]) -> None:
    """Raises ValidationError that names what of these cannot be used."""
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
