"""The forms and kinds of report that come with the product. Whoever has the ministry's own corrects them here."""

import datetime as dt

from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.reports.official.definition import read_form, read_kind, shipped
from khuyencong.reports.official.models import ReportDefinition

_VERSION = "1"
_SINCE = dt.date(2012, 7, 5)  # in force of decree 45/2012
_SOURCE = "Nội dung báo cáo theo thông lệ của chương trình; chưa đối chiếu với mẫu do Bộ ban hành"


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("reports") == _VERSION:
        return
    with audit.writing(None):
        for sort, name, read in (("form", "forms", read_form), ("kind", "kinds", read_kind)):
            for position, data in enumerate(shipped(name)):
                read(data)  # refuses what it cannot use
                ReportDefinition.objects.update_or_create(
                    sort=sort, code=data["code"], valid_from=_SINCE,
                    defaults={"data": data, "source": _SOURCE, "position": position},
                )  # fmt: skip
        InstallationFact.write("reports", _VERSION)
