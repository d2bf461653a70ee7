"""What every command of the product is made of, and how what is typed behind its name is read: as a form would."""

import datetime as dt
import re
from argparse import Action, ArgumentTypeError, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from khuyencong.core import numbers, upgrading
from khuyencong.core.days import read_day
from khuyencong.core.money import read_vnd
from khuyencong.core.text import clean

# What Python says of an argument, and what we say.
_SENTENCES = [
    (r"the following arguments are required: (.+)", "Còn thiếu: {0}."),
    (r"unrecognized arguments: (.+)", "Không có tham số này: {0}."),
    (r"argument ([^:]+): invalid choice: '?(.*?)'? \(choose from (.+)\)", "{0}: đọc được “{1}”, cần một trong: {2}."),
    (r"argument ([^:]+): expected .*argument.*", "{0}: thiếu giá trị đi kèm."),
    (r"argument ([^:]+): (not allowed with argument .+)", "{0}: không dùng cùng lúc với tham số kia."),
    (r"ambiguous option: (\S+) could match (.+)", "“{0}” có thể là {1}; hãy viết đủ."),
    (r"argument ([^:]+): (.+)", "{0}: {1}"),
]


class ProductCommand(BaseCommand):
    """A command that people wait for: Django's checks of the code, a second each time, are made by script/test.

    From a shell it names the database it works on, and never makes an empty one by asking.
    """

    requires_system_checks: list[str] = []
    uses_database = True
    makes_database: Literal["never", "the first", "again"] = "never"
    from_shell = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django makes the parser itself; ours differs in how it refuses."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        _speak_our_words(parser)
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """As a person calls it."""
        self.from_shell = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Say first which database it is. Texts are cleaned as they are at the door of a form."""
        if self.from_shell and self.uses_database:
            self._require_database()
            self.stderr.write(f"Cơ sở dữ liệu: {settings.INSTALLATION.database_name}", lambda line: line)
        try:
            return super().execute(*args, **{name: _cleaned(value) for name, value in options.items()})
        except DatabaseError as error:
            if not self.from_shell or upgrading.is_current():
                raise
            raise CommandError(
                "Cơ sở dữ liệu này chưa được nâng lên bản phần mềm đang dùng. Hãy chạy: khuyencong up --no-serve"
            ) from error

    def _require_database(self) -> None:
        ours = settings.INSTALLATION
        file = ours.sqlite_file
        if file is None or file.exists() or self.makes_database == "again":
            return
        if ours.kept:
            raise CommandError(
                f"Không thấy cơ sở dữ liệu {file} mà {ours.file} nêu. Không tạo cái trống thay vào: hãy để tệp ấy về"
                " chỗ cũ, hoặc khôi phục bản sao lưu: khuyencong restore TỆP"
            )
        if self.makes_database == "never":
            raise CommandError(
                f"Chưa có hệ thống nào ở thư mục {ours.folder}. Đặt KHUYENCONG_DATA_DIR là thư mục dữ liệu"
                " của hệ thống, hoặc tạo hệ thống mới: khuyencong up"
            )


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return clean(value) if isinstance(value, str) else value


class _Parser(CommandParser):
    """Says in one sentence what was read and what was expected."""

    def error(self, message: str) -> NoReturn:
        told = in_words(message)
        if not self.called_from_command_line:
            raise CommandError(told)
        self.exit(2, f"{told}\nXem cách dùng: {self.prog} --help\n")


def _speak_our_words(parser: CommandParser) -> None:
    parser.__class__ = _Parser
    actions: list[Action] = parser._actions
    for below in (one for one in actions if isinstance(one, _SubParsersAction)):
        for verb in below.choices.values():
            _speak_our_words(verb)


def in_words(message: str) -> str:
    """A sentence of Python's about arguments, in ours."""
    for theirs, ours in _SENTENCES:
        if found := re.fullmatch(theirs, message, re.DOTALL):
            return ours.format(*found.groups())
    return message


def day(text: str) -> dt.date:
    """A day: 15/10/2025 or 2025-10-15."""
    found = read_day(text)
    if found is None:
        raise ArgumentTypeError(f"đọc được “{text}”, cần một ngày dạng 15/10/2025 hoặc 2025-10-15.")
    return found


def money(text: str) -> int:
    """Whole VND in any way people write it."""
    return _number(text, lambda: read_vnd(text, numbers.VIETNAMESE), "cần số tiền bằng đồng, ví dụ 500.000.000.")


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(text: str) -> int:
        within = f"từ {least} đến {most}" if least else f"không âm, nhiều nhất {most}"
        expected = f"cần một số nguyên {within}."
        value = _number(text, lambda: int(numbers.read(text)), expected)
        if not least <= value <= most:
            raise ArgumentTypeError(f"đọc được “{text}”, {expected}")
        return value

    return read


def year(text: str) -> int:
    """A year of four digits."""
    if not re.fullmatch("[12][0-9]{3}", text):
        raise ArgumentTypeError(f"đọc được “{text}”, cần một năm bốn chữ số, ví dụ 2019.")
    return int(text)


def existing_file(text: str) -> Path:
    """A file that is there."""
    path = Path(text)
    if not is_there(path):
        raise ArgumentTypeError(f"không có tệp “{text}”.")
    return path


def is_there(path: Path) -> bool:
    """Whether there is such a file."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no system has
        return False


def file_to_write(text: str) -> Path:
    """A file that can be written: its folder is there, and it is no folder itself."""
    path = Path(text)
    try:
        fits = path.parent.is_dir() and not path.is_dir() and bool(path.name) and text.isprintable()
    except (OSError, ValueError):
        fits = False
    if not fits:
        raise ArgumentTypeError(f"không ghi được tệp “{text}”; thư mục phải có sẵn.")
    return path


def _number(text: str, read: Callable[[], int], expected: str) -> int:
    try:
        return read()
    except numbers.TwoReadings as why:
        raise ArgumentTypeError(f"đọc được “{text}”, cần {why}.") from why
    except ValueError as why:
        raise ArgumentTypeError(f"đọc được “{text}”, {expected}") from why
