import json
from dataclasses import asdict
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.db import connection

from khuyencong.core import audit
from khuyencong.core.addresses import number_in
from khuyencong.core.audit import guard, noted, replay
from khuyencong.core.backup import heads
from khuyencong.core.commands import ProductCommand
from khuyencong.core.models import AuditHead

_PROBLEMS = {
    "changed": "nội dung bản ghi số {seq} đã bị sửa",
    "missing": "thiếu bản ghi số {seq}: đã bị gỡ khỏi chuỗi",
    "inserted": "bản ghi số {seq} không do hệ thống ghi: đã bị chèn vào chuỗi",
    "waiting": "có bản ghi đang chờ vào chuỗi (sau bản ghi số {before}) bị sửa, bị chèn hoặc thiếu một phần",
    "anchor": "tệp neo cuối chuỗi, giữ ngoài cơ sở dữ liệu, đã mất hoặc không do hệ thống này ký",
    "head": "dấu niêm phong ở cuối chuỗi (bản ghi số {seq}) không phải của hệ thống này",
}

_ROWS = {
    "changed": "DỮ LIỆU KHÁC NHẬT KÝ: {name}: {columns}.",
    "missing": "DỮ LIỆU KHÁC NHẬT KÝ: {name} không còn, nhật ký không ghi việc xóa.",
    "unrecorded": "DỮ LIỆU KHÁC NHẬT KÝ: {name} có trong bảng, nhật ký không ghi việc thêm.",
}


class Command(ProductCommand):
    """Check the audit trail, or take over one that another installation sealed."""

    help = "Kiểm tra nhật ký ghi vết: mọi thay đổi dữ liệu, nối thành một chuỗi không sửa được."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
        verify = actions.add_parser("verify", help="kiểm tra cả chuỗi, chỉ ra mắt xích hỏng đầu tiên")
        verify.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        verify.add_argument("--tables", action="store_true", help="đối chiếu cả các bảng dữ liệu với nhật ký")
        verify.add_argument(
            "--expect", metavar="SỐ:MÃ", help="bản ghi phải có, theo số và mã đã chép lại lần kiểm tra trước"
        )
        reseal = actions.add_parser("reseal", help="niêm phong lại khi đã mất khóa của hệ thống")
        reseal.add_argument("--reason", required=True, help="lý do, được ghi vào nhật ký")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "verify":
            self._verify(options["json"], options["expect"], options["tables"])
        else:
            self._reseal(options["reason"])

    def _verify(self, as_json: bool, expected: str | None, tables: bool) -> None:
        verdict = audit.verify()
        broken = verdict.broken or audit.unlike_anchor() or (_unlike(expected) if expected else None)
        beside, what = (None, "") if broken else (heads.unlike_backups(), "bản sao lưu")
        if not (broken or beside):
            beside, what = noted.unlike_noted(), "mã cuối nhật ký ghi trong"
        broken = beside[1] if beside else broken
        rows = list(replay.differences()) if tables else []
        guarded = guard.in_place(connection)
        problem = _PROBLEMS[broken.problem].format(seq=broken.seq, before=broken.seq - 1) if broken else ""
        if beside:
            problem = f"{problem} (đối chiếu với {what} {beside[0]})"
        if as_json:
            answer = {
                "sound": broken is None,
                "records": verdict.records,
                "head": f"{verdict.records}:{verdict.head}",
                "broken_at": broken.seq if broken else None,
                "problem": broken.problem if broken else None,
                "message": problem,
                "guarded": guarded,
                "rows": [asdict(one) for one in rows],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif broken is None:
            self.stdout.write(f"Nhật ký nguyên vẹn: đã kiểm tra {verdict.records} bản ghi.")
            self.stdout.write(f"Mã cuối chuỗi, nên chép lại để đối chiếu: {verdict.records}:{verdict.head}")
        else:
            self.stderr.write(f"NHẬT KÝ BỊ HỎNG: {problem}.")
            self.stderr.write(f"Các bản ghi đứng trước mắt xích ấy nguyên vẹn ({verdict.records} bản ghi).")
        if tables and not as_json:
            self._tell_rows(rows)
        if not guarded:
            self.stderr.write("Chú ý: khóa chống sửa của bảng nhật ký trong cơ sở dữ liệu không còn đủ.")
        if broken is not None or rows:
            raise SystemExit(1)

    def _tell_rows(self, rows: list[replay.Difference]) -> None:
        if not rows:
            self.stdout.write("Các bảng dữ liệu khớp với nhật ký.")
        for one in rows:
            self.stderr.write(_ROWS[one.what].format(name=_name(one), columns=", ".join(one.names)))

    def _reseal(self, reason: str) -> None:
        with audit.writing(None):
            head = AuditHead.objects.filter(pk=1).first() or AuditHead(pk=1)
            before = {"seq": head.seq, "hash": head.hash}
            try:
                audit.reseal(None, audit.Change("reseal", head, None, {"reason": reason, "before": before}))
            except ValueError as error:
                raise CommandError(f"Không niêm phong lại được: chuỗi bị hỏng ở giữa ({error}).") from error
        self.stdout.write("Đã niêm phong lại và ghi việc này vào nhật ký.")


def _unlike(expected: str) -> audit.Break | None:
    number, _colon, digest = expected.partition(":")
    wanted = number_in(number)
    if wanted is None or len(digest) != len(audit.GENESIS):
        raise CommandError(f"Mã đối chiếu phải có dạng SỐ:MÃ, đã đọc: {expected}")
    return audit.unlike(wanted, digest)


def _name(one: replay.Difference) -> str:
    model = apps.get_model(one.model)
    return f"{model._meta.verbose_name} số {one.pk} ({one.model})"
