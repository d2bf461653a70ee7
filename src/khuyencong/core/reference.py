"""Reference data that come with the product: tables beside the code that reads them, with source and certainty."""

import csv
import datetime as dt
from importlib.resources import files


def rows(package: str, name: str) -> list[dict[str, str]]:
    """The lines of ``data/<name>`` in a package of ours."""
    text = files(package).joinpath(f"data/{name}").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def day(text: str) -> dt.date | None:
    """A day written as 2012-07-05; None when blank."""
    return dt.date.fromisoformat(text) if text else None
