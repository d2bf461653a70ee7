"""The texts of the reference files that screens show in every language: ``locale/reference.json`` names the columns."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DECLARED = "locale/reference.json"


def columns(package: Path) -> dict[str, list[str]]:
    """Name of a file under a ``data`` folder -> its columns (keys, in JSON) that are translated."""
    declared: dict[str, list[str]] = json.loads(package.joinpath(DECLARED).read_text("utf-8"))
    return declared


def files(package: Path) -> list[Path]:
    """The files that hold such texts."""
    return sorted(file for name in columns(package) for file in package.glob(f"**/data/{name}"))


def texts(file: Path, named: list[str]) -> list[str]:
    """The texts of one file, each once, in the order of the file."""
    content = file.read_text("utf-8")
    if file.suffix == ".json":
        found = _of_json(json.loads(content), named)
    else:
        found = (row[name] for row in csv.DictReader(content.splitlines()) for name in named)
    return list(dict.fromkeys(text for text in found if text))


def all_texts(package: Path) -> list[str]:
    """The texts of all files, each once."""
    declared = columns(package)
    return list(dict.fromkeys(text for file in files(package) for text in texts(file, declared[file.name])))


def _of_json(held: Any, named: list[str]) -> Iterator[str]:
    for key, value in held.items() if isinstance(held, dict) else enumerate(held):
        if isinstance(value, str):
            if key in named:
                yield value
        elif isinstance(value, dict | list):
            yield from _of_json(value, named)
