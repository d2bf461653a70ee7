"""Projects from a spreadsheet."""

from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.tables import amounts, cells
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.doubting import doubt_small
from khuyencong.core.tables.planning import Fate, Plan, Planned, differences, refuse_too_long
from khuyencong.core.tables.reading import Row, Table
from khuyencong.core.tables.staging import Ready
from khuyencong.establishments.importing.matching import Register
from khuyencong.establishments.models import Establishment
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.money.models import Contract
from khuyencong.projects.past.actions import writing as past
from khuyencong.projects.past.actions.importing import Projects
from khuyencong.projects.past.actions.records import WHOLE, is_record
from khuyencong.projects.past.actions.writing import Told
from khuyencong.projects.past.rules import Event, Past
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.rules import money_problem, year_problem

_PLAIN = ("title", "fund", "accepted_year", "support_amount", "counterpart", "total_cost", "note")
_MONEY: dict[str, Any] = {"money": True, "least": 100_000}
_FUNDS = {
    **dict.fromkeys(("KCQG", "KC QG", "KC quốc gia", "Khuyến công QG", "Quốc gia", "NSTW"), "national"),
    **dict.fromkeys(
        ("KCĐP", "KC ĐP", "KC địa phương", "Khuyến công ĐP", "Địa phương", "NSĐP", "Ngân sách tỉnh"), "local"
    ),
}
_PAST = ("state", *(event.value for event in Event), "blended", "contract_number", "paid")


