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

_DATED = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid).*\n', re.MULTILINE
)


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
    """The state of one catalogue."""
    entries = [entry for entry in polib.pofile(str(source)) if not entry.obsolete]
    return Catalogue(
        language=source.parent.parent.name,
        file=source,
        total=len(entries),
        translated=sum(entry.translated() for entry in entries),
        fuzzy=sum(entry.fuzzy for entry in entries),
        missing=[entry.msgid for entry in entries if not entry.translated()],
    )


def compile_all() -> list[Catalogue]:
    """Compile every catalogue and return their states."""
    for source in source_files():
        _compile(polib.pofile(str(source)), source.with_suffix(".mo"))
    return [read(source) for source in source_files()]


class _Collect(makemessages.Command):
    """A text that is new stays empty: a guess from one that looks alike would only seem translated."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def refresh(package: Path) -> None:
    """Bring every text of the package's source into its catalogues and drop those no longer used.

    Needs gettext's tools. Translations are kept; nothing but the texts differs from one day to the next.
    """
    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    with contextlib.chdir(package):
        call_command(_Collect(), locale=languages, no_wrap=True, add_location="file", no_obsolete=True, verbosity=0)
    for source in source_files():
        source.write_text(_DATED.sub("", source.read_text("utf-8")), "utf-8")


def _compile(catalogue: polib.POFile, target: Path) -> None:
    # A half-written file must never be read by a server that is just starting, nor taken by one that compiles too.
    part = target.with_suffix(f".{os.getpid()}.part")
    catalogue.save_as_mofile(str(part))
    part.replace(target)
