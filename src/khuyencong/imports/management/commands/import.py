import json
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandParser

from khuyencong.core.commands import ProductCommand, is_there
from khuyencong.core.tables import workbooks
from khuyencong.core.tables.asking import KEPT, LETTERS
from khuyencong.core.tables.planning import Decision, Fate, Plan
from khuyencong.core.tables.reading import TableError
from khuyencong.imports import actions
from khuyencong.imports.batches import actions as batches
from khuyencong.people.models import User

_WORDS = {
    "new": "mới",
    "changed": "thay đổi",
    "unchanged": "không đổi",
    "duplicate": "có thể trùng",
    "error": "lỗi",
}


class Command(ProductCommand):
    help = "Nhập cơ sở, kết quả hằng năm hoặc đề án từ tệp xlsx, csv."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="LOẠI")
        for kind, words in (("establishments", "cơ sở"), ("results", "kết quả hằng năm"), ("projects", "đề án")):
            add = kinds.add_parser(kind, help=f"Nhập {words}.").add_argument
            add("file", metavar="TỆP", type=Path, help="Tệp xlsx hoặc csv.")
            add("--sheet", dest="sheets", action="append", default=[], metavar="TÊN",
                help="Tên trang tính, ghi được nhiều lần; mặc định là mọi trang không ẩn có dòng tiêu đề.")  # fmt: skip
            add("--dry-run", action="store_true", help="Chỉ cho biết sẽ làm gì, không ghi.")
            add("--only-good", action="store_true", help="Có dòng lỗi thì vẫn nhập các dòng đúng.")
            add("--bad-rows", type=Path, metavar="TỆP.xlsx", help="Ghi các dòng lỗi kèm lý do ra tệp này.")
            add("--duplicates", choices=[one.value for one in Decision], default="skip",
                help="Dòng có thể trùng: bỏ qua, cập nhật vào cơ sở đã có, hay tạo mới.")  # fmt: skip
            add("--right", action="append", default=[], metavar="Ô",
                help="Số trông lạ nhưng đúng: ghi lại như lệnh đã in ra, ghi được nhiều lần.")  # fmt: skip
            add("--all-right", action="store_true", help="Mọi số trông lạ trong tệp đều đúng.")
            add("--keep-letters", action="store_true",
                help="Giữ nguyên chữ như trong tệp, không chuyển từ TCVN3 hay VNI sang Unicode.")  # fmt: skip
            add("--as", dest="username", metavar="TÊN", help="Tên tài khoản đứng tên; không ghi thì hệ thống đứng tên.")
            add("--json", action="store_true", help="In kết quả dạng JSON.")
        template = kinds.add_parser("template", help="Ghi tệp mẫu.")
        template.add_argument("what", choices=sorted(actions.IMPORTERS))
        template.add_argument("file", metavar="TỆP.xlsx", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] == "template":
            self._template(options["what"], options["file"])
            return
        user = self._user(options["username"])
        if not is_there(options["file"]):
            self.stderr.write(f"Không có tệp {options['file']}.")
            raise SystemExit(2)
        try:
            plan = self._plan(user, options)
            if not options["json"]:
                self._tell(plan)
            if options["bad_rows"]:
                importer = actions.IMPORTERS[options["kind"]]
                content = workbooks.refused_rows(str(importer.title), importer.columns(), plan.of(Fate.ERROR))
                self._save(options["bad_rows"], content)
            written = self._write(plan, user, options)
        except (TableError, PermissionDenied) as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from error
        if options["json"]:
            self._tell_json(plan, written)
        taken = options["only_good"] and not options["dry_run"]
        if plan.of(Fate.ERROR) and not taken:
            raise SystemExit(1)

    def _plan(self, user: User | None, options: dict[str, Any]) -> Plan:
        kind, told = options["kind"], actions.answers_for(user, options["kind"])
        questions = {LETTERS: KEPT} if options["keep_letters"] else {}
        kept, plan = frozenset(options["right"]), None
        while plan is None or (options["all_right"] and not _doubted(plan) <= kept):
            kept |= _doubted(plan) if plan else frozenset()
            answers = replace(told, questions={**told.questions, **questions}, kept=kept)
            plan = actions.plan_file(kind, options["file"], user, sheets=options["sheets"], answers=answers)
        for one in options["right"]:
            if one not in plan.table.kept:
                raise TableError(f"Không có số nào đang được hỏi ở “{one}”. Hãy ghi --right đúng như lệnh đã in ra.")
        return plan

    def _write(self, plan: Plan, user: User | None, options: dict[str, Any]) -> int | None:
        """How many rows were written; None when nothing was to be or the errors forbid it."""
        if options["dry_run"]:
            if not options["json"]:
                self.stdout.write("Chạy thử: chưa ghi gì.")
            return None
        choice = actions.Choice(options["only_good"], Decision(options["duplicates"]))
        if plan.of(Fate.ERROR) and not choice.only_good:
            self.stderr.write("Có dòng lỗi nên chưa ghi gì. Sửa tệp, hoặc thêm --only-good để nhập các dòng đúng.")
            return None
        try:
            counts = batches.bring(
                options["kind"],
                options["file"],
                user,
                choice,
                self._progress,
                options["sheets"],
                plan.fingerprint(),
                plan.table.answers,
            )
        except actions.PlanChanged:
            self.stderr.write("Số liệu vừa được người khác thay đổi nên chưa ghi gì. Hãy chạy lại lệnh.")
            raise SystemExit(1) from None
        if not options["json"]:
            self.stdout.write(f"Đã ghi {counts['written']} dòng.")
            if counts[Fate.DUPLICATE] and choice.default is Decision.SKIP:
                self.stdout.write("Dòng có thể trùng đã bỏ qua; thêm --duplicates update hoặc create để nhập.")
        return counts["written"]

    def _template(self, kind: str, target: Path) -> None:
        importer = actions.IMPORTERS[kind]
        self._save(target, workbooks.template(str(importer.title), importer.columns()))
        self.stdout.write(f"Đã ghi tệp mẫu {target}.")

    def _save(self, target: Path, content: bytes) -> None:
        try:
            target.write_bytes(content)
        except (OSError, ValueError) as error:
            self.stderr.write(f"Không ghi được tệp {target}. Thư mục phải có sẵn và cho phép ghi.")
            raise SystemExit(2) from error

    def _tell_json(self, plan: Plan, written: int | None) -> None:
        told = {
            "counts": plan.counts(),
            "written": written or 0,
            "problems": [vars(problem) for planned in plan.rows for problem in planned.problems],
            "duplicates": [
                {
                    "sheet": planned.row.sheet,
                    "row": planned.row.number,
                    "label": planned.label,
                    "existing": planned.existing_label,
                }
                for planned in plan.of(Fate.DUPLICATE)
            ],
            "unknown_columns": plan.table.unknown,
            "sheets": [vars(one) for one in plan.table.choices],
            "notes": plan.table.notes,
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def _tell(self, plan: Plan) -> None:
        counts = plan.counts()
        told = ", ".join(f"{number} {_WORDS[fate]}" for fate, number in counts.items())
        self.stdout.write(f"{len(plan.rows)} dòng: {told}.")
        for one in plan.table.choices if len(plan.table.choices) > 1 else []:
            done = one.why_not or (f"đọc {one.rows} dòng" if one.read else f"để lại, {one.rows} dòng")
            self.stdout.write(f"Trang “{one.title}”: {done}.")
        for note in plan.table.notes:
            self.stdout.write(note)
        for name in plan.table.unknown:
            self.stdout.write(f"Cột “{name}” không dùng đến.")
        for planned in plan.rows:
            for one in planned.problems:
                sheet = f"Trang “{one.sheet}”, dòng" if one.sheet else "Dòng"
                place = f"{sheet} {one.row}, cột “{one.column}”"
                read = f"đọc được “{one.value}”, " if one.value else ""
                end = "" if one.message.endswith((".", "?")) else "."
                self.stdout.write(f"{place}: {read}{one.message}{end}")
                if one.doubt:
                    self.stdout.write(f"  Số này đúng thì thêm --right {shlex.quote(one.doubt)}")
            if planned.fate is Fate.DUPLICATE:
                self.stdout.write(f"Dòng {planned.row.place}: “{planned.label}” có thể là {planned.existing_label}.")

    def _progress(self, share: float, words: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{share:4.0%} {words:<30}", ending="")

    def _user(self, username: str | None) -> User | None:
        if username is None:
            return None
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            self.stderr.write(f"Không có tài khoản “{username}”.")
            raise SystemExit(2)
        return user


def _doubted(plan: Plan) -> frozenset[str]:
    return frozenset(problem.doubt for planned in plan.rows for problem in planned.problems if problem.doubt)
