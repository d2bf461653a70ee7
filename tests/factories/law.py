"""Drafts, imports, dispatches and proposals of the law wing."""

import datetime as dt
import hashlib
import io

from django.core.files.base import ContentFile
from docx import Document

from khuyencong.core import clock
from khuyencong.law.documents.importing.proposal import propose
from khuyencong.law.documents.reading.text import Extracted
from khuyencong.law.models import (
    Delivery,
    Dispatch,
    DocumentImport,
    Edition,
    EligibilityRule,
    LegalDocument,
    LocalDuty,
    ReferenceUpdate,
    ReviewItem,
    SupportNorm,
)


def make_dispatch(owner):
    """A decree sent to this person, and to a household without an account."""
    document = LegalDocument.objects.get(code="235-2025-nd-cp")
    dispatch = Dispatch.objects.create(
        document=document, audience="communes", message="Xin đọc kỹ.", sent_by=owner, sent_at=clock.now()
    )
    mine = Delivery.objects.create(dispatch=dispatch, user=owner, name=str(owner))
    other = Delivery.objects.create(dispatch=dispatch, party="THU-9", name="Cơ sở thử", contact="0000 123 456")
    return {"dispatch": dispatch.pk, "delivery": mine.pk, "token": other.token}


def make_review_item(province):
    """A proposal about a duty of the province."""
    duty = LocalDuty.objects.filter(state="adopted").first()
    return ReviewItem.objects.create(
        province=province, duty=duty, basis=duty.document, finding="missing-local-document", proposal="issue"
    )


def make_document_draft(owner, code="28-2018-tt-btc"):
    """A correction of a document of the library that waits, with what it holds copied."""
    adopted = Edition.objects.get(document__code=code, state="adopted")
    draft = Edition.objects.get(pk=adopted.pk)
    draft.pk, draft._state.adding, draft.version, draft.state = None, True, adopted.version + 1, "draft"
    draft.drafted_by, draft.drafted_at = owner, clock.now()
    draft.save()
    copies = {}
    for one in adopted.provisions.order_by("position"):
        old, one.pk, one._state.adding = one.pk, None, True
        one.edition, one.parent = draft, copies.get(one.parent_id)
        one.save()
        copies[old] = one
    for relation in adopted.relations.all():
        relation.pk, relation._state.adding, relation.edition = None, True, draft
        relation.save()
    return draft


def make_norm_draft(owner, **fields):
    """The draft of a norm that takes over from the national one for machinery on 1 January 2027."""
    old = SupportNorm.objects.get(content__code="machinery", valid_to=None, state="adopted")
    values = {
        "content": old.content, "level": "national", "percent": old.percent, "cap": 400_000_000, "per": "establishment",
        "valid_from": dt.date(2027, 1, 1), "document": old.document, "path": "d8.k4", "replaces": old,
    }  # fmt: skip
    return SupportNorm.objects.create(drafted_by=owner, drafted_at=clock.now(), **(values | fields))


def make_reference_update():
    """An update that moved the first day of the norm for machinery."""
    norm = SupportNorm.objects.get(content__code="machinery", valid_to=None, state="adopted")
    moved = ["valid_from", "2018-12-31", "2018-05-11"]
    change = {
        "outcome": "applied", "model": "law.supportnorm", "pk": str(norm.pk), "label": str(norm), "fields": [moved],
        "source": "Công báo", "certainty": "read",
    }  # fmt: skip
    return ReferenceUpdate.objects.create(version="3", changes=[change])


def leave_groups_out():
    """The beneficiaries of 2025 as if cooperative groups were not among them: so that somebody is not eligible."""
    rule = EligibilityRule.objects.get(code="beneficiary-2025")
    rule.values.remove("cooperative-group")
    rule.save()


def make_rule_draft(owner, **fields):
    """The draft of a rule that takes over from the beneficiaries of 2025 and leaves out household businesses."""
    old = EligibilityRule.objects.get(code="beneficiary-2025", state="adopted")
    values = {
        "code": old.code, "kind": old.kind, "name": "Doanh nghiệp, hợp tác xã", "valid_from": dt.date(2027, 1, 1),
        "values": ["enterprise", "cooperative"], "document": old.document, "path": "d1", "replaces": old,
    }  # fmt: skip
    return EligibilityRule.objects.create(drafted_by=owner, drafted_at=clock.now(), **(values | fields))


LAW_TEXT = """BỘ CÔNG THƯƠNG
Số: 77/2031/TT-BCT
Hà Nội, ngày 02 tháng 01 năm 2031
THÔNG TƯ
Hướng dẫn việc thử
Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Thông tư này hướng dẫn việc thử.
2. Việc thử gồm:
a) Thử một lần;
b) Thử hai lần.
Điều 3. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 15 tháng 02 năm 2031 và thay thế Thông tư số 76/2030/TT-BCT."""


def make_law_import(owner, text=LAW_TEXT, name="thong-tu.docx"):
    """A document on its way into the library, read and not yet corrected."""
    kept = DocumentImport(owner=owner, file_name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text)
    kept.proposal = propose(Extracted(tuple(text.splitlines())))
    kept.file.save(f"{kept.id.hex}.docx", ContentFile(docx_of(text)), save=False)
    kept.save()
    return kept


def docx_of(text):
    """A Word file with these paragraphs."""
    document, out = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()
