"""Files that people bring: what is in them counts, not their name. One check for every place that takes files."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from khuyencong.core.files import pictures, sentences
from khuyencong.core.files.dangers import Danger
from khuyencong.core.files.kinds import (
    CSV,
    DOCUMENTS,
    OLD_EXCEL,
    OLD_OFFICE,
    OPEN_DOCUMENT,
    OPEN_SHEET,
    PHOTOS,
    FileKind,
    Seen,
    look,
)
from khuyencong.core.files.opening import MB, Refused


class Names(Enum):
    """What the ending of a name counts for."""

    MENDED = auto()  # it must fit the content; photos get their own
    FREE = auto()  # the content alone tells


class Unmarked(Enum):
    """What becomes of content that has no mark of any kind."""

    REFUSED = auto()
    TABLE = auto()  # csv has none: its reader says where it breaks


@dataclass(frozen=True)
class Intake:
    """What one place takes: which kinds, how heavy at most, in which words it refuses."""

    taken: tuple[FileKind, ...]
    most_mb: int
    too_heavy: Callable[[sentences.Facts], str]
    refusal: Callable[[sentences.Facts, Seen], str]
    names: Names = Names.FREE
    unmarked: Unmarked = Unmarked.REFUSED
    macros: tuple[str, ...] = ()  # endings of names that own to macros, where only values are read

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of names to offer."""
        return tuple(suffix for one in self.taken for suffix in one.suffixes)


PAPERS = Intake(DOCUMENTS, 20, sentences.paper_too_heavy, sentences.paper_refused, Names.MENDED)
PICTURES = Intake(PHOTOS, 20, sentences.paper_too_heavy, sentences.paper_refused, Names.MENDED)


@dataclass(frozen=True)
class Checked:
    """A file that passed: its name without folders, its real kind, its size in bytes and its hash.

    ``copy``: of a photo, the picture written anew, without what the camera told of place and owner.
    """

    file: UploadedFile
    name: str
    type: FileKind
    size: int
    sha256: str
    copy: bytes | None = None

    @property
    def suffix(self) -> str:
        """The suffix that tells its real kind."""
        return self.type.suffixes[0]


def check(file: UploadedFile, intake: Intake = PAPERS) -> Checked:
    """Hold a file against what is taken. ValidationError says what was read, what is expected, what to do."""
    name = PurePosixPath((file.name or "").replace("\\", "/")).name
    size = file.size or 0
    facts = sentences.Facts(name, size, intake.most_mb, ", ".join(one.name for one in intake.taken))
    if not size:
        raise forms.ValidationError(sentences.empty(facts))
    if size > intake.most_mb * MB:
        raise forms.ValidationError(intake.too_heavy(facts))
    seen = look(file)
    if seen.danger is not None and not (seen.danger is Danger.MACROS and facts.suffix in intake.macros):
        raise forms.ValidationError(sentences.dangerous(seen.danger, name))
    kind = _kind(seen, intake)
    if kind is None:
        raise forms.ValidationError(intake.refusal(facts, seen))
    if intake.names is Names.MENDED:
        name = _mended(facts, kind)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    copy = _picture(file, name) if kind in PHOTOS else None
    return Checked(file, _short(name), kind, size, sha256, copy)


class UploadField(forms.FileField):
    """A file as ``Checked``; with ``several``, a list of them."""

    def __init__(self, *, intake: Intake = PAPERS, several: bool = False, **kwargs: Any) -> None:
        attrs = {"accept": kwargs.pop("accept", ",".join(intake.suffixes))}
        super().__init__(widget=_Files(attrs | {"multiple": True}) if several else forms.FileInput(attrs), **kwargs)
        self.intake, self.several = intake, several

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(UploadField, self).clean(one, initial) for one in given or [None]]
        found = [check(one, self.intake) for one in files if isinstance(one, UploadedFile)]
        if self.several:
            return found
        return found[0] if found else None


class _Files(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


def _kind(seen: Seen, intake: Intake) -> FileKind | None:
    """The kind under which it is taken."""
    if seen.kind is None:
        return CSV if intake.unmarked is Unmarked.TABLE else None
    kind = seen.kind if seen.kind in intake.taken else _ALIKE.get(seen.kind)
    if seen.oddity is not None or kind not in intake.taken:
        return None
    return kind


# What the beginning of a file does not tell apart.
_ALIKE = {OLD_OFFICE: OLD_EXCEL, OPEN_DOCUMENT: OPEN_SHEET}


def _picture(file: UploadedFile, name: str) -> bytes:
    try:
        return pictures.anew(file.read())
    except Refused as refused:
        raise forms.ValidationError(sentences.broken_picture(name, refused)) from refused
    finally:
        file.seek(0)


def _mended(facts: sentences.Facts, kind: FileKind) -> str:
    if PurePosixPath(facts.name).suffix.lower() in kind.suffixes:
        return facts.name
    if kind not in PHOTOS:
        raise forms.ValidationError(sentences.named_otherwise(facts, kind))
    return PurePosixPath(facts.name).stem + kind.suffixes[0]  # phones often give a photo the other name


def _short(name: str, most: int = 200) -> str:
    path = PurePosixPath("".join(letter for letter in name if letter.isprintable()))
    return path.stem[: most - len(path.suffix)] + path.suffix
