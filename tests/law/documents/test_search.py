"""Documents found by words and numbers, on whichever database the tests run."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.paginator import Paginator
from django.db import connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import Value
from django.db.models.signals import post_migrate
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.law.documents import search_index
from khuyencong.law.documents.queries.search import search
from khuyencong.law.models import Edition, LegalDocument, Provision
from tests.examples import examples

pytestmark = pytest.mark.django_db


def make(number, title, text="", signed=None, state="adopted", **fields):
    """A saved edition of a new document."""
    document = LegalDocument.objects.create(code=f"thu-{LegalDocument.objects.count()}", number=number)
    fields = {"kind": "circular", "issuer": "Bộ Thử", **fields}
    edition = Edition(document=document, title=title, text=text, signed=signed, state=state, **fields)
    edition.fold()
    edition.save()
    return edition


def numbers(query):
    return [str(one.document) for one in search(query)]


def titles(query):
    return [one.title for one in search(query)]


def test_a_number_finds_its_document_first_then_those_that_name_it():
    found = numbers("45/2012")
    assert found[0] == "45/2012/NĐ-CP"
    assert {"46/2012/TT-BCT", "235/2025/NĐ-CP"} <= set(found[1:])
    assert found == numbers(" 45 / 2012 ") == numbers("nghi dinh so 45/2012") == numbers("Nghị định số 45/2012")


@pytest.mark.parametrize("typed", ["235/2025/NĐ-CP", "235/2025/nd-cp", "235/2025", "235/2025/N"])
def test_a_number_may_be_typed_whole_in_part_or_without_marks(typed):
    assert numbers(typed)[0] == "235/2025/NĐ-CP"


def test_numbers_far_apart_are_no_document_number():
    make("9/2031/TT-BCT", "Về điều 77 của một chương trình", "Điều 77. Năm 2031 và các năm sau")
    assert numbers("77/2031") == []
    assert titles("77 2031") == ["Về điều 77 của một chương trình"]


@pytest.mark.parametrize("typed", ["KHUYẾN CÔNG QUỐC GIA", "khuyen cong quoc gia", "Khuyến  công, quốc-gia", "quoc gi"])
def test_marks_case_and_punctuation_play_no_part_and_the_last_word_may_be_unfinished(typed):
    assert "2646/QĐ-BCT" in numbers(typed)


def test_titles_come_before_texts_neighbours_before_scattered_words_and_the_newer_first():
    make("1/2001/TT-THU", "Về giếng", "Nước phải sạch. Bể chứa đục, đào sâu.", dt.date(2020, 1, 1))
    make("2/2001/TT-THU", "Về bể", "Quy định bể nước đục sâu.", dt.date(2001, 1, 1))
    make("3/2001/TT-THU", "Quy định về bể nước đục", "", dt.date(1999, 1, 1))
    make("4/2001/TT-THU", "Quy định khác về bể nước đục", "", dt.date(2000, 1, 1))
    make("5/2001/TT-THU", "Không nói đến", "Nước", dt.date(2021, 1, 1))
    assert titles("bể nước đục") == [
        "Quy định khác về bể nước đục",
        "Quy định về bể nước đục",
        "Về bể",
        "Về giếng",
    ]
    assert titles("“bể nước đục”") == ["Quy định khác về bể nước đục", "Quy định về bể nước đục", "Về bể"]


def test_words_may_stand_partly_in_the_title_and_partly_in_the_text():
    make("6/2001/TT-THU", "Quy định về xoong", "Phải dùng nhôm đúc.")
    assert titles("xoong nhôm") == ["Quy định về xoong"]


def test_the_first_page_is_narrowed_counted_and_paged_like_any_query():
    found = search("khuyen cong").filter(level="provincial")
    assert found.count() == len(list(found)) == 5
    assert list(found[1:2]) == [list(found)[1]]
    assert list(found[5:9]) == []
    assert found.first() == next(iter(found))
    marked = found.annotate(mark=Value("x")).select_related("province")
    assert [(one.mark, one.province.code) for one in marked[:2]] == [
        ("x", one.province.code) for one in list(found)[:2]
    ]
    assert Paginator(search("khuyen cong"), 5).page(2).object_list == list(search("khuyen cong"))[5:10]
    assert search("khuyến công").exists()


def test_nothing_typed_lists_all_newest_first_and_no_word_finds_nothing():
    found = list(search("  "))
    assert len(found) == Edition.objects.filter(state="adopted").count()
    signed = [one.signed for one in found if one.signed]
    assert signed == sorted(signed, reverse=True)
    assert not search("?!… “”").exists()


def test_drafts_and_superseded_editions_are_not_found():
    for state in ("draft", "superseded"):
        make("7/2001/TT-THU", "Quy định về lọng giấy", state=state)
    assert titles("lọng giấy") == []


def test_reference_documents_are_found_by_the_words_of_their_provisions():
    assert "28/2018/TT-BTC" in numbers("cả dây chuyền công nghệ")


def test_what_is_found_does_not_depend_on_the_language_of_who_saved():
    with translation.override("en"):
        make("8/2001/TT-THU", "Quy định về nón lá", kind="resolution")
    assert titles("nghị quyết nón lá") == ["Quy định về nón lá"]


OPERATORS = [
    'a" OR "b', "AND", "NOT khuyến", "NEAR(a b, 2)", "search_head : a", "{search_text} : a", "a*", "^a", "- a",
    "'a' & !b", "a:*", "a <-> b", "('", "%", "_", "\\", "\x00", "a" * 5000, "a " * 5000, "45/", "/", "½ ² ٣",
    "khuyến'); DROP TABLE x; --",
]  # fmt: skip


@pytest.mark.parametrize("typed", OPERATORS)
def test_operators_are_harmless(typed):
    list(search(typed))


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_anything_may_be_typed(typed):
    with transaction.atomic():
        list(search(typed)[:3])


def test_the_index_follows_every_way_of_writing():
    edition = make("10/2001/TT-THU", "Quy định về guốc mộc")
    assert titles("guốc mộc") == ["Quy định về guốc mộc"]
    edition.title = "Quy định về dép cói"
    edition.fold()
    edition.save()
    assert titles("guốc mộc") == []
    Provision.objects.create(edition=edition, kind="article", label="1", path="d1", text="Quai phải bền chắc.")
    edition.fold()
    Edition.objects.bulk_update([edition], ["search_head", "search_text"])
    assert titles("quai bền chắc") == titles("dép cói") == ["Quy định về dép cói"]
    Edition.objects.filter(pk=edition.pk).update(search_head="mot hai ba")
    assert titles("hai ba") == ["Quy định về dép cói"]
    edition.delete()
    assert titles("hai ba") == titles("quai bền chắc") == []
    assert_sound()


def test_a_very_long_text_is_found_to_its_last_word():
    words = " ".join(f"từ{number}" for number in range(120_000))
    make("11/2001/TT-THU", "Văn bản dài", f"{words} kết thúc bằng cuốcxẻng")
    assert titles("cuocxeng") == ["Văn bản dài"]
    make("12/2001/TT-THU", "Văn bản hỏng", "x" * 100_000)
    assert "Văn bản hỏng" in titles("x" * 300)


def test_the_index_can_be_taken_away_and_made_again():
    before = numbers("khuyến công")
    search_index.remove(connection)
    search_index.remove(connection)
    search_index.install(connection)
    search_index.install(connection)
    assert numbers("khuyến công") == before
    make("13/2001/TT-THU", "Quy định về quạt nan")
    assert titles("quạt nan") == ["Quy định về quạt nan"]
    assert_sound()


def assert_sound():
    """The index says of itself that it holds what the editions hold."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            table = search_index.TABLE
            cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")


@pytest.mark.django_db(transaction=True)
def test_a_later_migration_of_the_table_leaves_the_index_at_work():
    """SQLite makes the table anew and loses the triggers; they are laid again when the migration is done."""
    field = Edition._meta.get_field("source")
    for length in (301, field.max_length):
        change = migrations.AlterField("edition", "source", models.CharField(max_length=length, blank=True))
        state = ProjectState.from_apps(__import__("django.apps", fromlist=["apps"]).apps)
        after = state.clone()
        change.state_forwards("law", after)
        with connection.schema_editor() as editor:
            change.database_forwards("law", editor, state, after)
    call_command("migrate", "law", verbosity=0)
    make("14/2001/TT-THU", "Quy định về chày cối")
    assert titles("chày cối") == ["Quy định về chày cối"]
    assert post_migrate.has_listeners()
    assert_sound()
