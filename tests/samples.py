"""One real object for each argument an address takes, all in one commune and owned by one person."""

import datetime as dt
import functools
import hashlib
import io
import tempfile
from decimal import Decimal
from pathlib import Path

from django.core.files.base import ContentFile
from docx import Document

from khuyencong.core import clock
from khuyencong.core.models import Job
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.models import Evaluation
from khuyencong.imports.models import ImportBatch
from khuyencong.law.documents.importing.proposal import propose
from khuyencong.law.documents.reading.text import Extracted
from khuyencong.law.models import (
    ActivityType,
    Delivery,
    Dispatch,
    DocumentImport,
    Edition,
    EligibilityRule,
    LegalDocument,
    LocalDuty,
    ReviewItem,
    SupportNorm,
)
from khuyencong.projects.models import Project
from khuyencong.reports.official import reference as official
from khuyencong.reports.official.models import Report, ReportDefinition
from khuyencong.yearbook.models import MacroFigure, MacroIndicator
from tests.life_samples import LIFE_OF_A_PLACE, LIFE_OF_NOBODY, LIFE_SAMPLES, make_life_samples
from tests.plan_samples import PLAN_OF_NOBODY, PLAN_SAMPLES, make_plan_samples

# For each address with arguments: argument -> which sample to put there.
SAMPLES: dict[str, dict[str, str]] = {
    "job": {"pk": "job"},
    "job_file": {"pk": "job"},
    "establishments:card": {"pk": "establishment"},
    "establishments:edit": {"pk": "establishment"},
    "establishments:result": {"pk": "establishment", "year": "year"},
    "entitlements:establishment": {"pk": "establishment"},
    "law:document": {"code": "document"},
    "law:document_correct": {"code": "document"},
    "law:edition": {"pk": "edition"},
    "law:edition_file": {"pk": "edition"},
    "law:edition_edit": {"pk": "draft"},
    "law:edition_adopt": {"pk": "draft"},
    "law:edition_discard": {"pk": "draft"},
    "law:edition_verify": {"pk": "draft"},
    "law:edition_provisions": {"pk": "draft"},
    "law:provision_add": {"pk": "draft"},
    "law:provision_edit": {"pk": "draft", "provision": "provision"},
    "law:provision_amend": {"pk": "draft", "provision": "provision"},
    "law:provision_move": {"pk": "draft", "provision": "provision"},
    "law:provision_remove": {"pk": "draft", "provision": "provision"},
    "law:edition_relations": {"pk": "draft"},
    "law:relation_edit": {"pk": "draft", "relation": "relation"},
    "law:relation_remove": {"pk": "draft", "relation": "relation"},
    "law:norm": {"pk": "norm"},
    "law:norm_edit": {"pk": "norm_draft"},
    "law:norm_adopt": {"pk": "norm_draft"},
    "law:norm_verify": {"pk": "norm_draft"},
    "law:norm_discard": {"pk": "norm_draft"},
    "whatif:norm": {"pk": "norm_draft"},
    "whatif:rule": {"pk": "rule_draft"},
    "whatif:edition": {"pk": "draft"},
    "law:document_json": {"code": "document"},
    "law:document_akn": {"code": "document"},
    "law:document_import_review": {"pk": "law_import"},
    "law:document_import_discard": {"pk": "law_import"},
    "law:rule": {"sort": "sort", "pk": "rule"},
    "law:rule_add": {"sort": "sort"},
    "law:rule_edit": {"sort": "sort", "pk": "rule"},
    "law:review_item": {"pk": "item"},
    "law:review_item_edit": {"pk": "item"},
    "law:duty": {"pk": "duty"},
    "law:dispatch": {"pk": "dispatch"},
    "law:reading": {"pk": "delivery"},
    "law:read": {"token": "token"},
    "law:duty_edit": {"pk": "duty"},
    "projects:card": {"pk": "project"},
    "projects:edit": {"pk": "project"},
    "projects:step": {"pk": "project", "name": "step"},
    "maps:commune": {"code": "commune"},
    "imports:template": {"kind": "kind"},
    "imports:preview": {"pk": "batch"},
    "imports:refused": {"pk": "batch"},
    "impact:columns": {"pk": "panel"},
    "impact:result": {"pk": "evaluation"},
    "impact:word": {"pk": "evaluation"},
    "impact:bundle": {"pk": "evaluation"},
    "dashboard_table": {"code": "chart"},
    **{
        f"official:{name}": {"pk": "report"}
        for name in ("report", "write", "send", "sign", "return", "correct", "word", "excel")
    },
    "official:cell": {"pk": "report", "form": "form", "row": "row", "column": "column"},
    "yearbook:edit": {"pk": "macro_figure"},
    "yearbook:verify": {"pk": "macro_figure"},
    **LIFE_SAMPLES,
    **PLAN_SAMPLES,
}
# Which samples belong to a place, and which to the person who made them.
OF_A_PLACE = {"establishment", "project", "report", "macro_figure", "commune", *LIFE_OF_A_PLACE}
OF_A_PERSON = {"job", "batch", "panel", "evaluation", "law_import", "delivery"}
# No objects, or open to all: the law is one for everybody.
OF_NOBODY = {
    "norm",
    "norm_draft",
    "rule_draft",
    "step",
    "kind",
    "year",
    "document",
    "edition",
    "draft",
    "provision",
    "relation",
    "sort",
    "rule",
    "item",
    "dispatch",
    "token",
    "duty",
    "chart",
    "form",
    "row",
    "column",
    *LIFE_OF_NOBODY,
    *PLAN_OF_NOBODY,
}


