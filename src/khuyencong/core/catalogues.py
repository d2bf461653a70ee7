"""Translations: compiled without gettext's tools, so that the product needs Python alone; refreshed with them."""

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

from khuyencong.core import reference_texts

_DATED = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid).*\n', re.MULTILINE
)

_UNWRAPPED = 1_000_000  # letters on a line
_EXTENSIONS = ["html", "txt", "py", "csv", "json"]


@dataclass(frozen=True)
class Catalogue:
    """One language's texts: how many there are, how many are translated, and how many need a second look."""

    language: str
    file: Path
    total: int
    translated: int
    fuzzy: int
    missing: list[str]


def source_files() -> list[Path]:
    """Every catalogue of the product."""
    return sorted(file for folder in settings.LOCALE_PATHS for file in folder.glob("*/LC_MESSAGES/*.po"))


def compile_stale() -> list[Path]:
    """Compile the catalogues that are newer than their compiled form, and name them."""
    done = []
    for source in source_files():
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(polib.pofile(str(source)), compiled)
            done.append(source)
    return done


def read(source: Path) -> Catalogue:
    """The state of one catalogue, with the texts of the reference files that it does not hold yet."""
    entries = [entry for entry in polib.pofile(str(source)) if not entry.obsolete]
    language, held = source.parent.parent.name, {entry.msgid for entry in entries}
    wanted = [] if language == settings.LANGUAGE_CODE else reference_texts.all_texts(settings.PACKAGE)
    absent = [text for text in wanted if text not in held]
    return Catalogue(
        language=language,
        file=source,
        total=len(entries) + len(absent),
        translated=sum(entry.translated() for entry in entries),
        fuzzy=sum(entry.fuzzy for entry in entries),
        missing=[*(entry.msgid for entry in entries if not entry.translated()), *absent],
    )


def compile_all() -> list[Catalogue]:
    """Compile every catalogue and return their states."""
    for source in source_files():
        _compile(polib.pofile(str(source)), source.with_suffix(".mo"))
    return [read(source) for source in source_files()]


class _Source(makemessages.BuildFile):
    """A file with texts; a reference file is given to gettext as its texts alone."""

    def preprocess(self) -> None:
        named = reference_texts.columns(Path()).get(self.translatable.file)  # type: ignore[attr-defined]  # its stub has no fields
        if named is None:
            super().preprocess()
            return
        lines = [f"gettext_noop({text!r})\n" for text in reference_texts.texts(Path(self.path), named)]
        Path(self.work_path).write_text("".join(lines), "utf-8")


class _Collect(makemessages.Command):
    """Source, templates and reference files.

    A text that is new stays empty: a guess from one that looks alike would only seem translated.
    """

    build_file_class = _Source

    def find_files(self, root: str) -> list[makemessages.TranslatableFile]:
        """Those of csv and JSON files that are declared."""
        declared = {Path(os.path.normpath(file)) for file in reference_texts.files(Path(root))}
        return [
            one
            for one in super().find_files(root)
            if Path(one.file).suffix not in (".csv", ".json")  # type: ignore[attr-defined]  # its stub has no fields
            or Path(os.path.normpath(one.path)) in declared  # type: ignore[attr-defined]  # as above
        ]

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def refresh(package: Path) -> None:
    """Bring every text of the package's source into its catalogues and drop those no longer used.

    Needs gettext's tools. Translations are kept; nothing but the texts differs from one day to the next.
    """
    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    with contextlib.chdir(package):
        call_command(
            _Collect(),
            locale=languages,
            extensions=_EXTENSIONS,
            no_wrap=True,
            add_location="never",
            no_obsolete=True,
            verbosity=0,
        )
    for source in source_files():
        source.write_text(_DATED.sub("", _in_order(source)), "utf-8")


def _in_order(source: Path) -> str:
    """By text, without places: a module that moves changes nothing, and two people's new texts seldom meet."""
    catalogue = polib.pofile(str(source), wrapwidth=_UNWRAPPED)
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgid, entry.msgctxt or ""))
    return str(catalogue)


def _compile(catalogue: polib.POFile, target: Path) -> None:
    # A half-written file must never be read by a server that is just starting, nor taken by one that compiles too.
    part = target.with_suffix(f".{os.getpid()}.part")
    catalogue.save_as_mofile(str(part))
    part.replace(target)
