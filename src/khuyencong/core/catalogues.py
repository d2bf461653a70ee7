"""Translations compiled without gettext's tools, so that the product needs Python alone."""

from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings


@dataclass(frozen=True)
class Catalogue:
    """One language's texts: how many there are, how many are translated, and how many need a second look."""

    language: str
    file: Path
    total: int
    translated: int
    fuzzy: int


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
    )


def compile_all() -> list[Catalogue]:
    """Compile every catalogue and return their states."""
    for source in source_files():
        _compile(polib.pofile(str(source)), source.with_suffix(".mo"))
    return [read(source) for source in source_files()]


def _compile(catalogue: polib.POFile, target: Path) -> None:
    # A half-written file must never be read by a server that is just starting.
    part = target.with_suffix(".part")
    catalogue.save_as_mofile(str(part))
    part.replace(target)
