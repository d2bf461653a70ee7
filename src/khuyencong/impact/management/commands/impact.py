import json
import sys
from pathlib import Path

from django.core.management.base import CommandParser

from khuyencong.core.commands import ProductCommand, existing_file, file_to_write, whole, year
from khuyencong.impact import problem_words, reading, wording
from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question


class Command(ProductCommand):
    uses_database = False
    help = "Đo tác động của hỗ trợ từ một bảng số liệu đơn vị theo năm."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        add = verbs.add_parser("evaluate", help="Đo tác động từ tệp csv, xlsx hoặc parquet.").add_argument
        add("panel", metavar="TỆP", type=existing_file, help="Bảng số liệu: mỗi dòng một đơn vị trong một năm.")
        add("--sheet", default="", metavar="TÊN", help="Trang tính, khi tệp có nhiều trang.")
        add("--unit", required=True, metavar="CỘT", help="Cột mã đơn vị.")
        add("--time", required=True, metavar="CỘT", help="Cột năm.")
        add("--outcome", required=True, metavar="CỘT", help="Cột kết quả cần xem.")
        add("--first-support", metavar="CỘT", help="Cột năm được hỗ trợ lần đầu; trống hoặc 0 là chưa bao giờ.")
        add("--support-flag", metavar="CỘT", help="Cột 0 hoặc 1 theo năm; năm đầu tiên bằng 1 là năm được hỗ trợ.")
        add("--log", action="store_true", help="Tính theo phần trăm (lấy lô-ga-rít của kết quả).")
        add(
            "--control",
            choices=["never", "not-yet"],
            default="never",
            help="So với đơn vị không bao giờ, hay chưa được hỗ trợ.",
        )
        add("--strata", default="", metavar="CỘT,...", help="Chỉ so sánh trong cùng nhóm của các cột này.")
        add("--first-year", type=year, metavar="NĂM", help="Chỉ dùng số liệu từ năm này.")
        add("--last-year", type=year, metavar="NĂM", help="Chỉ dùng số liệu đến hết năm này.")
        add("--seed", type=whole(0, 2**31 - 1), default=Question.seed, help="Số khởi tạo ngẫu nhiên.")
        add(
            "--permutations",
            type=whole(0, 1_000_000),
            default=Question.permutations,
            help="Số lần xáo trộn; 0 là không xáo trộn.",
        )
        add("--json", metavar="TỆP", help="Ghi kết quả dạng JSON; dấu - là in ra màn hình.")
        add("--report", type=file_to_write, metavar="TỆP.docx", help="Ghi báo cáo Word.")

    def handle(self, *args: object, **options: object) -> None:
        if bool(options["first_support"]) == bool(options["support_flag"]):
            self._stop("Hãy cho biết một trong hai: --first-support hoặc --support-flag.")
        question = Question(
            unit=options["unit"],
            time=options["time"],
            outcome=options["outcome"],
            first_support=options["first_support"],
            support_flag=options["support_flag"],
            log=options["log"],
            control=options["control"],
            strata=tuple(name for name in options["strata"].split(",") if name),
            years=(options["first_year"], options["last_year"]),
            seed=options["seed"],
            permutations=options["permutations"],
        )
        try:
            result = evaluate(reading.stream(options["panel"], options["sheet"]), question, self._progress).as_json()
        except PanelError as error:
            self._stop(problem_words.sentence(error))
        outcome = f"“{question.outcome}”"
        result["verdict"]["text"] = wording.verdict(result, outcome)
        result["verdict"]["why"] = wording.reasons(result)
        try:
            if options["json"]:
                self._write_json(result, options["json"])
            if options["report"]:
                from khuyencong.impact.word_report import word_report

                options["report"].write_bytes(word_report(result, outcome, f"Số liệu: {options['panel'].name}."))
        except OSError as error:
            self._stop(f"Không ghi được tệp “{error.filename}”: {error.strerror}.")
        if options["json"] != "-":
            lines = [result["verdict"]["text"], *wording.reasons(result), *wording.findings(result)]
            lines += [f"{name}: {value}" for name, value in wording.basis(result)] + wording.warnings(result)
            self.stdout.write("\n".join(lines))

    def _write_json(self, result: wording.Result, target: str) -> None:
        text = json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False)
        if target == "-":
            self.stdout.write(text)
        else:
            Path(target).write_text(text + "\n", encoding="utf-8")

    def _progress(self, share: float, stage: str) -> None:
        if sys.stderr.isatty():
            filled = round(share * 30)
            self.stderr.write(
                f"\r[{'#' * filled}{'.' * (30 - filled)}] {share:4.0%}", ending="\n" if share >= 1 else ""
            )

    def _stop(self, message: str) -> None:
        self.stderr.write(message)
        raise SystemExit(2)
