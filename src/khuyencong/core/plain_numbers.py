"""A number between the tags of a page is for people (1.201), a number inside a tag is for machines (1201).

Django writes every number that a template prints in the local form, in addresses, values and identifiers too, and a
record from the thousandth on was not found again. Here a template is read so that what it prints inside a tag, apart
from the words of an attribute that people read, is written plainly, whoever writes the template.
"""

import re
from collections.abc import Iterator

from django.template.base import Origin, tag_re
from django.template.loaders import app_directories

_FOR_PEOPLE = {
    "alt",
    "aria-description",
    "aria-label",
    "data-bs-content",
    "data-bs-title",
    "data-label",
    "data-source",
    "data-unit",
    "hx-confirm",
    "placeholder",
    "title",
}
_PLAIN = "|unlocalize"
_SENTENCES = re.compile(r"{%-?\s*(end)?(?:blocktranslate|blocktrans)\b")
# What takes the reading on, by where it stands: outside of tags, in a tag, in a comment, in a script or a style.
_STEPS = {
    "": re.compile(r"<!--|<(?P<tag>[a-zA-Z][\w-]*)"),
    "tag": re.compile(r"(?P<end>>)|(?P<name>[^\s=\"'<>/]+)\s*=\s*(?P<quote>[\"']?)|(?P<again>[\"'])"),
    "comment": re.compile(r"-->"),
    "raw": re.compile(r"</(?:script|style)\s*>", re.IGNORECASE),
}


class Loader(app_directories.Loader):
    """Loads the templates of the rooms, with plain numbers inside tags."""

    def get_contents(self, origin: Origin) -> str:
        """The text of the template."""
        source = super().get_contents(origin)
        return plain_inside_tags(source) if str(origin.name).endswith(".html") else source


def plain_inside_tags(source: str) -> str:
    """The template with every number that it prints for machines written plainly.

    >>> plain_inside_tags('<a href="?line={{ pk }}" title="{{ n }}">{{ n }}</a>')
    '<a href="?line={{ pk|unlocalize }}" title="{{ n }}">{{ n }}</a>'
    """
    return "".join(_read(source))


def _read(source: str) -> Iterator[str]:
    reader = _Reader()
    sentence = False
    for piece in tag_re.split(source):
        if found := _SENTENCES.match(piece):
            sentence = not found[1]
        elif sentence or piece.startswith(("{%", "{#")):
            pass
        elif piece.startswith("{{"):
            if reader.for_a_machine:
                piece = f"{piece[:-2].rstrip()}{_PLAIN} }}}}"
        else:
            reader.read(piece)
        yield piece


class _Reader:
    """Where in the markup one is."""

    def __init__(self) -> None:
        self._place = ""
        self._tag = self._attribute = self._quote = ""

    @property
    def for_a_machine(self) -> bool:
        """Whether what is printed here is read by a machine."""
        if self._place == "raw":
            return True
        return self._place == "tag" and self._attribute not in _FOR_PEOPLE

    def read(self, text: str) -> None:
        """Go on to the end of this text."""
        at = 0
        while at < len(text):
            if self._quote:
                end = text.find(self._quote, at)
                if end < 0:
                    return
                self._quote = self._attribute = ""
                at = end + 1
                continue
            found = _STEPS[self._place].search(text, at)
            if found is None:
                return
            at = found.end()
            self._step(found)

    def _step(self, found: re.Match[str]) -> None:
        if self._place == "tag":
            if found["end"]:
                self._place = "raw" if self._tag in ("script", "style") else ""
            else:
                self._attribute = (found["name"] or self._attribute).lower()
                self._quote = found["quote"] or found["again"] or ""
        elif self._place == "" and found["tag"]:
            self._place, self._tag, self._attribute = "tag", found["tag"].lower(), ""
        else:
            self._place = "comment" if found[0] == "<!--" else ""
