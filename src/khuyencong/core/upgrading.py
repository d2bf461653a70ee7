"""Bringing the tables of the database up to this version of the product."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor


class TooOld(Exception):
    """The database was made by a version from which no way leads here. The message is for a person."""


def is_current() -> bool:
    """Whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Apply what is missing. Raises TooOld, nothing changed."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except InconsistentMigrationHistory as error:
        raise TooOld(
            "Cơ sở dữ liệu này do bản đầu tiên của phần mềm tạo ra; bản này không nâng cấp được nó và chưa thay đổi"
            " gì. Hãy giữ nguyên thư mục dữ liệu, chạy bản phần mềm cũ để tải danh sách cơ sở và kết quả hằng năm về"
            " tệp, rồi tạo hệ thống mới ở một thư mục dữ liệu khác (KHUYENCONG_DATA_DIR) và nhập các tệp ấy vào."
        ) from error
