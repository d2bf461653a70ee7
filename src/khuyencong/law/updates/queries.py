"""An update of the reference data in words: which record, from what to what, where that comes from, whom it touches."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from khuyencong.core.history import field_words
from khuyencong.law.documents.models import Edition, LegalDocument, ReferenceUpdate
from khuyencong.law.documents.records import Certainty
from khuyencong.law.norms.models import SupportNorm
from khuyencong.law.updates import touched
from khuyencong.law.updates.touched import NormChange, Touched
from khuyencong.people.models import User

_AMOUNTS = {"percent", "cap", "per", "area"}


@dataclass(frozen=True)
class Line:
    """One field: its name, what stood there, what this version says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """One record that the update added, mended, or left as an officer has it."""

    outcome: str
    kind: str
    label: str
    url: str
    lines: tuple[Line, ...]
    source: str
    certainty: str
    projects: tuple[Touched, ...] = ()


def waiting_for_eyes() -> ReferenceUpdate | None:
    """The last update, while no officer has said that they looked at it."""
    last = ReferenceUpdate.objects.first()
    return last if last is not None and last.seen_at is None else None


def rows(user: User, update: ReferenceUpdate, outcome: str) -> list[Row]:
    """The records of one outcome, with the projects that each norm among them touches."""
    told = [one for one in update.changes if one["outcome"] == outcome]
    stored = SupportNorm.objects.in_bulk([int(one["pk"]) for one in told if one["model"] == "law.supportnorm"])
    changes = [_change(one, stored[int(one["pk"])]) for one in told if _is_norm(one) and int(one["pk"]) in stored]
    projects = touched.by(user, changes) if outcome != ReferenceUpdate.KEPT else {}
    return [_row(one, tuple(projects.get(one["pk"], ())) if _is_norm(one) else ()) for one in told]


def _is_norm(one: Mapping[str, Any]) -> bool:
    return bool(one["model"] == "law.supportnorm")


def _change(one: Mapping[str, Any], norm: SupportNorm) -> NormChange:
    before = {name: old for name, old, _new in one["fields"]}
    first = _day(before["valid_from"]) if "valid_from" in before else norm.valid_from
    last = _day(before["valid_to"]) if "valid_to" in before else norm.valid_to
    return NormChange(
        key=one["pk"],
        content=norm.content_id,
        variant=norm.variant,
        before=None if one["outcome"] == ReferenceUpdate.ADDED or first is None else (first, last),
        now=(norm.valid_from, norm.valid_to),
        same_amounts=not _AMOUNTS & before.keys(),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _row(one: Mapping[str, Any], projects: tuple[Touched, ...]) -> Row:
    model = apps.get_model(one["model"])
    return Row(
        outcome=one["outcome"],
        kind=_kinds().get(one["model"], ""),
        label=one["label"],
        url=_url(one["model"], one["pk"]),
        lines=tuple(_line(model, *field) for field in one["fields"]),
        source=one["source"],
        certainty=str(dict(Certainty.choices).get(one["certainty"], "")),
        projects=projects,
    )


def _line(model: Any, name: str, before: Any, after: Any) -> Line:
    parts = {"relations": _("Quan hệ"), "provisions": _("Điều khoản")}
    if name in parts:
        return Line(parts[name], "; ".join(before), "; ".join(after))
    label, old = field_words(model, name, before)
    return Line(capfirst(label), old, field_words(model, name, after)[1])


def _url(model: str, key: str) -> str:
    if model == "law.supportnorm":
        return reverse("law:norm", args=[key])
    if model == "law.eligibilityrule":
        return reverse("law:rule", args=["rules", key])
    if model == "law.prioritycriterion":
        return reverse("law:rule", args=["criteria", key])
    if model == "law.localduty":
        return reverse("law:duty", args=[key])
    documents: dict[str, Any] = {
        "law.legaldocument": LegalDocument.objects.filter(pk=key).values_list("code", flat=True),
        "law.edition": Edition.objects.filter(pk=key).values_list("document__code", flat=True),
    }
    code = documents[model].first() if model in documents else None
    return reverse("law:document", args=[code]) if code else ""


def _kinds() -> dict[str, str]:
    return {
        "law.edition": _("Văn bản"),
        "law.legaldocument": _("Văn bản"),
        "law.supportnorm": _("Mức hỗ trợ"),
        "law.normmultiplier": _("Mức hỗ trợ"),
        "law.parameter": _("Tham số"),
        "law.eligibilityrule": _("Điều kiện"),
        "law.prioritycriterion": _("Tiêu chí ưu tiên"),
        "law.activitytype": _("Nội dung hỗ trợ"),
        "law.eligiblegroup": _("Nhóm ngành"),
        "law.localduty": _("Yêu cầu đối với tỉnh"),
    }
