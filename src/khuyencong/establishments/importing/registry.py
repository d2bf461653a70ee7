"""Establishments from a spreadsheet."""

from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.language import every_form
from khuyencong.core.tables import amounts, cells
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.doubting import doubt_far, doubt_small
from khuyencong.core.tables.planning import Fate, Plan, Planned, differences, refuse_too_long
from khuyencong.core.tables.reading import Row, Table
from khuyencong.core.tables.staging import Ready
from khuyencong.core.text import fold
from khuyencong.establishments.importing import actions, codes
from khuyencong.establishments.importing.matching import Register
from khuyencong.establishments.importing.places import Places
from khuyencong.establishments.importing.repeats import Repeats
from khuyencong.establishments.models import Establishment, Industry
from khuyencong.law.models import EligibleGroup
from khuyencong.people.models import User

_BATCH = 500

# How people write the forms, and headings that several tables share.
_FORMS = {
    **dict.fromkeys(("Hộ KD", "HKD", "Hộ KD cá thể", "Hộ kinh doanh cá thể", "Hộ cá thể"), "household"),
    "HTX": "cooperative",
    **dict.fromkeys(("Liên hiệp HTX", "LHHTX"), "cooperative-union"),
    **dict.fromkeys(("THT", "Tổ HT"), "cooperative-group"),
    **dict.fromkeys(
        ("DN", "DNTN", "DN tư nhân", "Doanh nghiệp tư nhân", "TNHH", "Công ty TNHH", "Cty TNHH", "Công ty TNHH MTV",
         "Công ty TNHH 1TV", "Công ty TNHH một thành viên", "Công ty TNHH hai thành viên trở lên",
         "Công ty trách nhiệm hữu hạn", "Công ty trách nhiệm hữu hạn một thành viên", "Công ty CP", "CTCP", "Cty CP",
         "Công ty cổ phần", "Công ty hợp danh"),
        "enterprise",
    ),
}  # fmt: skip
COMMUNE = ("Xã", "Xã/phường", "Địa bàn", "Xã phường thị trấn", "Tên xã", "Tên xã, phường", "Xã/phường/thị trấn")
DISTRICT = ("Huyện", "Quận/huyện", "Huyện/thành phố", "Huyện, thành phố", "Huyện/TP", "Huyện, TP", "Huyện, thị xã")
WORKERS = ("Số lao động", "Số LĐ", "LĐ", "Tổng số lao động", "Số người lao động", "Lao động bình quân")

_YES_NO: dict[bool | None, str | None] = {True: "yes", False: "no", None: None}


