"""Documents found by words, with or without marks, and by number."""

from typing import Any

from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, Value, When
from django.db.models.query import ModelIterable
from django.db.models.sql.where import WhereNode

from khuyencong.law.documents import search_index
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.queries.standing import LONG_COLUMNS
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules.searching import Question, Term, read

_NEWEST = (F("signed").desc(nulls_last=True), F("in_force_from").desc(nulls_last=True), "-pk")


class Found(QuerySet[Edition]):
    """Editions of which one page is read at a time: first the keys, in order, then the rows.

    A row with its text is long. To read thousands of them only to show fifty took most of the time of a search.
    """

    def __getitem__(self, key: Any) -> Any:
        page = isinstance(key, slice) and key.step is None
        if not page or self._result_cache is not None or not issubclass(self._iterable_class, ModelIterable):
            return super().__getitem__(key)
        keys = list(self.select_related(None).values_list("pk", flat=True)[key])
        rows = self.all()
        rows.query.where = WhereNode()
        rows.query.clear_ordering(force=True)
        by_key = {row.pk: row for row in rows.filter(pk__in=keys)}
        return [by_key[key] for key in keys if key in by_key]


def search(query: str) -> QuerySet[Edition]:
    """The adopted editions that hold the words, best first; all of them, newest first, when nothing was typed.

    Best: the number begins so; the number, title, issuer and tags hold the words; the text holds them side by side;
    the document holds them somewhere. Then the newer first. The long columns are left in the database.
    """
    found = Found(Edition).filter(state=Record.State.ADOPTED).select_related("document").defer(*LONG_COLUMNS)
    question = read(query)
    if question is None:
        return found.annotate(rank=Value(0)).none() if query.strip() else found.order_by(*_NEWEST)
    found = found.filter(Holds(question.terms, narrows=True)).annotate(rank=_rank(question))
    return found.order_by("rank", *_NEWEST)


def _rank(question: Question) -> Case:
    ranks = [When(Holds(question.terms, in_head=True), then=1)]
    if question.number:
        ranks.insert(0, When(Q(document__number__istartswith=question.number), then=0))
    if question.together:
        ranks.append(When(Holds(question.together), then=2))
    return Case(*ranks, default=Value(3))


class Holds(Func):
    """Whether the edition holds all the terms, by the full-text index of the database at hand.

    Terms are made of plain letters, digits and "_": nothing in them is an operator of either database.
    ``narrows``: the condition of a query, not a question asked of each row that it found.
    """

    output_field = BooleanField()

    def __init__(self, terms: tuple[Term, ...], in_head: bool = False, narrows: bool = False, **extra: Any) -> None:
        super().__init__(F("pk"), **extra)
        self.terms, self.in_head, self.narrows = terms, in_head, narrows

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        wanted = " AND ".join(f'"{term.word}"{" *" if term.beginning else ""}' for term in self.terms)
        wanted = f"search_head : ({wanted})" if self.in_head else wanted
        table = search_index.TABLE
        # "+": the narrow index on the state is walked, not the long rows looked up one by one.
        return f"+{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", (*parameters, wanted)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        wanted = " & ".join(f"'{term.word}'{':*' if term.beginning else ''}" for term in self.terms)
        function = search_index.IN_HEAD if self.in_head else search_index.ANYWHERE
        # A list of keys is looked up in the index of keys; asked row by row, a hashed set answers sooner.
        form = "= ANY(ARRAY(SELECT {}(%s::tsquery)))" if self.narrows else "IN (SELECT {}(%s::tsquery))"
        return f"{key} {form.format(function)}", (*parameters, wanted)
