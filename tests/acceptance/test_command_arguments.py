"""Whatever is typed behind the name of a command, it is answered in a sentence, never with a traceback."""

import datetime as dt
from argparse import ArgumentTypeError, _SubParsersAction
from pathlib import Path

import pytest
from django.core.management import CommandError, get_commands, load_command_class
from django.core.management.base import BaseCommand

from khuyencong.core import commands

OURS = sorted(name for name, app in get_commands().items() if app.startswith("khuyencong."))
TEXTS = ["abc", "²", "9" * 30, "900,000", "700.000,5", "31/02/2026", "", "-", "\ufffe"]
PATHS = ["không/có/ở/đây", ".", "x" * 300, "\x00", ""]
READS_PATHS = (Path, commands.existing_file, commands.file_to_write)
OF_DJANGO = {action.dest for action in BaseCommand().create_parser("", "")._actions}
# What a command must be told besides what is tried.
GOOD = {
    "content": "machinery", "cost": "700.000.000", "date": "2023-06-01", "number": "45/2012/NĐ-CP", "unit": "id",
    "time": "year", "outcome": "sold", "since": "01/01/2026", "source": "thử", "role": "officer", "reason": "thử",
    "username": "ai", "text": "Trùng Khánh", "what": "results",
}  # fmt: skip


def _leaves(parser, verbs=()):
    below = [one for one in parser._actions if isinstance(one, _SubParsersAction)]
    if not below:
        yield verbs, [one for one in parser._actions if one.dest not in OF_DJANGO]
    for one in below:
        for verb, leaf in one.choices.items():
            yield from _leaves(leaf, (*verbs, verb))


def _line(action, value):
    return [f"{action.option_strings[-1]}={value}"] if action.option_strings else [value]


def _tried(name, panel):
    """Every line: one argument is wrong, the others that are needed are right."""
    for verbs, actions in _leaves(load_command_class(get_commands()[name], name).create_parser("khuyencong", name)):
        yield [*verbs, "--no-such"]
        for wrong in (one for one in actions if one.nargs != 0):
            needed = [
                _line(one, GOOD.get(one.dest, panel))
                for one in actions
                if one is not wrong and (one.required or not one.option_strings) and one.nargs != 0
            ]
            for value in PATHS if wrong.type in READS_PATHS else TEXTS:
                yield [*verbs, *_line(wrong, value), *(part for line in needed for part in line)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", OURS)
def test_no_traceback(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    panel = tmp_path / "panel.csv"
    panel.write_text("id,year,sold,first\n1,2020,5,0\n")
    tried = 0
    for line in _tried(name, str(panel)):
        if name == "up" and not any(part.startswith("--port") for part in line):
            continue  # it would serve
        command = load_command_class(get_commands()[name], name)
        command._called_from_command_line = True
        try:
            options = vars(command.create_parser("khuyencong", name).parse_args(line))
            command.execute(*options.pop("args", ()), **options)
        except SystemExit as left:
            told = capsys.readouterr().err
            assert left.code in (0, 1, 2), line
            assert "argument" not in told, (line, told)
            assert "invalid" not in told, (line, told)
        except CommandError as refused:
            assert str(refused)
        tried += 1
    assert tried


def test_arguments_are_read_as_in_a_form():
    assert commands.day("01/06/2023") == commands.day("2023-06-01") == dt.date(2023, 6, 1)
    assert commands.money("700.000.000") == commands.money("700 triệu") == 700_000_000
    for read, text, told in (
        (commands.day, "1905-01-01", "cần một ngày"),
        (commands.money, "900,000", "900000 hay 900"),
        (commands.whole(1, 9), "12", "từ 1 đến 9"),
        (commands.year, "19", "bốn chữ số"),
    ):
        with pytest.raises(ArgumentTypeError, match=told):
            read(text)
