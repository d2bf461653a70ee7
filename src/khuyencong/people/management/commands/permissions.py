from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.urls import get_resolver

from khuyencong.core.commands import ProductCommand, existing_file
from khuyencong.core.four_eyes import DECISIONS
from khuyencong.people.models import RoleGrant
from khuyencong.people.rules import TABLE, Permission, Role, ScopeKind

# What each permission lets one do, as the handbook tells it.
WORDS = {
    Permission.HOME_VIEW: "Mở trang chính",
    Permission.LAW_VIEW: "Xem văn bản và định mức",
    Permission.LAW_DRAFT: "Soạn thảo văn bản, định mức",
    Permission.LAW_ADOPT: "Duyệt văn bản, định mức",
    Permission.LAW_SEND: "Gửi văn bản đến người cần biết",
    Permission.REGISTRY_VIEW: "Xem cơ sở và kết quả hằng năm, tìm kiếm, tải danh sách về",
    Permission.REGISTRY_EDIT: "Thêm, sửa hồ sơ cơ sở",
    Permission.RESULTS_EDIT: "Nhập, sửa kết quả hằng năm",
    Permission.PROJECTS_VIEW: "Xem đề án, tải danh sách về",
    Permission.PROJECTS_DRAFT: "Khảo sát, soạn và nộp đề án, báo đã khắc phục phát hiện kiểm tra",
    Permission.PROJECTS_EDIT: "Đưa đề án qua các bước, lập hội đồng, ghi hợp đồng và thu chi, lập văn bản",
    Permission.PROJECTS_DECIDE: "Quyết định về đề án, đặt tiêu chí thẩm định",
    Permission.PLAN_DRAFT: "Soạn kế hoạch, điều chỉnh kế hoạch",
    Permission.PLAN_EDIT: "Quyết định kế hoạch và điều chỉnh",
    Permission.SUPERVISION_VIEW: "Xem việc kiểm tra",
    Permission.SUPERVISION_EDIT: "Lập kế hoạch kiểm tra, đi kiểm tra, ghi và đóng phát hiện",
    Permission.SUPERVISION_APPROVE: "Duyệt kế hoạch kiểm tra",
    Permission.WORK_HAND_OVER: "Phân công cán bộ, bàn giao công việc",
    Permission.DATA_IMPORT: "Nhập từ tệp",
    Permission.IMPACT_EVALUATE: "Đo tác động",
    Permission.REPORTS_VIEW: "Xem báo cáo, bảng điều hành, bản đồ",
    Permission.REPORTS_DRAFT: "Lập báo cáo định kỳ",
    Permission.REPORTS_SIGN: "Ký báo cáo định kỳ",
    Permission.MACRO_EDIT: "Ghi số liệu kinh tế - xã hội của tỉnh",
    Permission.ORIGINALS_VIEW: "Xem ảnh gốc, còn nơi chụp và máy chụp",
    Permission.HISTORY_VIEW: "Xem lịch sử thay đổi, tên và liên hệ của chủ cơ sở",
    Permission.AUDIT_VERIFY: "Kiểm tra nhật ký ghi vết",
    Permission.JOBS_WATCH: "Xem, dừng, cho làm lại việc chạy nền của mọi người",
    Permission.KIT_VIEW: "Xem bộ thành phần của giao diện",
}
_FIRST, _LAST = "<!-- khuyencong permissions -->", "<!-- / khuyencong permissions -->"


class Command(ProductCommand):
    """Print the table of who may do what, or put it into a page of the handbook."""

    help = "Bảng quyền: vai trò nào được làm việc gì, ở cả tỉnh hay ở xã. Đọc từ chính bảng mà hệ thống dùng."
    uses_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--into", type=existing_file, metavar="TỆP.md", help="thay bảng giữa hai dấu của một trang Markdown"
        )

    def handle(self, *args: Any, into: Path | None, **options: Any) -> None:
        if into is None:
            self.stdout.write(table())
            return
        page = into.read_text(encoding="utf-8")
        if page.count(_FIRST) != 1 or page.count(_LAST) != 1:
            raise CommandError(f"Trang {into} cần có đúng một dấu {_FIRST} và một dấu {_LAST}.")
        into.write_text(replaced(page), encoding="utf-8")


def table() -> str:
    """The one table of ``rules.py`` in words, and what needs other eyes, as Markdown."""
    labels = dict(RoleGrant.RoleName.choices)
    lines = ["| Việc | " + " | ".join(str(labels[role.value]) for role in Role) + " |"]
    lines.append("|---" * (len(Role) + 1) + "|")
    for permission, holders in TABLE.items():
        reach = (_reach(holders.get(role, frozenset())) for role in Role)
        lines.append(f"| {WORDS.get(permission, permission.value)} | " + " | ".join(reach) + " |")
    get_resolver().url_patterns  # noqa: B018 -- the pages bring the rooms in, and these what they decide
    decided = sorted(str(one.what) for one in DECISIONS)
    lines += ["", "Ai đã soạn hay sửa một phần của việc sau đây thì không được quyết định việc ấy:", ""]
    return "\n".join([*lines, *(f"- {one}" for one in decided)])


def replaced(page: str) -> str:
    """The page with the table of today between its two marks."""
    before, rest = page.split(_FIRST)
    after = rest.split(_LAST)[1]
    return f"{before}{_FIRST}\n{table()}\n{_LAST}{after}"


def _reach(kinds: frozenset[ScopeKind]) -> str:
    if ScopeKind.COMMUNE in kinds:
        return "tỉnh, xã"
    return "chỉ cấp tỉnh" if kinds else "–"
