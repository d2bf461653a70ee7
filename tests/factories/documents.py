"""Documents for the tests: made as an officer would make them, through the actions."""

import datetime as dt

from khuyencong.law.documents.actions import editions as actions
from khuyencong.law.documents.queries.contents import content_mark
from khuyencong.law.models import Edition

VALUES = {
    "number": "99/2026/NĐ-CP",
    "kind": "decree",
    "title": "Nghị định để thử",
    "issuer": "Chính phủ",
    "level": "central",
    "province": None,
    "signed": dt.date(2026, 1, 5),
    "in_force_from": dt.date(2026, 3, 1),
    "in_force_precision": "day",
    "in_force_certainty": "read",
    "expires": None,
    "tags": "",
    "responsible": None,
    "certainty": "read",
    "source": "công báo",
    "note": "",
}


def adopted(code="45-2012-nd-cp"):
    """The adopted edition of a document of the library."""
    return Edition.objects.get(document__code=code, state="adopted")


def add(officer, **values):
    """A draft of a new document."""
    return actions.add_document(officer, VALUES | values)


def adopt(leader, draft):
    """Adopt a draft as it stands."""
    return actions.adopt_edition(leader, draft.pk, content_mark(draft))
