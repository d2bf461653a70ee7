"""An installation that has the first edition of the legal data is brought up to this one."""

import datetime as dt

import pytest

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.law import reference
from khuyencong.law.documents.actions import records as record_actions
from khuyencong.law.models import Edition, LegalDocument, Parameter, ReferenceUpdate, SupportNorm
from khuyencong.law.norms import actions as norms
from tests.factories import first_edition

pytestmark = pytest.mark.django_db


def change(update, outcome, row):
    """What the update tells of this row."""
    same = {"outcome": outcome, "model": row._meta.label_lower, "pk": str(row.pk)}
    (found,) = (one for one in update.changes if same.items() <= one.items())
    return found


def test_what_nobody_touched_is_mended_and_what_an_officer_changed_stays(before):
    untouched = SupportNorm.objects.get(content__code="machinery")
    reference.load()
    update = ReferenceUpdate.objects.get()
    untouched.refresh_from_db()
    assert (untouched.valid_from, untouched.valid_from_precision) == (dt.date(2018, 5, 11), "day")
    assert ["valid_from", "2018-12-31", "2018-05-11"] in change(update, "applied", untouched)["fields"]
    founding = SupportNorm.objects.get(variant="founding", valid_to=None)
    assert (founding.percent, founding.cap) == (None, 10_000_000), "a percentage that no source has is gone"
    earlier = SupportNorm.objects.get(content__code="machinery", valid_to=dt.date(2018, 5, 10))
    assert earlier.cap == 200_000_000

    theirs = SupportNorm.objects.get(content__code="trademark", valid_to=None, state="adopted")
    assert theirs.cap == 30_000_000
    assert ["cap", 30_000_000, 35_000_000] in change(update, "kept", theirs)["fields"]
    verified = Edition.objects.get(document__code="46-2012-tt-bct")
    assert verified.in_force_from == dt.date(2013, 12, 31), "an officer stands for it"
    assert ["in_force_from", "2013-12-31", "2013-02-10"] in change(update, "kept", verified)["fields"]

    plan = LegalDocument.objects.get(code="ke-hoach-2021-2025-cao-bang")
    assert (plan.number, str(plan.editions.get())) == ("470/QĐ-UBND", "Quyết định 470/QĐ-UBND")
    assert LegalDocument.objects.get(code="ke-hoach-2016-2020-cao-bang").editions.get().relations.count() == 1
    circular = Edition.objects.get(document__code="36-2013-tt-bct")
    assert circular.provisions.filter(path="d9").exists(), "what it holds is brought up too"
    days = list(
        Parameter.objects.filter(code="advance-percent").order_by("valid_from").values_list("valid_from", flat=True)
    )
    assert days == [dt.date(2014, 4, 8), dt.date(2018, 5, 11)]


def test_an_upgraded_installation_says_what_a_new_one_says(db):
    fresh = _said()
    first_edition.lay_down()
    reference.load()
    assert _said() == fresh


def test_every_mended_row_has_its_record_and_a_second_time_changes_nothing(before):
    reference.load()
    norm = SupportNorm.objects.get(content__code="machinery", valid_to=None)
    audit.seal()
    told = AuditRecord.objects.filter(object_type="law.supportnorm", object_id=str(norm.pk)).values_list(
        "action", flat=True
    )
    assert list(told.order_by("seq")) == ["reference", "mend"]
    assert audit.verify().broken is None
    position, updates = audit.position(), list(ReferenceUpdate.objects.values_list("changes", flat=True))
    reference.load()
    assert audit.position() == position
    first_edition.InstallationFact.write("law", "2")
    reference.load()
    again = [one for update in ReferenceUpdate.objects.all() if update.changes not in updates for one in update.changes]
    assert {one["outcome"] for one in again} <= {"kept"}, again


def test_what_an_officer_entered_before_the_product_knew_it_stands_alone(officer, leader):
    first_edition.lay_down()
    old = SupportNorm.objects.get(content__code="machinery")
    own = record_actions.successor(old)
    own.replaces, own.cap = None, 190_000_000
    own.valid_from, own.valid_to = dt.date(2014, 4, 8), dt.date(2018, 5, 10)
    norms.adopt_norm(leader, norms.save_norm(officer, own, []).pk)
    reference.load()
    then = SupportNorm.objects.filter(content__code="machinery", valid_to=dt.date(2018, 5, 10), state="adopted")
    assert [one.cap for one in then] == [190_000_000]


def _said():
    """What the tables hold, without keys."""
    norm = ("content__code", "variant", "percent", "cap", "per", "valid_from", "valid_to", "document__code", "path",
            "certainty", "source", "note")  # fmt: skip
    rule = ("code", "name", "value", "unit", "month", "day", "fund", "valid_from", "valid_to", "document__code", "path")
    edition = ("document__code", "document__number", "kind", "title", "signed", "in_force_from", "in_force_precision",
               "expires", "certainty", "source", "tags", "note", "search_head")  # fmt: skip
    parts = [
        SupportNorm.objects.values_list(*norm),
        Parameter.objects.values_list(*rule),
        Edition.objects.values_list(*edition),
        Edition.objects.values_list("document__code", "relations__target__code", "relations__effective_from"),
        Edition.objects.values_list("document__code", "provisions__path", "provisions__text"),
    ]
    return [sorted(map(repr, part)) for part in parts]