def make_establishment(commune, name="Cơ sở miến dong thử", code="THU-1", **fields):
    """A saved establishment."""
    fields = {"legal_form": "household", "founded": 2015, **fields}
    establishment = Establishment(code=code, name=name, commune=commune, **fields)
    establishment.fold()
    establishment.save()
    return establishment


def make_result(establishment, year=2023, **fields):
    """A saved yearly result."""
    fields = {"source": "survey", "entered_at": clock.now(), **fields}
    return YearlyResult.objects.create(establishment=establishment, year=year, **fields)


def make_project(*establishments, code="DA-1", year=2020, support=100_000_000, **fields):
    """A saved project for these establishments."""
    activity = ActivityType.objects.first() or ActivityType.objects.create(
        code="machinery", name="Máy móc", provision="Điều 4", valid_from=dt.date(2012, 7, 5)
    )
    fields = {"title": f"Đề án thử {code}", "fund": "local", "activity": activity, **fields}
    project = Project(
        code=code,
        accepted_year=year,
        support_amount=support,
        counterpart=support,
        total_cost=2 * support,
        **fields,
    )
    project.fold()
    project.save()
    project.establishments.set(establishments)
    return project


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


def make_batch(owner, kind="establishments", content=None, name="co-so.csv"):
    """An uploaded file that waits for confirmation; without ``content``, one new household."""
    content = content or "Tên cơ sở,Loại hình,Xã\nCơ sở mộc thử,Hộ kinh doanh,Xã Trùng Khánh\n".encode()
    batch = ImportBatch(kind=kind, owner=owner, file_name=name, sha256=hashlib.sha256(content).hexdigest())
    batch.file.save(f"{batch.id}{Path(name).suffix}", ContentFile(content), save=False)
    batch.save()
    return batch


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


def make_panel(owner):
    """An uploaded panel that waits for its question."""
    evaluation = Evaluation(owner=owner, origin=Evaluation.Origin.UPLOAD, file_name="bang.csv")
    evaluation.panel.save(f"{evaluation.id}.csv", ContentFile(panel_csv()), save=False)
    evaluation.panel_sha256 = hashlib.sha256(panel_csv()).hexdigest()
    evaluation.save()
    return evaluation


def make_evaluation(owner):
    """A panel with its question and answer."""
    evaluation = make_panel(owner)
    evaluation.settings, evaluation.result = QUESTION.as_json(), _answer()
    evaluation.save()
    return evaluation


QUESTION = Question("ma", "nam", "doanh_thu", first_support="nam_ho_tro", permutations=19)


