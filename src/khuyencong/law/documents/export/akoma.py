"""A document as Akoma Ntoso 3.0 (OASIS LegalDocML): the form in which parliaments and registers exchange law.

Identifiers follow the Akoma Ntoso naming convention (work, expression, manifestation; eIds as ``chp_I``,
``art_8__para_4__point_a``). Vietnamese ranks: phần part, chương chapter, mục section, điều article, khoản
paragraph, điểm point.
"""

import datetime as dt
import re
import xml.etree.ElementTree as ET

from django.utils import translation

from khuyencong.core.text import fold, on_paper
from khuyencong.law.documents.export.contents import Contents
from khuyencong.law.documents.models import Edition, LegalDocument, Provision, Relation
from khuyencong.law.documents.reading import structure

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_OURS = "#khuyencong"
_ELEMENTS = {
    Provision.Kind.PART: ("part", "part"),
    Provision.Kind.CHAPTER: ("chapter", "chp"),
    Provision.Kind.SECTION: ("section", "sec"),
    Provision.Kind.ARTICLE: ("article", "art"),
    Provision.Kind.CLAUSE: ("paragraph", "para"),
    Provision.Kind.POINT: ("point", "point"),
}
_NUMBERED = {
    Provision.Kind.PART: "Phần {}",
    Provision.Kind.CHAPTER: "Chương {}",
    Provision.Kind.SECTION: "Mục {}",
    Provision.Kind.ARTICLE: "Điều {}.",
    Provision.Kind.CLAUSE: "{}.",
    Provision.Kind.POINT: "{})",
}
_NO_XML = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # letters that XML 1.0 has no place for
# Articles are counted through the document: what they lie in does not enter their eId.
_OWN_COUNT = {Provision.Kind.ARTICLE, Provision.Kind.PART}


def as_xml(found: Contents) -> str:
    """The document, with its declaration. Nothing in it is invented: what we do not know is left out."""
    with translation.override("vi"):  # the names of kinds are of the language of the document
        return _Document(found).written()


