import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from khuyencong.core.commands import ProductCommand, file_to_write
from khuyencong.projects.lifecycle.table import MAIN_LINE, TABLE, Fund, State, as_json, mermaid, states_of
from khuyencong.projects.money.models import Contract
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.overview import lifecycle_page


class Command(ProductCommand):
    """Ask about projects as a whole: the table of their life cycle, and whether their money balances."""

    help = "Đề án nói chung: vòng đời dưới dạng sơ đồ, bảng hay số liệu; đối chiếu tiền đến từng đồng."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
        cycle = what.add_parser("lifecycle", help="các trạng thái và các bước, đọc từ chính bảng mà hệ thống dùng")
        cycle.add_argument(
            "--format",
            choices=["mermaid", "json", "markdown"],
            default="mermaid",
            help="sơ đồ Mermaid (mặc định), số liệu JSON, hay trang sách hướng dẫn",
        )
        cycle.add_argument(
            "--fund",
            choices=[fund.value for fund in Fund],
            help="nguồn kinh phí; sơ đồ không ghi nguồn thì lấy khuyến công địa phương",
        )
        cycle.add_argument("--into", type=file_to_write, metavar="TỆP", help="ghi vào tệp thay vì ra màn hình")

        what.add_parser("balance", help="đối chiếu tiền của mọi hợp đồng, dòng kế hoạch và dự toán, đến từng đồng")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        getattr(self, f"_{what}")(**options)

    def _balance(self, **options: Any) -> None:
        found = imbalances()
        if not found:
            self.stdout.write(f"Tiền khớp đến từng đồng: đã đối chiếu {Contract.objects.count()} hợp đồng.")
            return
        for one in found:
            self.stderr.write(f"TIỀN KHÔNG KHỚP: {one}")
        raise SystemExit(1)

    def _lifecycle(self, format: str, fund: str | None, into: Path | None, **options: Any) -> None:
        if format == "markdown":
            text = lifecycle_page.markdown()
        elif format == "json":
            text = json.dumps(_as_json(Fund(fund) if fund else None), ensure_ascii=False, indent=2)
        else:
            text = mermaid(Fund(fund or Fund.LOCAL), lifecycle_page.labels())
        if into is None:
            self.stdout.write(text)
        else:
            into.write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def _as_json(fund: Fund | None) -> dict[str, object]:
    funds = [fund] if fund else list(Fund)
    labels = lifecycle_page.labels()
    reached = {state for each in funds for state in states_of(each)}
    steps = as_json(one for one in TABLE if one.funds & set(funds))
    return {
        "states": [{"code": state.value, "label": labels[state.value]} for state in State if state in reached],
        "lines": {each.value: [state.value for state in MAIN_LINE[each]] for each in funds},
        "transitions": [step | {"label": labels[str(step["name"])]} for step in steps],
    }
