"""From lines of text to the provisions of a document: a proposal that an officer corrects.

Nothing is thrown away: what stands before the first provision is the preamble, what stands behind the last one
(signature, recipients, annexes) the closing, and a line that begins nothing belongs to the provision before it.
Text that a document puts between quotation marks into another one is text, not structure of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from khuyencong.law.documents.reading import closing, marks, notes, quotes
from khuyencong.law.documents.rules.outline import RANK, Kind, Line, arrange

_LONGEST_HEADING = 250
_SENTENCE_ENDS = (".", ";", ":", ",", "!", "?", "…", "”", '"', "/.")
_HEADED = (Kind.PART, Kind.CHAPTER, Kind.SECTION)


@dataclass(frozen=True)
class Node:
    """A provision with what lies in it; ``path`` as in ``rules.references``, empty above the article."""

    kind: Kind
    label: str
    path: str = ""
    heading: str = ""
    text: str = ""
    children: "tuple[Node, ...]" = ()


@dataclass(frozen=True)
class Problem:
    """Something an officer should look at.

    ``code``: "jump" and "repeat" (a number that does not follow ``after``), "kept" (a number out of order, left in
    the text), "open-quote" (a quotation mark that nothing closes), "rank" (a rank we have no place for),
    "none" (no provisions found), "attached" (a document with articles of its own behind the signature).
    """

    code: str
    where: str = ""
    kind: Kind | None = None
    label: str = ""
    after: str = ""


@dataclass(frozen=True)
class Structure:
    """The whole document. ``attached``: the provisions of a regulation that stands behind the signature."""

    preamble: tuple[str, ...]
    nodes: tuple[Node, ...]
    closing: tuple[str, ...] = ()
    attached: tuple[Node, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Entry:
    kind: Kind
    label: str
    heading: str = ""
    text: str = ""

    def add(self, line: str) -> None:
        self.text = f"{self.text}\n{line}" if self.text else line


def read(lines: Sequence[str]) -> Structure:
    """The structure in the lines of a document; blank lines play no part."""
    text, below = notes.divided([line for line in (" ".join(raw.split()) for raw in lines) if line])
    clean = notes.without_marks(text)
    inside = quotes.quoted(clean)
    problems = [Problem("open-quote", clean[index][:80]) for index in inside.unclosed]
    with_articles = any(marks.article_mark(line) for index, line in enumerate(clean) if index not in inside.lines)
    reader = _Reader(clean, inside.lines, with_articles)
    start = reader.first(0)
    if start is None:
        return Structure((*clean, *below), (), problems=(*problems, Problem("none")))
    end = reader.read(start)
    nodes, found = _tree(reader.entries), reader.problems
    attached: tuple[Node, ...] = ()
    behind = list(clean[end:])
    again = reader.attached(end) if with_articles else None
    if again is not None:
        second = _Reader(clean, inside.lines, with_articles)
        stop = second.read(again)
        attached = _tree(second.entries)
        behind = [*clean[end:again], *clean[stop:]]
        found += [Problem("attached", label=str(sum(one.kind is Kind.ARTICLE for one in second.entries)))]
    return Structure(tuple(clean[:start]), nodes, (*behind, *below), attached, (*problems, *found))


def flat(nodes: Sequence[Node]) -> list[Node]:
    """Every provision in reading order, without its children."""
    found: list[Node] = []
    for node in nodes:
        found += [replace(node, children=()), *flat(node.children)]
    return found


def tree(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Provisions in reading order (their children and paths left aside) as a tree with paths."""
    return _tree([_Entry(one.kind, one.label, one.heading, one.text) for one in nodes])


def lines_of(nodes: Sequence[Node]) -> list[str]:
    """The provisions written out again, as a legal document has them."""
    written: list[str] = []
    for node in flat(nodes):
        body = node.text.split("\n") if node.text else []
        if node.kind in _HEADED:
            name = {Kind.PART: "Phần", Kind.CHAPTER: "Chương", Kind.SECTION: "Mục"}[node.kind]
            written += [f"{name} {node.label}", *([node.heading] if node.heading else []), *body]
            continue
        first = [node.heading] if node.heading else body[:1]
        rest = body if node.heading else body[1:]
        start = {Kind.ARTICLE: f"Điều {node.label}.", Kind.CLAUSE: f"{node.label}."}.get(node.kind, f"{node.label})")
        written += [" ".join([start, *first]), *rest]
    return written


