"""Yearly results from a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.labels import label_of
from khuyencong.core.tables import amounts, cells
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.doubting import doubt_far, doubt_small
from khuyencong.core.tables.planning import Fate, Plan, Planned, differences
from khuyencong.core.tables.reading import Row, Table
from khuyencong.core.tables.staging import Ready
from khuyencong.establishments import wording
from khuyencong.establishments.importing import actions, codes
from khuyencong.establishments.importing.matching import Register
from khuyencong.establishments.importing.places import Places
from khuyencong.establishments.importing.registry import COMMUNE, DISTRICT, WORKERS
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.establishments.rules import result_problems
from khuyencong.people.models import User

_BATCH = 1000
_SOURCES = {"Điều tra": "survey", "Phiếu khảo sát": "survey", "Thuế": "tax", "Chi cục thuế": "tax"}
_LEAST = 100_000  # what the middle one of a column of yearly amounts reaches, in VND
_LEAST_OF = {"tax_paid": 10_000, "profit": 10_000}
_COUNTS = ("workers", "women", "ethnic_minority")


class ResultImporter:
    """One row for each establishment and year."""

    kind = "results"

    @property
    def title(self) -> str:
        """The name of the table."""
        return _("Kết quả hằng năm")

    def columns(self) -> list[Column]:
        """What can be brought in. A blank cell is missing, and leaves what is known as it is."""
        sources = {str(code): str(label) for code, label in YearlyResult.Source.choices}
        named = {name: label_of(YearlyResult, name) for name in YearlyResult.MEASURES}
        measures = [_measure(name, label) for name, label in named.items()]
        return [
            Column("code", _("Số đăng ký"), codes.register_numbers(), help=_("số đăng ký của cơ sở"),
                   aliases=("Số ĐK", "Mã cơ sở"), example="CB-00012", width=12),
            Column("tax_code", _("Mã số thuế"), codes.tax_code, settle=codes.settle_tax_codes,
                   help=_("nếu không ghi số đăng ký"), aliases=("MST",), example=""),
            Column("name", _("Tên cơ sở"), help=_("nếu không có số đăng ký và mã số thuế"), example="", width=34),
            Column("commune", _("Xã, phường"), help=_("đi cùng tên cơ sở"), aliases=COMMUNE, example=""),
            Column("district", _("Huyện cũ"), help=_("chỉ cần khi ghi tên xã cũ"), aliases=DISTRICT, example=""),
            Column("year", _("Năm"), cells.year, required=True, help=_("năm của kết quả"), example=2023, width=8),
            *measures,
            Column("source", _("Nguồn số liệu"), options=sources, required=True, help=_("số liệu lấy từ đâu"),
                   aliases=("Nguồn",), other_options=_SOURCES, example=sources["survey"]),
        ]  # fmt: skip

    def plan(self, table: Table, user: User | None) -> Plan:
        """New, changed, unchanged or wrong; nothing is written."""
        columns = [column for column in self.columns() if column.key in (*YearlyResult.MEASURES, "source")]
        places, register = Places(user), Register()
        owners = {id(row): self._owner(table, row, places, register) for row in table.rows}
        wanted = {owner.pk for owner in owners.values() if owner is not None}
        existing = {
            (one.establishment_id, one.year): one
            for one in YearlyResult.objects.all()
            if one.establishment_id in wanted
        }
        history = _history(existing.values())
        doubt_small(table, columns)
        seen: dict[tuple[int, int], Row] = {}
        this_year = clock.today().year
        planned = []
        for row in table.rows:
            owner, year = owners[id(row)], row.values.get("year")
            known = existing.get((owner.pk, year)) if owner and year else None
            if owner and year:
                first = seen.setdefault((owner.pk, year), row)
                if first is not row:
                    table.refuse(row, "year", _("trùng cơ sở và năm với dòng %(row)s") % {"row": first.place})
                self._check(table, row, owner, known, this_year)
                doubt_far(table, row, columns, _nearest(history.get(owner.pk, []), year))
            planned.append(self._fate(row, owner, known, columns))
        return Plan(table, planned)

    def ready(self, rows: list[Planned], user: User | None) -> Ready:
        """The rows as they are to stand."""
        return actions.RegistrySwitch(actions.stage_results(rows, user))

    def _owner(self, table: Table, row: Row, places: Places, register: Register) -> Establishment | None:
        values = row.values
        commune = places.of(table, row)
        found = register.find(values.get("code", ""), values.get("tax_code", ""), values.get("name", ""), commune)
        column = next((key for key in ("code", "tax_code", "name") if values.get(key)), "code")
        if not found:
            table.refuse(row, column, _("cần số đăng ký, mã số thuế, hoặc tên và xã của một cơ sở đã có"))
            return None
        if len(found) > 1:
            table.refuse(row, column, _("có %(n)s cơ sở cùng tên ở xã này; cần số đăng ký") % {"n": len(found)})
            return None
        if not places.reaches(found[0].commune):
            table.refuse(row, column, _("cơ sở này thuộc %(c)s, ngoài phạm vi của bạn") % {"c": found[0].commune.name})
            return None
        return found[0]

    def _check(self, table: Table, row: Row, owner: Establishment, known: YearlyResult | None, this_year: int) -> None:
        after = {name: row.values.get(name, getattr(known, name, None)) for name in YearlyResult.MEASURES}
        for problem in result_problems(after, row.values["year"], owner.founded, this_year):
            table.refuse(row, problem.field, wording.problem_expected(problem))

    def _fate(
        self, row: Row, owner: Establishment | None, known: YearlyResult | None, columns: list[Column]
    ) -> Planned:
        label = f"{owner.name}, {row.values.get('year', '')}" if owner else row.values.get("name", "")
        if row.problems or owner is None:
            return Planned(row, Fate.ERROR, label)
        given: dict[str, Any] = {c.key: row.values[c.key] for c in columns if c.key in row.values}
        values = {**given, "establishment_id": owner.pk, "year": row.values["year"]}
        if known is None:
            return Planned(row, Fate.NEW, label, values=values)
        changes = differences(columns, {column.key: getattr(known, column.key) for column in columns}, given)
        fate = Fate.CHANGED if changes else Fate.UNCHANGED
        return Planned(row, fate, label, known.pk, label, changes, values)


def _history(results: Iterable[YearlyResult]) -> dict[int, list[YearlyResult]]:
    found: dict[int, list[YearlyResult]] = {}
    for one in results:
        found.setdefault(one.establishment_id, []).append(one)
    return found


def _nearest(results: list[YearlyResult], year: int) -> list[tuple[str, dict[str, Any]]]:
    """What is known of an establishment, the years next to this one first."""
    return [
        (_("số liệu năm %(year)s của cơ sở") % {"year": one.year}, vars(one))
        for one in sorted(results, key=lambda one: abs(one.year - year))
    ]


def _measure(name: str, label: str) -> Column:
    heading = label[:1].upper() + label[1:]
    if name in _COUNTS:
        aliases = WORKERS if name == "workers" else ()
        return Column(name, heading, cells.people, help=_("số người"), aliases=aliases, example=6)
    return Column(
        name,
        heading,
        amounts.balance if name == "profit" else amounts.amount,
        help=_("đồng, cả năm; thu nhập bình quân là đồng một tháng"),
        example=850000000,
        money=True,
        least=_LEAST_OF.get(name, _LEAST),
    )
