"""The file to bring in, and what was typed on the page that corrects its proposal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from khuyencong.core.addresses import numbers_in
from khuyencong.core.files import sentences
from khuyencong.core.files.intake import Intake, UploadField
from khuyencong.core.files.kinds import JSON, PDF, WORD
from khuyencong.law.documents.forms.editions import EditionForm
from khuyencong.law.documents.importing.proposal import TYPED
from khuyencong.law.documents.models import Provision, Relation
from khuyencong.law.documents.rules.references import read_words

_MOST_LETTERS = 200_000  # of one box; what is longer is no provision


class ImportFileForm(forms.Form):
    """A document as its issuer published it, or as a system of ours exported it."""

    file = UploadField(
        intake=Intake((WORD, PDF, JSON), 20, sentences.document_too_heavy, sentences.document_refused),
        label=_("Tệp văn bản"),
        help_text=_("Word (.docx), PDF có chữ, hoặc JSON do hệ thống này xuất ra; nhiều nhất 20 MB."),
    )
    keep_letters = forms.BooleanField(
        label=_("Giữ nguyên chữ như trong tệp"),
        required=False,
        help_text=_("Chỉ đánh dấu khi hệ thống đã chuyển nhầm: chữ trong tệp giống TCVN3 hay VNI mà không phải."),
    )


class HeadForm(EditionForm):
    """The facts of the document; the file is here already."""

    upload = None

    GROUPS = [
        (title, why, names) for title, why, names in EditionForm.GROUPS if "upload" not in names
    ]  # fmt: skip


def kinds() -> list[tuple[str, str]]:
    """The ranks of provisions to choose from."""
    return [(value, capfirst(label)) for value, label in Provision.Kind.choices]


def relation_kinds() -> list[tuple[str, str]]:
    """What one document may do to another."""
    return [(value, capfirst(label)) for value, label in Relation.Kind.choices]


def typed_head(data: QueryDict, names: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the head as they were typed."""
    return {name: data.get(name, "")[:_MOST_LETTERS] for name in names}


def typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    """The provisions on the page, in their order."""
    ranks = set(Provision.Kind.values)
    rows = []
    for key in _keys(data, "row"):
        row: dict[str, Any] = {"key": key}
        for name in TYPED:
            row[name] = data.get(f"{name}-{key}", "").replace("\r\n", "\n").strip()[:_MOST_LETTERS]
        row["label"], row["heading"] = (" ".join(row[name].split()) for name in ("label", "heading"))
        if row["kind"] in ranks:
            rows.append(row)
    return rows


def take_relations(data: QueryDict, relations: list[dict[str, Any]]) -> None:
    """Put what was typed about the relations into them; ticks too."""
    typed = set(_keys(data, "relation"))
    ranks = set(Relation.Kind.values)
    for one in relations:
        key = one["key"]
        if key not in typed:
            continue
        kind, number, place = (
            " ".join(data.get(f"rel-{name}-{key}", "").split())[:200] for name in ("kind", "number", "target_path")
        )
        reference = read_words(place)
        one["kind"] = kind if kind in ranks else one["kind"]
        one["number"], one["target_path"] = number, reference.path if reference else place
        one["on"] = f"on-{key}" in data


def _keys(data: QueryDict, name: str) -> list[int]:
    return numbers_in(data.getlist(name))
