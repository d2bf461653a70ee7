"""One real object for each argument an address takes, all in one commune and owned by one person."""

from khuyencong.core.queue.models import Job
from khuyencong.law.models import (
    Edition,
    EligibilityRule,
    LocalDuty,
    SupportNorm,
)
from tests.factories.establishments import make_establishment, make_result
from tests.factories.impact import make_evaluation, make_panel
from tests.factories.imports import make_batch
from tests.factories.law import (
    make_dispatch,
    make_document_draft,
    make_law_import,
    make_norm_draft,
    make_reference_update,
    make_review_item,
    make_rule_draft,
)
from tests.factories.life import LIFE_OF_A_PLACE, LIFE_OF_NOBODY, LIFE_SAMPLES, make_life_samples
from tests.factories.official import make_report
from tests.factories.planning import PLAN_OF_NOBODY, PLAN_SAMPLES, make_plan_samples
from tests.factories.projects import make_project
from tests.factories.yearbook import make_macro_figure

# For each address with arguments: argument -> which sample to put there.
SAMPLES: dict[str, dict[str, str]] = {
    "job": {"pk": "job"},
    "job_file": {"pk": "job"},
    "job_stop": {"pk": "job"},
    "job_again": {"pk": "job"},
    "work:long_work_stop": {"pk": "job"},
    "work:long_work_again": {"pk": "job"},
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
    "law:updates_seen": {"pk": "reference_update"},
    "law:rule": {"sort": "sort", "pk": "rule"},
    "law:rule_add": {"sort": "sort"},
    "law:rule_edit": {"sort": "sort", "pk": "rule"},
    "law:review_item": {"pk": "item"},
    "law:review_item_edit": {"pk": "item"},
    "law:duty": {"pk": "duty"},
    "law:dispatch": {"pk": "dispatch"},
    "law:reading": {"pk": "delivery"},
    "law:read": {"token": "token"},
    "people:address": {"proof": "proof"},
    "law:duty_edit": {"pk": "duty"},
    "projects:card": {"pk": "project"},
    "projects:edit": {"pk": "project"},
    "projects:step": {"pk": "project", "name": "step"},
    "maps:commune": {"code": "commune"},
    "imports:template": {"kind": "kind"},
    "imports:preview": {"pk": "batch"},
    "imports:columns": {"pk": "batch"},
    "imports:refused": {"pk": "batch"},
    "imports:touched": {"pk": "batch"},
    "imports:take_back": {"pk": "batch"},
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
    "reference_update",
    "sort",
    "rule",
    "item",
    "dispatch",
    "token",
    "proof",
    "duty",
    "chart",
    "form",
    "row",
    "column",
    *LIFE_OF_NOBODY,
    *PLAN_OF_NOBODY,
}


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
        "job": Job.objects.create(owner_id=owner.pk, title="Việc thử").pk,
        "kind": "establishments",
        "sort": "rules",
        "item": make_review_item(commune.parent).pk,
        **make_dispatch(owner),
        "duty": LocalDuty.objects.filter(state="adopted").first().pk,
        "norm": SupportNorm.objects.get(content__code="machinery", valid_to=None, state="adopted").pk,
        "norm_draft": make_norm_draft(owner).pk,
        "reference_update": make_reference_update().pk,
        "rule_draft": make_rule_draft(owner).pk,
        "rule": EligibilityRule.objects.filter(state="adopted").first().pk,
        "batch": make_batch(owner).pk,
        "panel": make_panel(owner).pk,
        "evaluation": make_evaluation(owner).pk,
        "law_import": make_law_import(owner).pk,
        "chart": "support",
        "proof": "het-han",
        "report": make_report(commune, owner).pk,
        "form": "overview",
        "row": "5",
        "column": 0,
        "macro_figure": make_macro_figure(commune.parent).pk,
        **make_life_samples(establishment, project, owner),
        **make_plan_samples(owner),
    }
