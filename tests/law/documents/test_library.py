"""The list of documents: narrowed, ordered, each with the status that the rules give it."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.law.documents.listing import day_of, library_list
from khuyencong.law.documents.queries.library import drafts, lookup, tags, with_status
from khuyencong.law.documents.queries.standing import adopted, find, standings
from khuyencong.law.documents.rules.status import EffectKind, Status
from khuyencong.law.models import Edition, LegalDocument, Relation
from tests.examples import examples
from tests.factories.documents import add
from tests.law.documents.test_search import make
from tests.law.strategies import DAYS

pytestmark = pytest.mark.django_db


def found(**filters):
    return library_list(AnonymousUser(), filters).found(filters)


def codes(**filters):
    return [one.document.code for one in found(**filters)]


def test_every_word_must_be_there_and_marks_play_no_part():
    assert codes(q="nghi dinh 45/2012 khuyen cong")[0] == "45-2012-nd-cp"
    assert codes(q="khongcotunaynhuvay") == []


def test_filters_narrow_and_go_together():
    assert set(codes(kind="decree", q="2012")) == {"45-2012-nd-cp", "235-2025-nd-cp"}
    assert codes(level="provincial", kind="resolution", q="phu tho") == ["23-2025-nq-hdnd-phu-tho"]
    assert all(one.issuer == "Bộ Tài chính" for one in found(issuer="Bộ Tài chính"))
    assert codes(q="khuyen cong", kind="plan", status="in-force", day="2018-01-01") == ["ke-hoach-2016-2020-cao-bang"]


def test_the_status_is_that_of_the_day():
    assert "45-2012-nd-cp" in codes(status="not-yet", day="2012-06-01")
    assert "45-2012-nd-cp" in codes(status="in-force", day="2013-01-01")
    assert "45-2012-nd-cp" in codes(status="partly-expired", day="2026-01-01")
    assert "134-2004-nd-cp" in codes(status="expired", day="2026-01-01")


def test_a_tag_is_a_whole_word_between_commas():
    one, two = (
        make("1/2026/TT-BCT", "Một", tags="mức chi, bình chọn"),
        make("2/2026/TT-BCT", "Hai", tags="mức chi khác"),
    )
    assert codes(tag="mức chi") == [one.document.code]
    assert codes(tag="bình chọn") == [one.document.code]
    assert codes(tag="mức chi khác") == [two.document.code]
    assert tags() == ["bình chọn", "kế hoạch khuyến công", "mức chi", "mức chi khác"]


@pytest.mark.parametrize("sort", ["number", "kind", "issuer", "signed", "in_force", "status"])
def test_every_order_holds_everything_both_ways(sort):
    up, down = codes(sort=sort), codes(sort=f"-{sort}")
    assert sorted(up) == sorted(down) == sorted(codes())
    if sort == "signed":
        known = [one.signed for one in found(sort=sort) if one.signed]
        assert known == sorted(known)
        assert found(sort="-signed").last().signed is None, "the unknown at the end, both ways"


def test_an_address_that_is_not_understood_shows_everything():
    assert len(codes(day="mai", sort="; drop table", kind="")) == adopted().count()


def test_drafts_are_for_those_who_draft_or_adopt(officer, leader, viewer, commune_officer):
    draft = add(officer)
    assert list(drafts(officer)) == list(drafts(leader)) == [draft]
    assert not drafts(viewer) and not drafts(commune_officer)
    assert draft.document.code not in codes()


@pytest.mark.parametrize("text", ["45/2012/NĐ-CP", " 45/2012/nđ-cp ", "45/2012/ND-CP", "45-2012-nd-cp"])
def test_a_document_is_found_by_its_number_however_it_is_written(text):
    assert find(text).code == "45-2012-nd-cp"


def test_a_number_of_two_provinces_names_neither():
    assert find("23/2025/nq-hdnd").code == "23-2025-nq-hdnd-phu-tho"
    LegalDocument.objects.create(code="23-2025-nq-hdnd-cao-bang", number="23/2025/NQ-HĐND")
    assert find("23/2025/NQ-HĐND") is None
    assert find("") is None


def test_while_one_types_documents_are_offered_by_what_finds_them_again():
    other = make("45/2012/NĐ-CP", "Trùng số")
    offered = dict(lookup("khuyen cong chinh phu"))
    assert "45-2012-nd-cp" in offered, "the number alone would not be found"
    assert "235/2025/NĐ-CP" in offered
    assert all(find(value) is not None for value in [*offered, other.document.code])
    assert lookup("  ,") == []


EDITIONS = st.tuples(st.none() | DAYS, st.none() | DAYS)
RELATIONS = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.sampled_from([*EffectKind, "cites"]), st.sampled_from(("", "d4")),
    st.none() | DAYS, st.none() | DAYS, st.booleans(),
)  # fmt: skip


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITIONS, min_size=3, max_size=3), st.lists(RELATIONS, max_size=6), DAYS)
def test_the_database_gives_each_document_the_status_that_the_rules_give(db, editions, said, day):
    with transaction.atomic():
        made = []
        for number, (start, end) in enumerate(editions):
            end = max(start, end) if start and end else end
            document = LegalDocument.objects.create(code=f"tinh-trang-{number}")
            made.append(
                Edition.objects.create(
                    document=document,
                    state="adopted",
                    kind="decree",
                    issuer="x",
                    title="x",
                    in_force_from=start,
                    expires=end,
                )
            )
        draft = Edition.objects.create(document=made[0].document, version=2, kind="decree", issuer="x", title="x")
        for source, target, kind, path, since, until, by_draft in said:
            fields = {"kind": kind, "target_path": path, "effective_from": since, "effective_to": until}
            Relation.objects.get_or_create(
                edition=draft if by_draft else made[source], source_path="", target=made[target].document,
                kind=kind, target_path=path, defaults=fields,
            )  # fmt: skip
        mine = Edition.objects.filter(pk__in=[one.pk for one in made])
        by_rules = {key: found.status for key, found in standings(mine.select_related("document"), day).items()}
        by_database = {one.document_id: Status(one.status) for one in with_status(mine, day)}
        transaction.set_rollback(True)
    assert by_database == by_rules


def test_days_as_people_write_them():
    assert day_of({"day": "01/06/2012"}) == dt.date(2012, 6, 1)
