import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from khuyencong.core import clock
from khuyencong.core.commands import ProductCommand, day, existing_file
from khuyencong.core.files import opening
from khuyencong.reports.official import actions, definitions


class Command(ProductCommand):
    """Take the forms and kinds of report out as data, change them, and put them in force from a day on."""

    help = "Biểu mẫu và loại báo cáo định kỳ: xuất ra tệp, nhập lại bản đã sửa từ một ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        out = verbs.add_parser("export", help="In các biểu và loại báo cáo đang áp dụng, dạng JSON.")
        out.add_argument("--on", type=day, metavar="NGÀY", help="ngày cần xem, dạng 31/12/2026; mặc định hôm nay")
        back = verbs.add_parser("import", help="Áp dụng các biểu và loại báo cáo trong một tệp JSON.")
        back.add_argument("file", type=existing_file, metavar="TỆP.json")
        back.add_argument("--from", dest="since", type=day, required=True, metavar="NGÀY", help="áp dụng từ ngày nào")
        back.add_argument("--source", required=True, help="theo văn bản nào")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "export":
            held = definitions.held(options["on"] or clock.today())
            self.stdout.write(json.dumps(held, ensure_ascii=False, indent=2))
            return
        try:
            told = opening.json_of(options["file"].read_text("utf-8"))
            made = actions.replace_definitions(told, options["since"], options["source"])
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {options['file']}: {error.strerror}.") from error
        except opening.Refused as refused:
            raise CommandError(f"{options['file']} không phải JSON: {_where(refused)}.") from refused
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        for one in made:
            self.stdout.write(f"Áp dụng từ {one.valid_from:%d/%m/%Y}: {one}")
        if not made:
            self.stdout.write("Không có gì khác với bản đang áp dụng.")


def _where(refused: opening.Refused) -> str:
    why = refused.__cause__
    return f"dòng {why.lineno}, cột {why.colno}: {why.msg}" if isinstance(why, json.JSONDecodeError) else str(refused)
