"""The handbook says what is: its links, pictures, commands, variables, table of permissions and words of the screen."""

import ast
import re
import shlex
from argparse import _SubParsersAction
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from PIL import Image

from khuyencong.core.commands import existing_file, file_to_write
from khuyencong.people.management.commands import permissions
from khuyencong.people.rules import Permission

pytestmark = pytest.mark.database_free

ROOT = Path(__file__).parents[2]
HANDBOOK = ROOT / "docs/handbook"
PAGES = sorted(HANDBOOK.glob("*.md"))
PICTURES = sorted([*HANDBOOK.glob("images/*.png"), *ROOT.glob("docs/images/*.png")])
SOURCE = ROOT / "src/khuyencong"
MOST_BYTES = 150_000


def _text(page):
    return page.read_text(encoding="utf-8")


def _prose(page):
    """The page without its blocks and pieces of code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"```.*?```", "", _text(page), flags=re.DOTALL))


def _anchors(page):
    for line in _text(page).splitlines():
        if line.startswith("#"):
            kept = re.sub(r"[^\w\s-]", "", line.lstrip("#").strip().lower())
            yield kept.replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", _text(page)):
        if target.startswith(("http://", "https://")):
            continue
        name, _hash, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.is_file(), target
        if anchor:
            assert anchor in set(_anchors(file)), target


def test_every_page_can_be_reached_from_the_contents():
    linked = set(re.findall(r"\]\(([\w-]+\.md)", _text(HANDBOOK / "README.md")))
    assert linked == {page.name for page in PAGES} - {"README.md"}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_pictures_are_small_and_whole(picture):
    assert picture.stat().st_size < MOST_BYTES
    with Image.open(picture) as image:
        image.verify()
        assert image.size[0] == 1366


def test_every_picture_of_the_handbook_is_shown():
    shown = {name for page in PAGES for name in re.findall(r"\(images/([\w-]+\.png)\)", _text(page))}
    assert shown == {picture.name for picture in HANDBOOK.glob("images/*.png")}


def test_the_table_of_permissions_is_up_to_date():
    page = HANDBOOK / "07-quyen.md"
    assert permissions.replaced(_text(page)) == _text(page), f"run: khuyencong permissions --into {page.name}"


def test_every_permission_has_words():
    assert set(permissions.WORDS) == set(Permission)


def test_the_command_puts_the_table_between_its_marks(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- khuyencong permissions -->\nold\n<!-- / khuyencong permissions -->\nafter\n")
    load_command_class("khuyencong.people", "permissions").run_from_argv(
        ["khuyencong", "permissions", "--into", str(page)]
    )
    written = page.read_text()
    assert written.startswith("before\n") and written.endswith("\nafter\n")
    assert "| Nhập từ tệp | tỉnh, xã | – | – | – | – |" in written
    assert "old" not in written


def test_every_variable_is_in_the_table_and_every_variable_in_the_table_exists():
    page = _text(HANDBOOK / "06-quan-tri.md").split("## Biến môi trường")[1].split("\n## ")[0]
    told = set(re.findall(r"`(KHUYENCONG_\w+|DATABASE_URL|CI)(?:=\w+)?`", page))
    files = [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "script").glob("*")]
    read = set()
    for file in files:
        if file.is_file() and file != Path(__file__):
            read |= set(re.findall(r"\b(KHUYENCONG_[A-Z_]+|DATABASE_URL)\b", _text(file)))
    assert told == read | {"CI"}


def _commands():
    """The command lines of all blocks, without what stands before the command itself."""
    for page in PAGES:
        for block in re.findall(r"```\n(.*?)```", _text(page), flags=re.DOTALL):
            for line in block.splitlines():
                # Variables before it, as /srv/khuyencong, are no command.
                if found := re.search(r"^(?:\w+=\S+ )*(?:\S*/)?(khuyencong|script/up)( .*)", line.strip()):
                    yield pytest.param("up" * (found[1] == "script/up") + found[2], id=f"{page.stem}: {line}")


COMMANDS = list(_commands())


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_in_the_text_are_understood(line):
    command, *arguments = shlex.split(line)
    parser = load_command_class(get_commands()[command], command).create_parser("khuyencong", command)
    _of_another_machine(parser)
    parser.parse_args(arguments)


def _of_another_machine(parser):
    """Files that the text names need not be on this one."""
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for one in set(action.choices.values()):
                _of_another_machine(one)
        elif action.type in {existing_file, file_to_write}:
            action.type = str


def test_there_are_commands_of_every_kind():
    told = {shlex.split(param.values[0])[0] for param in COMMANDS}
    assert {"up", "user", "import", "impact", "backup", "restore", "audit", "places", "permissions"} <= told


def _screen_words():
    """Every text of the product that may reach a screen: strings of its code, and its templates."""
    for file in SOURCE.rglob("*.py"):
        if "migrations" not in file.parts:
            nodes = ast.walk(ast.parse(_text(file)))
            yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    yield from (_text(file) for file in SOURCE.rglob("*.html"))


def test_words_in_bold_stand_on_the_screen():
    texts = "\n".join(_screen_words()).lower()
    bold = {(page.name, words) for page in PAGES for words in re.findall(r"\*\*(.+?)\*\*", _prose(page))}
    assert len(bold) > 100
    assert not {(page, words) for page, words in bold if words.lower() not in texts} - {("README.md", "Chữ đậm")}


def test_nothing_of_a_machine_or_a_registry_is_told():
    for page in PAGES:
        assert not re.search(r"/root/|/work/|pypi\.org|127\.0\.0\.1:8[1-9]", _text(page)), page.name