class ProjectImporter:
    """One row for each project; several establishments are separated by semicolons."""

    kind = "projects"

    @property
    def title(self) -> str:
        """The name of the table."""
        return _("Đề án")

    def columns(self) -> list[Column]:
        """What can be brought in."""
        funds = {str(code): str(label) for code, label in Project.Fund.choices}
        activities = {one.code: _(one.name) for one in ActivityType.objects.all()}
        return [
            Column("code", _("Số đề án"), required=True, help=_("số hoặc ký hiệu, không trùng"), example="DA-2019-03"),
            Column("title", _("Tên đề án"), required=True, help=_("tên trong quyết định"), aliases=("Tên", "Đề án"),
                   example="Hỗ trợ máy sấy miến dong", width=44),
            Column("establishments", _("Cơ sở thụ hưởng"), required=True, aliases=("Cơ sở",),
                   help=_("số đăng ký hoặc mã số thuế, cách nhau bằng dấu chấm phẩy"), example="CB-00012", width=26),
            Column("activity", _("Nội dung hỗ trợ"), required=True, options=activities, aliases=("Nội dung",),
                   help=_("nội dung khuyến công"), example=activities.get("machinery", ""), width=36),
            Column("fund", _("Nguồn kinh phí"), required=True, options=funds, other_options=_FUNDS,
                   help=_("quốc gia hoặc địa phương"), aliases=("Nguồn", "Nguồn vốn"), example=funds["local"]),
            Column("accepted_year", _("Năm nghiệm thu"), cells.year, help=_("để trống nếu chưa nghiệm thu"),
                   example=2019),
            Column("support_amount", _("Kinh phí hỗ trợ"), amounts.amount, **_MONEY, required=True, help=_("đồng"),
                   aliases=("Hỗ trợ", "KP hỗ trợ", "Kinh phí khuyến công", "Kinh phí KC hỗ trợ"), example=150000000),
            Column("counterpart", _("Vốn đối ứng"), amounts.amount, **_MONEY, required=True, help=_("đồng"),
                   aliases=("Đối ứng", "Vốn đối ứng của cơ sở"), example=250000000),
            Column("total_cost", _("Tổng kinh phí"), amounts.amount, **_MONEY, required=True,
                   aliases=("Tổng KP", "Tổng kinh phí thực hiện"), help=_("đồng, gồm cả hai phần trên"),
                   example=400000000),
            Column("note", _("Ghi chú"), help=_("nếu có"), example=""),
            *self._past_columns(),
        ]  # fmt: skip

    def _past_columns(self) -> list[Column]:
        """How far the project came, when, and what was paid; all of it may be left out."""
        states = {str(code): str(label) for code, label in Project.State.choices}
        return [
            Column("state", _("Trạng thái"), options=states, example=states["archived"], width=24,
                   help=_("để trống thì theo năm và các ngày bên cạnh")),
            Column("approved_on", _("Ngày phê duyệt"), cells.day, help=_("nếu biết"), example="12/03/2019"),
            Column("contracted_on", _("Ngày ký hợp đồng"), cells.day, help=_("nếu biết"), example="05/04/2019"),
            Column("accepted_on", _("Ngày nghiệm thu"), cells.day, help=_("nếu biết"), example="20/09/2019"),
            Column("settled_on", _("Ngày quyết toán"), cells.day, help=_("nếu biết"), example="15/12/2019"),
            Column("blended", _("Vốn lồng ghép"), amounts.amount, money=True, example="",
                   help=_("đồng; để trống thì lấy phần còn lại của tổng kinh phí")),
            Column("contract_number", _("Số hợp đồng"), help=_("nếu còn lưu"), example="03/HĐKC-2019"),
            Column("paid", _("Số tiền đã chi"), amounts.amount, money=True, help=_("đồng, nếu biết"),
                   example=150000000),
        ]  # fmt: skip

    def plan(self, table: Table, user: User | None) -> Plan:
        """New, changed, unchanged or wrong; nothing is written."""
        columns, register = self.columns(), Register()
        existing = {
            one.code.upper(): one
            for one in Project.objects.select_related("activity").prefetch_related("establishments__commune")
        }
        activities = {one.code: one.pk for one in ActivityType.objects.all()}
        seen: dict[str, Row] = {}
        planned = []
        doubt_small(table, columns)
        for row in table.rows:
            owners = self._owners(table, row, register, user)
            code = row.values.get("code", "").upper()
            if code and seen.setdefault(code, row) is not row:
                table.refuse(row, "code", _("trùng với dòng %(row)s của cùng tệp") % {"row": seen[code].place})
            known = existing.get(code)
            self._check(table, row, known, user)
            made = None if row.problems else self._past(table, row, known)
            planned.append(self._fate(table, row, owners, known, activities, columns, made))
        return Plan(table, planned)

    def ready(self, rows: list[Planned], user: User | None) -> Ready:
        """The projects, which are written one by one, each with its audit records."""
        return Projects(rows, user)

    def _owners(self, table: Table, row: Row, register: Register, user: User | None) -> list[Establishment]:
        found = []
        for part in row.values.get("establishments", "").replace(",", ";").split(";"):
            key = part.strip()
            if not key:
                continue
            one = register.named(key)
            if one is None:
                table.refuse(row, "establishments", _("“%(key)s” không phải cơ sở đã có") % {"key": key})
            elif user is not None and not may(user, Permission.PROJECTS_EDIT, one.commune):
                table.refuse(row, "establishments", _("“%(key)s” nằm ngoài phạm vi của bạn") % {"key": key})
            else:
                found.append(one)
        if not found and "establishments" in row.values and not row.problems:
            table.refuse(row, "establishments", _("cần ít nhất một cơ sở đã có"))
        return list(dict.fromkeys(found))

    def _check(self, table: Table, row: Row, known: Project | None, user: User | None) -> None:
        if year_problem(row.values.get("accepted_year"), clock.today().year):
            table.refuse(row, "accepted_year", _("cần một năm đã đến; để trống nếu chưa nghiệm thu"))
        members = known.establishments.all() if known else ()
        if user and not all(may(user, Permission.PROJECTS_EDIT, one.commune) for one in members):
            table.refuse(row, "code", _("đề án này có cơ sở nằm ngoài phạm vi của bạn"))
        names = ("support_amount", "counterpart", "total_cost")
        amounts: list[int] = [row.values[name] for name in names if row.values.get(name) is not None]
        if len(amounts) == len(names) and money_problem(*amounts) is not None:
            table.refuse(row, "total_cost", _("cần ít nhất bằng kinh phí hỗ trợ cộng vốn đối ứng"))
        refuse_too_long(table, row, Project)
        number = row.values.get("contract_number", "")
        most = Contract._meta.get_field("number").max_length
        if most and len(number) > most:
            table.refuse(row, "contract_number", _("cần nhiều nhất %(most)s ký tự") % {"most": most})

    def _past(self, table: Table, row: Row, known: Project | None) -> Past:
        """What the row tells of the project's past, over what is known of it; says what cannot be."""
        told = Told(
            State(row.values["state"]) if row.values.get("state") else None,
            {event: row.values[event.value] for event in Event if row.values.get(event.value)},
            row.values.get("blended"),
            row.values.get("contract_number", ""),
            row.values.get("paid"),
        )
        before = past.known_of(known) if known else None
        values = {name: row.values.get(name, getattr(known, name, None)) for name in WHOLE}
        made = past.complete(values, told, before, clock.today())
        for name, expected in past.refusals(made, told, before, clock.today()).items():
            table.refuse(row, name, expected)
        return made

    def _fate(
        self,
        table: Table,
        row: Row,
        owners: list[Establishment],
        known: Project | None,
        activities: dict[str, int],
        columns: list[Column],
        made: Past | None,
    ) -> Planned:
        label = row.values.get("title", "")
        if row.problems or made is None:
            return Planned(row, Fate.ERROR, label)
        values: dict[str, Any] = {name: row.values[name] for name in _PLAIN if name in row.values}
        values |= {"code": row.values["code"], "activity_id": activities[row.values["activity"]], "owners": owners}
        values["past"] = made
        if known is None:
            return Planned(row, Fate.NEW, label, values=values)
        values["code"] = known.code
        before = {name: getattr(known, name) for name in _PLAIN} | {"activity": known.activity.code}
        before["establishments"] = "; ".join(sorted(one.code for one in known.establishments.all()))
        before |= _shown(past.known_of(known), known)
        after = {name: values[name] for name in _PLAIN if name in values} | {"activity": row.values["activity"]}
        after["establishments"] = "; ".join(sorted(one.code for one in owners))
        after |= {name: row.values[name] for name in _PAST if row.values.get(name) not in (None, "")}
        if made.state.value != known.state:
            after["state"] = made.state.value  # it follows from the days, told or not
        changed = {name for name in after if after[name] != before.get(name)}
        if changed - {"note"} and not is_record(known):
            for name in changed - {"note"}:
                table.refuse(row, name, _("đề án đang chạy trong hệ thống, cần giữ nguyên"))
            return Planned(row, Fate.ERROR, label)
        changes = differences(columns, before, after)
        fate = Fate.CHANGED if changes else Fate.UNCHANGED
        return Planned(row, fate, label, known.pk, f"{known.title} ({known.code})", changes, values)


def _shown(known: Told, project: Project) -> dict[str, Any]:
    """What is known of a past, by column."""
    return {
        "state": project.state,
        "blended": project.blended,
        "contract_number": known.contract_number,
        "paid": known.paid,
        **{event.value: day for event, day in known.days.items()},
    }