class EstablishmentImporter:
    """One row for each establishment."""

    kind = "establishments"

    @property
    def title(self) -> str:
        """The name of the table."""
        return _("Cơ sở")

    def columns(self) -> list[Column]:
        """What can be brought in."""
        forms = {str(code): str(label) for code, label in Establishment.LegalForm.choices}
        status = {str(code): str(label) for code, label in Establishment.Status.choices}
        groups = {one.code: _(one.name) for one in EligibleGroup.objects.all()}
        yes_no = {"yes": _("Có"), "no": _("Không")}
        return [
            Column("code", _("Số đăng ký"), codes.register_numbers(), help=_("số đã cấp; để trống khi là cơ sở mới"),
                   aliases=("Số ĐK", "Mã cơ sở"), example="CB-00012", width=12),
            Column("name", _("Tên cơ sở"), required=True, help=_("tên trong giấy đăng ký"),
                   aliases=("Tên", "Tên cơ sở CNNT", "Tên cơ sở công nghiệp nông thôn", "Tên cơ sở sản xuất",
                            "Tên doanh nghiệp", "Tên DN", "Tên đơn vị", "Tên cơ sở, doanh nghiệp", "Tên DN, HTX",
                            "Tên cơ sở sản xuất kinh doanh", "Tên doanh nghiệp, cơ sở"),
                   example="Cơ sở miến dong Bản Mẫu", width=38),
            Column("legal_form", _("Loại hình"), required=True, options=forms, help=_("loại hình của cơ sở"),
                   other_options=_FORMS,
                   aliases=("Loại hình cơ sở", "Loại hình DN", "Loại hình doanh nghiệp", "Loại hình tổ chức",
                            "Loại hình kinh tế", "Loại hình kinh doanh", "Loại hình sản xuất kinh doanh"),
                   example=forms["household"]),
            Column("tax_code", _("Mã số thuế"), codes.tax_code, settle=codes.settle_tax_codes,
                   help=_("10, 13 hoặc 12 chữ số; để dạng chữ để giữ số 0 ở đầu"),
                   aliases=("MST", "Mã số DN", "Mã số doanh nghiệp", "Mã số thuế/CCCD"), example="", width=16),
            Column("commune", _("Xã, phường"), required=True, help=_("tên hiện nay hoặc tên trước 01/07/2025"),
                   aliases=COMMUNE, example="Thị trấn Trùng Khánh", width=26),
            Column("district", _("Huyện cũ"), help=_("chỉ cần khi ghi tên xã cũ"), aliases=DISTRICT,
                   example="Trùng Khánh"),
            Column("address", _("Thôn, xóm, đường"), help=_("địa chỉ trong xã"),
                   aliases=("Địa chỉ", "Thôn, xóm", "Xóm", "Thôn", "Tổ, xóm"), example="Xóm 1"),
            Column("industry", _("Ngành nghề"), _industry_text, help=_("mã ngành 4 chữ số (VSIC 2018) hoặc tên ngành"),
                   aliases=("Mã ngành", "Ngành", "Ngành nghề SXKD", "Ngành nghề sản xuất kinh doanh",
                            "Ngành nghề kinh doanh", "Ngành nghề sản xuất"),
                   example="1074", width=30),
            Column("eligible_group", _("Nhóm ngành được hưởng"), options=groups, help=_("nhóm ngành của Điều 5"),
                   example=next(iter(groups.values()), ""), width=30),
            Column("founded", _("Năm thành lập"), cells.year, help=_("bốn chữ số"), aliases=("Năm TL",), example=2015,
                   width=12),
            Column("workers", _("Lao động"), cells.people, help=_("số người đang làm việc"), aliases=WORKERS, example=8,
                   width=10),
            Column("capital", _("Vốn đăng ký"), amounts.amount, money=True, least=100_000, help=_("đồng"),
                   aliases=("Vốn", "Vốn điều lệ", "Vốn ĐK", "Vốn đăng ký kinh doanh", "Số vốn"), example=500000000),
            Column("products", _("Sản phẩm chính"), help=_("cách nhau bằng dấu phẩy"), aliases=("Sản phẩm",),
                   example="Miến dong", width=28),
            Column("local_material", _("Dùng nguyên liệu tại chỗ"), options=yes_no,
                   help=_("có hoặc không; để trống nếu chưa biết"), aliases=("Nguyên liệu tại chỗ",),
                   example=yes_no["yes"], width=12),
            Column("owner_name", _("Chủ cơ sở"), help=_("họ và tên"), example="Nông Văn Mẫu", width=22,
                   aliases=("Chủ doanh nghiệp", "Chủ hộ", "Người đại diện", "Đại diện", "Người đại diện pháp luật",
                            "Người đại diện theo pháp luật")),
            Column("phone", _("Điện thoại"), codes.phone, help=_("để dạng chữ để giữ số 0 ở đầu"), width=14,
                   aliases=("Số điện thoại", "SĐT", "Số ĐT", "ĐT", "Điện thoại liên hệ"), example=""),
            Column("email", _("Thư điện tử"), _email, aliases=("Email",), help=_("địa chỉ thư"), example=""),
            Column("latitude", _("Vĩ độ"), cells.decimal, help=_("độ thập phân"), example=22.84, width=10),
            Column("longitude", _("Kinh độ"), cells.decimal, help=_("độ thập phân"), example=106.5, width=10),
            Column("status", _("Tình trạng"), options=status, help=_("để trống là đang hoạt động"),
                   example=status["active"]),
            Column("note", _("Ghi chú"), help=_("nếu có"), example=""),
        ]  # fmt: skip

    def plan(self, table: Table, user: User | None) -> Plan:
        """New, changed, unchanged, possibly a duplicate, or wrong; nothing is written."""
        columns = self.columns()
        places, register = Places(user), Register()
        industries: dict[str, Industry] = {}
        for one in Industry.objects.filter(level=Industry.Level.CLASS):
            industries |= dict.fromkeys((one.code, *map(fold, every_form(one.name))), one)
        groups = {one.code: one.pk for one in EligibleGroup.objects.all()}
        repeats = Repeats(table)
        planned = []
        doubt_small(table, columns)
        for row in table.rows:
            values = self._values(table, row, places, industries, groups)
            repeats.refuse_same_keys(row, values)
            planned.append(self._fate(table, row, values, register, places, columns))
            repeats.refuse_same_target(planned[-1])
        return Plan(table, planned)

    def ready(self, rows: list[Planned], user: User | None) -> Ready:
        """The rows as they are to stand."""
        return actions.RegistrySwitch(actions.stage_establishments(rows, user))

    def _values(
        self, table: Table, row: Row, places: Places, industries: dict[str, Industry], groups: dict[str, int]
    ) -> dict[str, Any]:
        """The values as the model stores them; problems are noted on the row."""
        looked_up = ("commune", "district", "industry", "eligible_group")
        values = {key: value for key, value in row.values.items() if key not in looked_up}
        commune = places.of(table, row)
        if commune is not None:
            full = ", ".join(part for part in (row.values["commune"], row.values.get("district")) if part)
            values["commune"] = commune
            if fold(full) != fold(commune.name):
                values["place_as_given"] = full[:200]
        if "industry" in row.values:
            known = industries.get(row.values["industry"]) or industries.get(fold(row.values["industry"]))
            if known is None:
                table.refuse(row, "industry", _("cần mã ngành 4 chữ số của VSIC 2018 hoặc tên ngành"))
            else:
                values["industry_id"] = known.pk
        if "eligible_group" in row.values:
            values["eligible_group_id"] = groups[row.values["eligible_group"]]
        if "local_material" in values:
            values["local_material"] = values["local_material"] == "yes"
        self._refuse_what_cannot_be(table, row, values)
        refuse_too_long(table, row, Establishment)
        return values

    @staticmethod
    def _refuse_what_cannot_be(table: Table, row: Row, values: dict[str, Any]) -> None:
        if values.get("founded", 0) > clock.today().year:
            table.refuse(row, "founded", _("cần một năm đã đến"))
        if ("latitude" in values) != ("longitude" in values):
            table.refuse(row, "latitude" if "longitude" in values else "longitude", _("cần cả vĩ độ và kinh độ"))
        for name, limit in (("latitude", 90), ("longitude", 180)):
            if abs(values.get(name, 0)) > limit:
                table.refuse(row, name, _("cần số từ -%(limit)s đến %(limit)s") % {"limit": limit})

    def _fate(
        self, table: Table, row: Row, values: dict[str, Any], register: Register, places: Places, columns: list[Column]
    ) -> Planned:
        label = values.get("name", "")
        if row.problems:
            return Planned(row, Fate.ERROR, label)
        match = register.match(values.get("code", ""), values.get("tax_code", ""), label, values["commune"])
        if match is None:
            return Planned(row, Fate.NEW, label, values=values)
        one = match.establishment
        if not places.reaches(one.commune):
            table.refuse(row, "name", _("cơ sở này đang thuộc %(c)s, ngoài phạm vi của bạn") % {"c": one.commune.name})
            return Planned(row, Fate.ERROR, label)
        tax_code = values.get("tax_code", "")
        holder = register.by_tax_code.get(tax_code)
        if holder is not None and holder != one:
            told = _("mã số thuế này đã thuộc về “%(name)s” (%(code)s)") % {"name": holder.name, "code": holder.code}
            table.refuse(row, "tax_code", told)
            return Planned(row, Fate.ERROR, label)
        doubt_far(table, row, columns, [(_("số đang có của cơ sở"), {"capital": one.capital})])
        if row.problems:
            return Planned(row, Fate.ERROR, label)
        changes = self._changes(columns, one, values)
        told = f"{one.name}, {one.commune.name} ({one.code})"
        if not changes:
            return Planned(row, Fate.UNCHANGED, label, one.pk, told)
        if match.certain:
            return Planned(row, Fate.CHANGED, label, one.pk, told, changes, values)
        return Planned(row, Fate.DUPLICATE, label, one.pk, told, changes, values, not tax_code or holder is None)

    def _changes(self, columns: list[Column], one: Establishment, values: dict[str, Any]) -> list[tuple[str, str, str]]:
        before = {column.key: getattr(one, column.key, None) for column in columns}
        before |= {"industry": one.industry_id, "eligible_group": one.eligible_group_id, "commune": one.commune.name}
        after = {key: value for key, value in values.items() if key in before}
        after["commune"] = values["commune"].name
        for known in (before, after):
            if "local_material" in known:
                known["local_material"] = _YES_NO[known["local_material"]]
        for name in ("industry", "eligible_group"):
            if f"{name}_id" in values:
                after[name] = values[f"{name}_id"]
        # A group or an industry is compared by key and told by name.
        found = differences([c for c in columns if c.key not in ("industry", "eligible_group")], before, after)
        for name, model in (("industry", Industry), ("eligible_group", EligibleGroup)):
            if name in after and after[name] != before[name]:
                names: dict[Any, str] = {
                    row.pk: str(row) for row in model.objects.filter(pk__in=[after[name], before[name]])
                }
                label = next(column.label for column in columns if column.key == name)
                found.append((label, names.get(before[name], ""), names[after[name]]))
        return found


def _industry_text(raw: cells.Raw) -> str:
    written = cells.text(raw)
    if isinstance(raw, int | float) and len(written) == 3:
        written = written.zfill(4)
    return written


def _email(raw: cells.Raw) -> str:
    written = cells.text(raw)
    if written.count("@") != 1 or "." not in written.split("@")[1]:
        raise ValueError(_("một địa chỉ thư, ví dụ ten@coquan.vn"))
    return written
