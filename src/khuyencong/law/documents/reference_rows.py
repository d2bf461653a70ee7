import csv
import datetime as dt
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a data file of the room."""
    text = files("khuyencong.law").joinpath(f"data/{name}").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def day(text: str) -> dt.date | None:
    """A day written as 2012-07-05; None when blank."""
    return dt.date.fromisoformat(text) if text else None
