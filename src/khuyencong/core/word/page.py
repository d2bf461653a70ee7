"""The page: A4, margins, type."""

import io
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TEXT_WIDTH = 165  # mm: A4 less the margins
TURNED_WIDTH = 297 - 20 - 20  # mm: A4 lying down, less its margins
TYPE = "Times New Roman"


@dataclass(frozen=True)
class Form:
    """How the body is set: type in points, white below a paragraph in points, to both edges with a first indent."""

    size: int = 13
    after: int = 6
    justified: bool = False


REPORT = Form()
LETTER = Form(size=14, after=4, justified=True)


def blank(form: Form) -> DocumentType:
    """A4 with the margins and type of official documents: 20 mm above and below, 30 left, 15 right."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = TYPE, Pt(form.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), TYPE)
    normal.paragraph_format.space_after = Pt(form.after)
    return document


def turn(document: DocumentType) -> None:
    """From here on, pages that lie down."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)


def to_bytes(document: DocumentType) -> bytes:
    """The document as the bytes of a docx file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
