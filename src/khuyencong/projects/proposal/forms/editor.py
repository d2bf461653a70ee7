"""A proposal being written: its fields, its establishments, its estimate and the money of other programmes, as one."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from khuyencong.core.addresses import numbers_in
from khuyencong.establishments.models import Establishment
from khuyencong.people import assignments
from khuyencong.people.models import User
from khuyencong.people.queries import within
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.proposal.actions import Content, Line
from khuyencong.projects.proposal.asked import Asked
from khuyencong.projects.proposal.forms.fields import ProposalForm
from khuyencong.projects.proposal.forms.rows import BlendedRows, LineRows, Rows, shown
from khuyencong.projects.proposal.norm_options import COUNTED
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import establishments_of
from khuyencong.projects.survey.models import Survey

MOST_PICKED = 50


class Editor:
    """What is kept of a proposal, or what was typed over it."""

    def __init__(
        self, user: User, today: dt.date, data: QueryDict | None = None, project: Project | None = None,
        begun: Content | None = None,
    ) -> None:  # fmt: skip
        self.user, self.project = user, project
        instance = project or Project(state=State.DRAFT.value)
        initial = dict(begun.values) if begun else {}
        self.form = ProposalForm(instance, today, data, initial=initial)
        self.lines = shown(LineRows, "lines", self._lines(begun), data)
        self.blended = shown(BlendedRows, "blended", self._blended(begun), data)
        self.picked, self.unknown = self._picked(data, begun)
        self.fixed = instance.state == State.ADJUSTED

    def is_valid(self) -> bool:
        """Whether everything that was typed can be kept; an unfinished proposal can."""
        parts = [self.form.is_valid(), self.lines.is_valid(), self.blended.is_valid()]
        if self.unknown:
            self.form.add_error(None, _("Có cơ sở không tìm thấy hoặc ngoài phạm vi của bạn; cơ sở ấy đã được bỏ ra."))
        elif not self.picked:
            self.form.add_error(None, _("Cần ít nhất một cơ sở thụ hưởng."))
        return all(parts) and self.form.is_valid()

    def content(self) -> Content:
        """What to keep."""
        values = {name: self.form.cleaned_data[name] for name in self.form.Meta.fields}
        if self.form.options.per in COUNTED:
            values["units"] = max(1, len(self.picked))
        return Content(
            values,
            tuple(self.picked),
            [row.line() for row in self.lines.filled()],
            [row.blended() for row in self.blended.filled()],
        )

    def asked(self) -> Asked | None:
        """What can be read of it so far; None while nobody knows what it is about."""
        known = self._known
        content = known.get("activity")
        if content is None:
            return None
        counted = self.form.options.per in COUNTED
        return Asked(
            establishments=tuple(self.picked),
            activity=content,
            fund=known.get("fund") or "any",
            cost=self.costs or self.sources,
            support=known.get("support_amount") or 0,
            units=max(1, len(self.picked)) if counted else known.get("units") or 1,
            conditions=frozenset(known.get("conditions") or ()),
            variant=known.get("variant") or self.form.options.variant(""),
            things=tuple(line.name for line in self.known_lines),
            key=self.project.pk if self.project else None,
        )

    @property
    def known_lines(self) -> list[Line]:
        """The lines that can be read."""
        if self.lines.is_bound:
            return [row.line() for row in self.lines.readable()]
        return [Line(**row.initial) for row in self.lines if row.initial]

    @property
    def costs(self) -> int:
        """What the lines come to, in VND; a line counts as soon as its quantity and price can be read."""
        return sum(row.known_amount or 0 for row in self.lines)

    @property
    def sources(self) -> int:
        """What the sources come to, in VND."""
        known = self._known
        others = sum(row.known_amount or 0 for row in self.blended)
        return (known.get("support_amount") or 0) + (known.get("counterpart") or 0) + others

    @property
    def row_sets(self) -> tuple[Rows, Rows]:
        """The lines of the estimate, and the money of other programmes."""
        return self.lines, self.blended

    @property
    def unread(self) -> int:
        """How many rows have no amount yet."""
        bound = [rows for rows in self.row_sets if rows.is_bound]
        return sum(row.known_amount is None for rows in bound for row in rows.filled())

    @property
    def blank_texts(self) -> list[str]:
        """What the letters of a proposal tell and nobody has written yet."""
        known = self._known
        return [
            str(self.form[name].label) for name in ("goals", "scope", "starts_on", "ends_on") if not known.get(name)
        ]

    @cached_property
    def _known(self) -> dict[str, Any]:
        if self.form.is_bound:
            self.form.is_valid()
            return self.form.cleaned_data
        known = {name: self.form.get_initial_for_field(field, name) for name, field in self.form.fields.items()}
        return known | {"activity": self.form.content}

    def _lines(self, begun: Content | None) -> list[dict[str, Any]]:
        names = ("name", "unit", "quantity", "unit_price", "price_source")
        rows = self.project.cost_lines.all() if self.project else begun.lines if begun else ()
        return [{name: getattr(row, name) for name in names} for row in rows]

    def _blended(self, begun: Content | None) -> list[dict[str, Any]]:
        rows = self.project.blended_funding.all() if self.project else begun.blended if begun else ()
        return [
            {"programme": getattr(row, "programme_id", "") or row.programme, "name": row.name, "amount": row.amount}
            for row in rows
        ]

    def _picked(self, data: QueryDict | None, begun: Content | None) -> tuple[list[Establishment], bool]:
        present = {one.pk: one for one in establishments_of(self.project)} if self.project else {}
        if data is None:
            wanted = list(present) or [one.pk for one in begun.establishments] if begun else list(present)
        else:
            told = [*data.getlist("beneficiaries"), *data.getlist("pick")]
            dropped = set(data.getlist("drop"))
            wanted = numbers_in(key for key in told if key not in dropped)
        asked = wanted[:MOST_PICKED]
        mine = Establishment.objects.filter(within(self.user, Permission.PROJECTS_DRAFT))
        others = mine.select_related("commune__parent", "eligible_group")
        found = others.in_bulk([key for key in asked if key not in present])
        found |= {key: present[key] for key in asked if key in present}
        return [found[key] for key in wanted if key in found], len(found) < len(wanted)


def begun_from(survey: Survey | None, establishment: Establishment | None, user: User, today: dt.date) -> Content:
    """What a new proposal starts with: the findings of a survey, or just the establishment."""
    found = survey.establishment if survey else establishment
    officer = assignments.assigned_on(today).filter(unit=found.commune_id).first() if found else None
    values: dict[str, Any] = {
        "implementer": settings.INSTALLATION.centre,
        "responsible": officer.user_id if officer else user.pk,
    }
    content = Content(values, (found,) if found else ())
    if survey is None:
        return content
    wanted = " ".join(survey.wanted.split())
    values |= {"goals": survey.need, "scope": survey.wanted, "counterpart": survey.counterpart}
    if wanted:
        values["title"] = (_("Hỗ trợ %(what)s") % {"what": wanted[:1].lower() + wanted[1:]})[:300]
    if wanted and survey.estimated_cost:
        return replace(content, lines=(Line(wanted[:200], _("cái"), Decimal(1), survey.estimated_cost),))
    return content