class _Reader:
    """Walks down the lines and gathers entries; each line either begins one or belongs to the one before it."""

    def __init__(self, lines: Sequence[str], quoted: frozenset[int], with_articles: bool) -> None:
        self.lines, self.quoted, self.with_articles = lines, quoted, with_articles
        self.entries: list[_Entry] = []
        self.problems: list[Problem] = []
        self.last: dict[Kind, str] = {}

    def first(self, start: int) -> int | None:
        """Where the first provision begins at or behind a line."""
        for index in range(start, len(self.lines)):
            if index not in self.quoted and self._mark(index, fresh=True) is not None:
                return index
        return None

    def attached(self, start: int) -> int | None:
        """Where the provisions of a document with articles of its own begin, behind the signature of the first."""
        rest = [index for index in range(start, len(self.lines)) if index not in self.quoted]
        article = next((index for index in rest if marks.article_mark(self.lines[index])), None)
        if article is None:
            return None
        return next(index for index in rest if index == article or marks.high_mark(self.lines[index]))

    def read(self, start: int) -> int:
        """Read on from a provision to the closing; where that begins."""
        for index in range(start, len(self.lines)):
            line = self.lines[index]
            if index in self.quoted:
                self._continue(line, quoted=True)
                continue
            if self.entries and closing.begins(line):
                return index
            mark = self._mark(index)
            if mark is None:
                self._continue(line)
            else:
                self._begin(mark)
        return len(self.lines)

    def _mark(self, index: int, fresh: bool = False) -> marks.Mark | None:
        line = self.lines[index]
        if self.with_articles:
            high = marks.high_mark(line)
            if high is not None:
                return high
            article = marks.article_mark(line)
            if article is not None:
                return article if fresh or self._follows(article, index, marks.number_step) else None
            if fresh or Kind.ARTICLE not in self.last:
                return None
        else:
            roman = marks.roman_mark(line)
            if roman is not None and marks.roman_step(self.last.get(Kind.SECTION, ""), roman.label):
                return roman
        clause = marks.clause_mark(line)
        if clause is not None:
            return clause if self._follows(clause, index, marks.number_step) else None
        point = marks.point_mark(line)
        if point is not None and not (fresh and not self.with_articles):
            return point if self._follows(point, index, marks.letter_step) else None
        return None

    def _follows(self, mark: marks.Mark, index: int, step_of: Callable[[str, str], int | None]) -> bool:
        """Whether a numbered line begins a provision; a sentence that was broken before a number does not."""
        last = self.last.get(mark.kind, "")
        step = step_of(last, mark.label)
        if step == 1:
            return True
        broken = bool(self.entries) and not self.lines[index - 1].endswith(_SENTENCE_ENDS)
        if mark.kind is Kind.ARTICLE:
            return not (broken and self.entries[-1].text)
        if step is None or not last or broken:
            if step is None and last:
                self.problems.append(Problem("kept", self._where(), mark.kind, mark.label, last))
            return False
        return True

    def _begin(self, mark: marks.Mark) -> None:
        step_of = {Kind.POINT: marks.letter_step, Kind.SECTION: marks.roman_step}.get(mark.kind, marks.number_step)
        last = self.last.get(mark.kind, "")
        if mark.kind not in _HEADED and step_of(last, mark.label) != 1:
            known = any(one.kind is mark.kind and one.label == mark.label for one in self.entries)
            code = "repeat" if mark.label == last or (mark.kind is Kind.ARTICLE and known) else "jump"
            self.problems.append(Problem(code, self._where(mark.kind), mark.kind, mark.label, last))
        self.last = {kind: label for kind, label in self.last.items() if self._keeps(kind, mark.kind)}
        self.last[mark.kind] = mark.label
        entry = _Entry(mark.kind, mark.label)
        if mark.kind in _HEADED or (mark.kind is Kind.ARTICLE and _is_heading(mark.rest)):
            entry.heading = mark.rest
        else:
            entry.text = mark.rest
        self.entries.append(entry)

    def _keeps(self, kind: Kind, begun: Kind) -> bool:
        """Numbers begin anew within a higher rank; only articles are counted through the document."""
        return RANK[kind] <= RANK[begun] or (kind is Kind.ARTICLE and self.with_articles)

    def _continue(self, line: str, quoted: bool = False) -> None:
        entry = self.entries[-1]
        if not quoted and marks.unknown_rank(line):
            self.problems.append(Problem("rank", line[:80]))
        elif not quoted and not entry.text and (self._continues_heading(entry, line) or self._is_named(entry, line)):
            entry.heading = f"{entry.heading} {line}".strip()
            return
        entry.add(line)

    def _continues_heading(self, entry: _Entry, line: str) -> bool:
        if len(entry.heading) + len(line) > 2 * _LONGEST_HEADING:
            return False
        if entry.kind in _HEADED:
            return not entry.heading or (entry.heading == entry.heading.upper() and line == line.upper())
        return bool(entry.heading) and line[:1].islower()

    def _is_named(self, entry: _Entry, line: str) -> bool:
        """Whether a line is the name of an article whose number stands on a line of its own."""
        return entry.kind is Kind.ARTICLE and not entry.heading and line[:1].isupper() and _is_heading(line)

    def _where(self, inside: Kind = Kind.POINT) -> str:
        """The number of the article that the line stands in."""
        return "" if inside is Kind.ARTICLE else self.last.get(Kind.ARTICLE, "")


def _is_heading(rest: str) -> bool:
    """The name of an article; a whole sentence is its text."""
    return bool(rest) and len(rest) <= _LONGEST_HEADING and not rest.endswith(_SENTENCE_ENDS)


def _tree(entries: Sequence[_Entry]) -> tuple[Node, ...]:
    places = arrange([Line(one.kind, one.label) for one in entries])
    children: dict[int | None, list[int]] = {}
    for index, place in enumerate(places):
        children.setdefault(place.parent, []).append(index)

    def build(index: int) -> Node:
        one = entries[index]
        inner = tuple(build(child) for child in children.get(index, ()))
        return Node(one.kind, one.label, places[index].path, one.heading, one.text, inner)

    return tuple(build(index) for index in children.get(None, ()))