class _Document:
    def __init__(self, found: Contents) -> None:
        self.found, self.edition = found, found.edition
        self.document = self.edition.document
        self.ids: set[str] = set()
        # A date is asked for; one that nobody knows is called so.
        self.date = (self.edition.signed or self.edition.in_force_from or dt.date(1, 1, 1)).isoformat()
        self.date_name = "signing" if self.edition.signed else "in-force" if self.edition.in_force_from else "unknown"
        self.version = (found.day or found.standing.day).isoformat()
        self.events: dict[tuple[str, str, str], str] = {}  # date, type, source -> eId
        self.groups: dict[tuple[str, str], str] = {}  # first, last event -> eId of the temporal group

    def written(self) -> str:
        root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
        act = ET.SubElement(root, "act", {"name": self.edition.kind, "contains": "singleVersion"})
        meta = ET.SubElement(act, "meta")
        self._preface(act)
        self._preamble(act)
        self._body(act)
        # The body is written first: it names the events and periods that the head lists.
        self._meta(meta)
        ET.indent(root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{on_paper(ET.tostring(root, encoding="unicode"))}\n'

    def _meta(self, meta: ET.Element) -> None:
        self._identification(meta)
        if self.edition.signed:
            _add(meta, "publication", date=self.date, name="signing", showAs=self.edition.title)
        self._history()
        if self.events:
            lifecycle = _add(meta, "lifecycle", source=_OURS)
            for (date, kind, source), key in sorted(self.events.items()):
                _add(lifecycle, "eventRef", eId=key, date=date, source=source, type=kind)
        if self.groups:
            times = _add(meta, "temporalData", source=_OURS)
            for (first, last), key in self.groups.items():
                group = _add(times, "temporalGroup", eId=key)
                ends = {"end": f"#{last}"} if last else {}
                starts = {"start": f"#{first}"} if first else {}
                _add(group, "timeInterval", refersTo="#inForce", **starts, **ends)
        self._references(meta)
        told = [self.edition.note] if self.edition.note else []
        if not self.edition.verified:
            told.append("Bản ghi chưa được đối chiếu với văn bản gốc.")
        if any(one.is_summary for one in self.found.provisions):
            told.append("Điều khoản mang lớp summary là tóm tắt, không phải nguyên văn.")
        if told:
            notes = _add(meta, "notes", source=_OURS)
            for number, words in enumerate(told, start=1):
                _paragraphs(_add(notes, "note", eId=f"note_{number}"), words)

    def _identification(self, meta: ET.Element) -> None:
        head = _add(meta, "identification", source=_OURS)
        work = f"/akn/vn/act/{self.edition.kind}/{self.date}/{self.document.code}"
        expression = f"{work}/vie@{self.version}"
        one = _add(head, "FRBRWork")
        _add(one, "FRBRthis", value=f"{work}/!main")
        _add(one, "FRBRuri", value=work)
        _add(one, "FRBRdate", date=self.date, name=self.date_name)
        _add(one, "FRBRauthor", href="#issuer", **{"as": "#author"})
        _add(one, "FRBRcountry", value="vn")
        _add(one, "FRBRsubtype", value=self.edition.kind)
        if self.edition.numbered:
            _add(one, "FRBRnumber", value=self.edition.numbered)
        _add(one, "FRBRname", value=self.edition.title)
        one = _add(head, "FRBRExpression")
        _add(one, "FRBRthis", value=f"{expression}/!main")
        _add(one, "FRBRuri", value=expression)
        _add(one, "FRBRdate", date=self.version, name="text-of-day")
        _add(one, "FRBRauthor", href=_OURS, **{"as": "#editor"})
        _add(one, "FRBRlanguage", language="vie")
        one = _add(head, "FRBRManifestation")
        _add(one, "FRBRthis", value=f"{expression}/!main.xml")
        _add(one, "FRBRuri", value=f"{expression}.akn")
        _add(one, "FRBRdate", date=self.version, name="generation")
        _add(one, "FRBRauthor", href=_OURS, **{"as": "#editor"})

    def _history(self) -> None:
        """The events of the life of the document: signed, in force, changed by others, at an end."""
        if self.edition.signed:
            self._event(self.edition.signed, "generation", "#self")
        for one in self.found.incoming:
            kind = {
                Relation.Kind.AMENDS: "amendment",
                Relation.Kind.CORRECTS: "amendment",
                Relation.Kind.REPLACES: "repeal",
                Relation.Kind.REPEALS: "repeal",
            }.get(Relation.Kind(one.kind))
            since = one.effective_from or one.edition.in_force_from
            if kind and since:
                whole = kind == "amendment" or not one.target_path
                self._event(since, kind if whole else "amendment", f"#{_reference(one.edition.document)}")
        self._period(self.edition.in_force_from, self.edition.expires)

    def _references(self, meta: ET.Element) -> None:
        listed = _add(meta, "references", source=_OURS)
        _add(listed, "original", eId="self", href=_address(self.edition), showAs=self._name())
        seen = {"self"}
        for tag, documents in (
            ("passiveRef", [one.edition.document for one in self.found.incoming]),
            ("activeRef", [one.target for one in self.found.relations]),
        ):
            for document in documents:
                key = _reference(document)
                if key not in seen:
                    seen.add(key)
                    _add(listed, tag, eId=key, href=f"/akn/vn/act/{document.code}", showAs=str(document))
        for key, name in (("khuyencong", "Khuyến Công"), ("issuer", self.edition.issuer)):
            _add(listed, "TLCOrganization", eId=key, href=f"/akn/ontology/organization/vn/{_slug(name)}", showAs=name)
        _add(listed, "TLCConcept", eId="inForce", href="/akn/ontology/concept/vn/in-force", showAs="có hiệu lực")
        for key, name in (("author", "cơ quan ban hành"), ("editor", "bên xuất dữ liệu")):
            _add(listed, "TLCRole", eId=key, href=f"/akn/ontology/role/vn/{key}", showAs=name)

    def _preface(self, act: ET.Element) -> None:
        preface = _add(act, "preface")
        first = _add(preface, "p")
        _add(first, "docType", words=self.edition.get_kind_display())
        if self.edition.numbered:
            _add(first, "docNumber", words=self.edition.numbered)
        _add(_add(preface, "p"), "docTitle", words=self.edition.title)
        second = _add(preface, "p")
        _add(second, "docAuthority", words=self.edition.issuer, refersTo="#issuer")
        if self.edition.signed:
            _add(second, "docDate", words=self.edition.signed.strftime("%d/%m/%Y"), date=self.date)

    def _preamble(self, act: ET.Element) -> None:
        """The legal bases, from the text as it was imported."""
        if not self.edition.text:
            return
        bases = [line for line in structure.read(self.edition.text.splitlines()).preamble if line.startswith("Căn cứ")]
        if bases:
            preamble = _add(act, "preamble")
            formula = _add(_add(preamble, "recitals"), "recital", eId="rec_1")
            for line in bases:
                _add(formula, "p", words=line)

    def _body(self, act: ET.Element) -> None:
        body = _add(act, "body")
        top = self.found.children_of(None)
        for one in top:
            self._provision(body, one, "")
        if not top:
            # A body holds at least one part; a document whose provisions nobody entered holds its text, or says so.
            empty = _add(body, "hcontainer", eId="hcontainer_1", name="text")
            _paragraphs(_add(empty, "content"), self.edition.text or "Chưa nhập nội dung văn bản.")

    def _provision(self, parent: ET.Element, one: Provision, above: str) -> None:
        kind = Provision.Kind(one.kind)
        tag, short = _ELEMENTS[kind]
        own = f"{short}_{_slug(one.label) or 'x'}"
        key = self._free(own if kind in _OWN_COUNT or not above else f"{above}__{own}")
        element = _add(parent, tag, eId=key)
        if one.valid_from or one.valid_to:
            element.set("period", f"#{self._period(one.valid_from, one.valid_to)}")
        if one.is_summary:
            element.set("class", "summary")
        _add(element, "num", words=_NUMBERED[kind].format(one.label))
        if one.heading:
            _add(element, "heading", words=one.heading)
        children = self.found.children_of(one)
        if not children:
            _paragraphs(_add(element, "content"), one.text)
            return
        if one.text:
            _paragraphs(_add(element, "intro"), one.text)
        for child in children:
            self._provision(element, child, key)

    def _period(self, first: dt.date | None, last: dt.date | None) -> str:
        """The temporal group of these days; its events are listed too."""
        if first is None and last is None:
            return ""
        start = self._event(first, "amendment" if first != self.edition.in_force_from else "generation", "#self")
        end = self._event(last, "repeal", "#self")
        return self.groups.setdefault((start, end), f"period_{len(self.groups) + 1}")

    def _event(self, day: dt.date | None, kind: str, source: str) -> str:
        if day is None:
            return ""
        return self.events.setdefault((day.isoformat(), kind, source), f"event_{len(self.events) + 1}")

    def _free(self, key: str) -> str:
        """An eId is borne once: a text that was amended stands twice in a document of all times."""
        number, free = 1, key
        while free in self.ids:
            number += 1
            free = f"{key}-v{number}"
        self.ids.add(free)
        return free

    def _name(self) -> str:
        return f"{self.edition.get_kind_display()} {self.edition.numbered or self.edition.title}"


def _add(parent: ET.Element, tag: str, words: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if words:
        element.text = _NO_XML.sub(" ", words)
    return element


def _paragraphs(parent: ET.Element, text: str) -> None:
    for line in text.splitlines() or [""]:
        _add(parent, "p", words=line)


def _address(edition: Edition) -> str:
    return f"/akn/vn/act/{edition.document.code}"


def _reference(document: LegalDocument) -> str:
    return f"ref_{document.code}"


def _slug(text: str) -> str:
    """Letters that an eId may hold; đ is dd, as in our paths."""
    return fold(text.replace("đ", "dd").replace("Đ", "DD") if len(text) <= 3 else text).replace(" ", "-")
