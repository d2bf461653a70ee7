"""What a person writes for a provision or a document, and what is understood."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from khuyencong.law.documents.forms.fields import ArticleField, DocumentField
from khuyencong.law.models import LegalDocument

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Điều 8", "d8"),
        ("khoản 4 Điều 8", "d8.k4"),
        ("Khoản 4, Điều 8", "d8.k4"),
        ("điểm đ khoản 4a điều 8", "d8.k4a.dd"),
        (unicodedata.normalize("NFD", "điểm a khoản 4 Điều 8"), "d8.k4.a"),
        ("", ""),
    ],
)
def test_a_provision_in_words(text, path):
    assert ArticleField(required=False).clean(text) == path


@pytest.mark.parametrize("text", ["điểm a, b khoản 4 Điều 8", "Điều 8 khoản 4", "khoản bốn", "Điều 8 và Điều 9", "8"])
def test_words_that_are_half_understood_are_refused(text):
    with pytest.raises(ValidationError, match="cần dạng"):
        ArticleField(required=False).clean(text)


def test_what_is_shown_is_understood_again():
    field = ArticleField(required=False)
    assert field.clean(field.prepare_value("d8.k4.dd")) == "d8.k4.dd"
    LegalDocument.objects.create(code="23-2025-nq-hdnd-cao-bang", number="23/2025/NQ-HĐND")
    documents = DocumentField(required=False)
    for one in LegalDocument.objects.all():
        assert documents.clean(documents.prepare_value(one.pk)) == one
