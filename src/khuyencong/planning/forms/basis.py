"""The legal basis as check boxes: what may be rested on, what the plan rests on already."""

import datetime as dt

from django.utils.text import Truncator

from khuyencong.core.forms import KnownChoices
from khuyencong.law.models import LegalDocument
from khuyencong.planning.models import AnnualPlan, PeriodPlan
from khuyencong.planning.queries.basis import Basis, basis_on, offered, usual


class BasisField(KnownChoices):
    """Documents of the library in force today, and those that are chosen whatever became of them."""

    def prepare(self, plan: AnnualPlan | PeriodPlan | None, day: dt.date) -> None:
        """Offer the documents of the day, with those of the plan, or what plans usually rest on, ticked."""
        chosen = list(plan.legal_basis.all()) if plan else usual(day)
        known = offered(day)
        there = {one.document.pk for one in known}
        gone = basis_on([one for one in chosen if one.pk not in there], day)
        self.choices = [(str(one.document.pk), _label(one)) for one in [*known, *gone]]
        self.initial = [str(one.pk) for one in chosen]

    def documents(self, keys: list[str]) -> tuple[LegalDocument, ...]:
        """The documents behind the ticks."""
        return tuple(LegalDocument.objects.filter(pk__in=[int(key) for key in keys]))


def _label(one: Basis) -> str:
    if one.edition is None:
        return f"{one.document} ({one.words})"
    name = f"{one.edition}: {Truncator(one.edition.title).chars(70)}" if one.edition.numbered else one.edition.title
    return f"{name} ({one.words.lower()})" if one.refused else name
