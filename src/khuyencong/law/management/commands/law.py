import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from khuyencong.core import clock
from khuyencong.core.commands import ProductCommand, day, money, whole
from khuyencong.core.money import vnd
from khuyencong.core.validity import holds
from khuyencong.law.documents import status_wording as wording
from khuyencong.law.documents.export import akoma, record
from khuyencong.law.documents.export.contents import contents
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.queries import standing
from khuyencong.law.documents.rules.status import EffectKind, Status
from khuyencong.law.norms import queries as norms
from khuyencong.law.norms import wording as norms_wording
from khuyencong.law.norms.ceiling import Case, Ceiling, variants
from khuyencong.law.norms.models import ActivityType
from khuyencong.law.norms.rules import Area


class Command(ProductCommand):
    """Ask the law: contents, ceilings, the status of a document."""

    help = "Hỏi pháp luật về khuyến công: nội dung được hỗ trợ, mức hỗ trợ tối đa, hiệu lực của văn bản."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
        contents = what.add_parser("contents", help="liệt kê các nội dung được hỗ trợ")
        _day(contents, required=False)
        _json(contents)
        most = what.add_parser("ceiling", help="được hỗ trợ tối đa bao nhiêu, tính từng bước, theo điều nào")
        most.add_argument("--content", required=True, metavar="MÃ", help="mã nội dung (xem: khuyencong law contents)")
        most.add_argument(
            "--cost", required=True, type=money, metavar="ĐỒNG", help="chi phí được tính, ví dụ 700.000.000"
        )
        _day(most, required=True)
        most.add_argument("--province", default=settings.PROVINCE_CODE, metavar="MÃ", help="mã tỉnh; 04 là Cao Bằng")
        most.add_argument(
            "--units", type=whole(1, 100_000), default=1, metavar="SỐ", help="số cơ sở, mô hình, gian hàng ..."
        )
        most.add_argument("--condition", action="append", default=[], metavar="MÃ", help="điều kiện đạt: whole-line")
        most.add_argument("--fund", choices=["any", "national", "local"], default="any", help="nguồn kinh phí")
        most.add_argument("--area", choices=[one.value for one in Area][1:], help="địa bàn khó khăn")
        most.add_argument("--variant", default="", metavar="MÃ", help="trường hợp của nội dung, nếu có")
        _json(most)
        status = what.add_parser("status", help="văn bản có hiệu lực ra sao vào một ngày")
        status.add_argument("number", metavar="SỐ", help="số, ký hiệu: 45/2012/NĐ-CP")
        _day(status, required=False)
        _json(status)
        export = what.add_parser("export", help="xuất một văn bản ra dữ liệu: JSON hoặc Akoma Ntoso (XML)")
        export.add_argument("number", metavar="SỐ", help="số, ký hiệu hoặc mã: 45/2012/NĐ-CP")
        export.add_argument("--format", choices=["json", "akn"], default="json", help="dạng dữ liệu")
        _day(export, required=False)

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        answer, lines = getattr(self, f"_{what}")(**options)
        if options.get("json"):
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines))

    def _contents(self, date: dt.date | None, **options: Any) -> tuple[object, list[str]]:
        found = [one for one in ActivityType.objects.all() if date is None or holds(one, date)]
        answer = [
            {
                "code": one.code,
                "name": one.name,
                "provision": one.provision,
                "verified": one.verified,
                "valid_from": one.valid_from.isoformat(),
                "valid_to": one.valid_to.isoformat() if one.valid_to else None,
            }
            for one in found
        ]
        return answer, [f"{one.code:<36}{one.name}{'' if one.verified else ' (chưa xác minh)'}" for one in found]

    def _ceiling(self, content: str, cost: int, date: dt.date, **options: Any) -> tuple[object, list[str]]:
        if not ActivityType.objects.filter(code=content).exists():
            raise CommandError(f"Không có nội dung nào mang mã “{content}”. Xem: khuyencong law contents")
        case = Case(
            content=content,
            cost=cost,
            day=date,
            province=options["province"],
            units=options["units"],
            conditions=frozenset(options["condition"]),
            fund=options["fund"],
            areas=frozenset({Area(options["area"])}) if options["area"] else frozenset(),
            variant=options["variant"],
        )
        answer = norms.ceiling(case)
        warnings = [
            f"{norm.article}: văn bản đã được sửa bởi {effect.by} {wording.effect_since(effect)};"
            " mức mới chưa được nhập."
            for norm, effect in norms.doubts(answer)
        ]
        warnings += [f"Mức này không có điều kiện “{name}”; điều kiện bị bỏ qua." for name in answer.unmet]
        return _ceiling_json(answer, warnings), _ceiling_lines(answer, warnings)

    def _status(self, number: str, date: dt.date | None, **options: Any) -> tuple[object, list[str]]:
        day = date or clock.today()
        edition = _edition(number)
        document = edition.document
        found = standing.standings([edition], day)[document.pk]
        label, reasons = wording.status_label(found), wording.status_reasons(found)
        amended = [one.by for one in found.effects if one.kind is EffectKind.AMENDS]
        answer = {
            "number": document.number,
            "title": edition.title,
            "date": day.isoformat(),
            "status": found.status.value,
            "label": label,
            "partly_amended_by": amended if found.status is Status.PARTLY_EXPIRED else [],
            "reasons": reasons,
            "in_force_from": edition.in_force_from.isoformat() if edition.in_force_from else None,
            "in_force_precision": edition.in_force_precision,
            "verified": edition.verified,
        }
        return answer, [f"{document.number}, {wording.day(day)}: {label}", *reasons]

    def _export(self, number: str, date: dt.date | None, **options: Any) -> tuple[object, list[str]]:
        found = contents(_edition(number), date, clock.today())
        return None, [(record.as_json if options["format"] == "json" else akoma.as_xml)(found).rstrip()]


