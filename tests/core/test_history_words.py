"""The audit trail of a card as sentences, in the language of the screen."""

import pytest
from django.utils import translation

from khuyencong.core import audit
from khuyencong.core.history import sentences
from tests.factories.establishments import make_establishment

pytestmark = pytest.mark.django_db


def told(subject, language):
    with translation.override(language):
        return [(one.sentence, one.changes) for one in sentences(subject)]


@pytest.fixture
def changed(officer, commune):
    """An establishment that the system brought in and an officer changed."""
    one = make_establishment(commune, workers=5)
    with audit.writing(None):
        audit.record([audit.Change("import", one, None, audit.snapshot(one))])
    with audit.writing(officer):
        before = audit.snapshot(one)
        one.workers, one.status = 8, "paused"
        one.save()
        audit.record([audit.Change("update", one, before, audit.snapshot(one))])
    return one


@pytest.mark.parametrize(
    ("language", "changes", "first"),
    [
        ("vi", ["Lao động: từ 5 thành 8", "Tình trạng: từ Đang hoạt động thành Tạm ngừng"],
         "Hệ thống đã nhập từ tệp hồ sơ này."),
        ("en", ["Workers: from 5 to 8", "Status: from Active to Suspended"],
         "The system imported this record from a file."),
    ],
)  # fmt: skip
def test_who_did_what_newest_first(changed, officer, language, changes, first):
    newest, oldest = told(changed, language)
    assert newest[0].startswith(str(officer))
    assert sorted(newest[1]) == sorted(changes)
    assert oldest == (first, [])


def test_an_action_without_words_is_still_told(changed, officer):
    with audit.writing(officer):
        before = audit.snapshot(changed)
        changed.workers = 9
        audit.record([audit.Change("100 % new", changed, before, audit.snapshot(changed))])
    assert told(changed, "vi")[0][0] == f"{officer} 100 % new hồ sơ này."
