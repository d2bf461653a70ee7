"""Small pieces of the law pages."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.law.documents import status_wording as wording
from khuyencong.law.documents import wording as document_wording
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.queries.standing import edition_of
from khuyencong.law.documents.rules import references, status

register = template.Library()

register.filter("provision_words", references.words)
register.filter("status_label", wording.status_label)
register.filter("effect_since", wording.effect_since)


@register.filter
def document_name(document: LegalDocument) -> str:
    """How a document is called: by its number, or by its title while nobody knows the number."""
    return document.number or document_wording.name(edition_of(document), document)


@register.inclusion_tag("law/tabs.html")
def law_tabs(part: str) -> dict[str, Any]:
    """The parts of the room, with the one that is open."""
    names = [
        ("library", _("Thư viện"), "law:library"),
        ("norms", _("Mức hỗ trợ"), "law:norms"),
        ("eligibility", _("Điều kiện, ưu tiên"), "law:eligibility"),
        ("review", _("Rà soát"), "law:review"),
        ("dissemination", _("Phổ biến"), "law:dissemination"),
    ]
    return {"parts": [(key, label, reverse(name)) for key, label, name in names], "open": part}


_TONES = {
    status.Status.IN_FORCE: ("done", "check-circle-fill"),
    status.Status.PARTLY_EXPIRED: ("needs", "exclamation-triangle-fill"),
    status.Status.EXPIRED: ("", "x-circle-fill"),
    status.Status.SUSPENDED: ("wrong", "x-circle-fill"),
    status.Status.NOT_YET: ("teal", "hourglass-split"),
    status.Status.UNKNOWN: ("", "info-circle"),
}


@register.inclusion_tag("law/status_chip.html")
def status_chip(standing: status.Standing) -> dict[str, Any]:
    """How a document stands, as a chip: colour, sign and word."""
    tone, sign = _TONES[standing.status]
    return {"label": wording.status_label(standing), "tone": tone, "sign": sign}