@functools.cache
def panel_csv():
    """Twelve units in five years, four of them supported, as someone would bring it."""
    lines = ["ma,nam,doanh_thu,nam_ho_tro"]
    for unit in range(12):
        first = {0: 2020, 1: 2020, 2: 2021, 3: 2021}.get(unit, 0)
        for year in range(2018, 2023):
            gain = 25 if first and year >= first else 0
            lines.append(f"{unit},{year},{100 + 7 * unit + 3 * (year - 2018) + gain + (unit * year) % 5},{first or ''}")
    return "\n".join(lines).encode()


@functools.cache
def _answer():
    with tempfile.TemporaryDirectory() as folder:
        panel = Path(folder) / "bang.csv"
        panel.write_bytes(panel_csv())
        return evaluate(panel, QUESTION).as_json()


def make_norm_draft(owner, **fields):
    """The draft of a norm that takes over from the national one for machinery on 1 January 2027."""
    old = SupportNorm.objects.get(content__code="machinery", state="adopted")
    values = {
        "content": old.content, "level": "national", "percent": old.percent, "cap": 400_000_000, "per": "establishment",
        "valid_from": dt.date(2027, 1, 1), "document": old.document, "path": "d8.k4", "replaces": old,
    }  # fmt: skip
    return SupportNorm.objects.create(drafted_by=owner, drafted_at=clock.now(), **(values | fields))


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


def make_report(commune, owner):
    """The draft of a commune's yearly report."""
    official.load()
    kind = ReportDefinition.objects.get(sort="kind", code="commune")
    return Report.objects.create(
        kind=kind, unit=commune, period_kind="year", year=2023, drafted_by=owner, drafted_at=clock.now(),
        sections={"situation": "Có 1 đề án.", "results": "", "difficulties": "", "proposals": "", "next": ""},
    )  # fmt: skip


def make_macro_figure(province, code="poverty-rate", year=2020, **fields):
    """A figure of the province, read somewhere and verified by nobody."""
    values = {"value": Decimal("22.06"), "source": "Niên giám thử, trang 5", "entered_at": clock.now(), **fields}
    indicator, _new = MacroIndicator.objects.get_or_create(code=code, defaults={"name": "Tỷ lệ", "unit": "percent"})
    return MacroFigure.objects.create(indicator=indicator, province=province, year=year, **values)


def make_samples(commune, owner):
    """Sample name -> the value to put into the address."""
    establishment = make_establishment(commune)
    make_result(establishment)
    # Nobody has supported this one yet.
    make_result(make_establishment(commune, "Cơ sở mộc thử", "THU-8"), revenue=500_000_000)
    draft = make_document_draft(owner)
    project = make_project(establishment)
    return {
        "document": "45-2012-nd-cp",
        "edition": Edition.objects.get(document__code="45-2012-nd-cp", state="adopted").pk,
        "draft": draft.pk,
        "provision": draft.provisions.last().pk,
        "relation": draft.relations.first().pk,
        "commune": commune.code,
        "establishment": establishment.pk,
        "year": 2023,
        "project": project.pk,
        "step": "submit",
        "job": Job.objects.create(owner=owner, title="Việc thử").pk,
        "kind": "establishments",
        "sort": "rules",
        "item": make_review_item(commune.parent).pk,
        **make_dispatch(owner),
        "duty": LocalDuty.objects.filter(state="adopted").first().pk,
        "norm": SupportNorm.objects.get(content__code="machinery", state="adopted").pk,
        "norm_draft": make_norm_draft(owner).pk,
        "rule_draft": make_rule_draft(owner).pk,
        "rule": EligibilityRule.objects.filter(state="adopted").first().pk,
        "batch": make_batch(owner).pk,
        "panel": make_panel(owner).pk,
        "evaluation": make_evaluation(owner).pk,
        "law_import": make_law_import(owner).pk,
        "chart": "support",
        "report": make_report(commune, owner).pk,
        "form": "overview",
        "row": "5",
        "column": 0,
        "macro_figure": make_macro_figure(commune.parent).pk,
        **make_life_samples(establishment, project, owner),
        **make_plan_samples(owner),
    }
