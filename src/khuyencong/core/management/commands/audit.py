import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection

from khuyencong.core import audit
from khuyencong.core.addresses import number_in
from khuyencong.core.audit import guard
from khuyencong.core.commands import ProductCommand
from khuyencong.core.models import AuditHead, AuditRecord

_PROBLEMS = {
    "changed": "nội dung bản ghi số {seq} đã bị sửa",
    "missing": "thiếu bản ghi số {seq}: đã bị gỡ khỏi chuỗi",
    "inserted": "bản ghi số {seq} không do hệ thống ghi: đã bị chèn vào chuỗi",
    "head": "dấu niêm phong ở cuối chuỗi (bản ghi số {seq}) không phải của hệ thống này",
}


class Command(ProductCommand):
    """Check the audit trail, or take over one that another installation sealed."""

    help = "Kiểm tra nhật ký ghi vết: mọi thay đổi dữ liệu, nối thành một chuỗi không sửa được."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
        verify = actions.add_parser("verify", help="kiểm tra cả chuỗi, chỉ ra mắt xích hỏng đầu tiên")
        verify.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        verify.add_argument(
            "--expect", metavar="SỐ:MÃ", help="bản ghi phải có, theo số và mã đã chép lại lần kiểm tra trước"
        )
        reseal = actions.add_parser("reseal", help="niêm phong lại khi đã mất khóa của hệ thống")
        reseal.add_argument("--reason", required=True, help="lý do, được ghi vào nhật ký")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "verify":
            self._verify(options["json"], options["expect"])
        else:
            self._reseal(options["reason"])

    def _verify(self, as_json: bool, expected: str | None) -> None:
        verdict = audit.verify()
        broken = verdict.broken or (_unlike(expected) if expected else None)
        guarded = guard.in_place(connection)
        problem = _PROBLEMS[broken.problem].format(seq=broken.seq) if broken else ""
        if as_json:
            answer = {
                "sound": broken is None,
                "records": verdict.records,
                "head": f"{verdict.records}:{verdict.head}",
                "broken_at": broken.seq if broken else None,
                "problem": broken.problem if broken else None,
                "message": problem,
                "guarded": guarded,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif broken is None:
            self.stdout.write(f"Nhật ký nguyên vẹn: đã kiểm tra {verdict.records} bản ghi.")
            self.stdout.write(f"Mã cuối chuỗi, nên chép lại để đối chiếu: {verdict.records}:{verdict.head}")
        else:
            self.stderr.write(f"NHẬT KÝ BỊ HỎNG: {problem}.")
            self.stderr.write(f"Các bản ghi đứng trước mắt xích ấy nguyên vẹn ({verdict.records} bản ghi).")
        if not guarded:
            self.stderr.write("Chú ý: khóa chống sửa của bảng nhật ký trong cơ sở dữ liệu không còn đủ.")
        if broken is not None:
            raise SystemExit(1)

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
    entry = AuditRecord.objects.filter(pk=wanted).first()
    if entry is None:
        return audit.Break(wanted, "missing")
    return None if entry.hash == digest else audit.Break(wanted, "changed")