def _edition(number: str) -> Edition:
    document = standing.find(number)
    edition = standing.edition_of(document) if document else None
    if edition is None:
        raise CommandError(f"Không có văn bản nào mang số “{number}” trong hệ thống.")
    return edition


def _ceiling_json(answer: Ceiling, warnings: list[str]) -> dict[str, Any]:
    case = answer.case
    return {
        "content": case.content,
        "cost": case.cost,
        "date": case.day.isoformat(),
        "province": case.province,
        "units": case.units,
        "conditions": sorted(case.conditions),
        "ceiling": answer.amount,
        "reason": None if answer.norm else "no norm in force on that day",
        "verified": answer.verified,
        "steps": [
            {
                "step": one.code,
                "words": norms_wording.step(one),
                "amount": one.amount,
                "article": one.article,
                "document": one.norm.document,
                "in_force_since": one.norm.valid_from.isoformat(),
                "in_force_since_known_to": "year" if one.norm.by_year_end else "day",
                "verified": one.norm.verified,
            }
            for one in answer.steps
        ],
        "warnings": warnings,
    }


def _ceiling_lines(answer: Ceiling, warnings: list[str]) -> list[str]:
    if answer.amount is None:
        others = [name for name in variants(norms.norm_set(), answer.case.content, answer.case.day,
                                            answer.case.province) if name]  # fmt: skip
        hint = [f"Có mức cho các trường hợp: {', '.join(others)} (dùng --variant)."] if others else []
        return [
            f"Ngày {wording.day(answer.case.day)} không có mức hỗ trợ nào đang có hiệu lực cho nội dung này.",
            *hint,
        ]
    lines = [
        f"{vnd(one.amount):>20}  {norms_wording.step(one)} ({one.article}, áp dụng {norms_wording.norm_since(one.norm)}"
        f"{'' if one.norm.verified else ', chưa xác minh'})"
        for one in answer.steps
    ]
    return [f"Được hỗ trợ tối đa {vnd(answer.amount)}.", *lines, *warnings]


def _day(parser: CommandParser, required: bool) -> None:
    parser.add_argument("--date", required=required, type=day, metavar="NGÀY", help="vào ngày nào, dạng 31/12/2024")


def _json(parser: CommandParser) -> None:
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
