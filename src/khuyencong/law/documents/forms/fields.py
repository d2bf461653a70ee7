"""Fields in which a person names a document by its number and a provision in words."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from khuyencong.core.text import fold
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.queries.standing import adopted, find
from khuyencong.law.documents.rules.references import read_words, words

OFFERED = 300


class DocumentField(forms.CharField):
    """A document by number. The page offers the known ones in ``<datalist id="documents">``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, **kwargs})
        self.widget.attrs |= {"list": "documents", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = LegalDocument.objects.filter(pk=value).first()
        if not isinstance(value, LegalDocument):
            return value
        # A number that two provinces share would not be found again: the code always is.
        alone = value.number and LegalDocument.objects.filter(number=value.number).count() == 1
        return value.number if alone else value.code

    def clean(self, value: Any) -> LegalDocument | None:
        text = super().clean(value)
        if not text:
            return None
        found = find(text)
        if found is None:
            raise forms.ValidationError(
                _("Không có văn bản nào mang số “%(text)s” trong thư viện; cần đúng số, ký hiệu, ví dụ %(example)s."),
                params={"text": text, "example": "45/2012/NĐ-CP"},
            )
        return found


class ArticleField(forms.CharField):
    """A provision in words, kept as its path: ``khoản 4 Điều 8``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 80, **kwargs})
        self.widget.attrs |= {"autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return words(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().clean(value))
        if not text:
            return ""
        found = read_words(text)
        if found is None or fold(found.words) != fold(text):  # half understood would name another provision
            raise forms.ValidationError(
                _("Đọc được “%(text)s”, cần dạng: khoản 4 Điều 8, hoặc điểm a khoản 4 Điều 8."), params={"text": text}
            )
        return found.path


def offered_documents() -> list[tuple[str, str]]:
    """The documents to offer while one types, newest first: how each is called, and its title."""
    newest = adopted().order_by("-signed", "-in_force_from")[:OFFERED]
    return [(str(edition.document), edition.title) for edition in newest]
