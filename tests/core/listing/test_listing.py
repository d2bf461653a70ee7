"""A declared list as a page and as a file: filters, chips, heads, order, the pager's words, the same rows in both."""

from dataclasses import dataclass

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.listing import files
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Day, Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.core.listing.pages import Count, Page

pytestmark = pytest.mark.database_free


@dataclass(frozen=True)
class Thing:
    """A row."""

    pk: int
    name: str
    weight: int | None


THINGS = [Thing(1, "chè", 3), Thing(2, "miến", None), Thing(3, "chè", 1), Thing(4, "=1+1", 2)]


def things(rows=None, **given):
    fields = {
        "name": "Những thứ",
        "rows": THINGS if rows is None else rows,
        "columns": [
            Column("name", "Tên", lambda one: one.name, value=lambda one: one.name, sort=("name",), phone=Phone.TITLE),
            Column(
                "weight",
                "Nặng",
                lambda one: one.weight,
                value=lambda one: one.weight,
                sort=("weight", "name"),
                down_first=True,
                css="num",
                foot=lambda total: f"{total} kg",
            ),
            Column("note", "Ghi chú", lambda one: "", phone=Phone.NONE),
        ],
        "filters": [
            Search(hint="Tên", narrow=lambda found, text: [one for one in found if text in one.name]),
            Select(
                "weight",
                lambda found, text: [one for one in found if str(one.weight) == text],
                label="Nặng",
                choices=lambda: [("1", "một"), ("3", "ba")],
            ),
            Day("day", chip=lambda iso: f"Ngày {iso}", label="Ngày"),
            Hidden("kind", chip=lambda kind: f"Loại {kind}", valid=str.isalpha),
        ],
        "order": "name",
        "href": lambda one: f"/things/{one.pk}/",
        "sums": lambda found: sum(one.weight or 0 for one in found),
        "size": 3,
        "empty": Empty("shop-window", "Chưa có gì", "Hãy thêm.", ("Thêm", "/add/", "primary")),
        "nothing_fits": Empty("shop-window", "Không có gì khớp"),
    }
    return Listing(**fields | given)


def page_of(listing, query=""):
    request = RequestFactory().get(f"/things/?{query}")
    return render_to_string("core/listing/list.html", {"list": listing.show(request.GET)}, request)


def keys(listing, **params):
    return [one.pk for one in listing.found(params)]


def test_each_order_turns_what_is_sorted_by_and_leaves_the_unknown_last():
    assert keys(things()) == [4, 1, 3, 2]
    assert keys(things(), sort="-name") == [2, 1, 3, 4], "alike rows keep their order"
    assert keys(things(), sort="weight") == [3, 4, 1, 2]
    assert keys(things(), sort="-weight") == [1, 4, 3, 2]
    assert keys(things(), sort="note") == keys(things(), sort="; drop") == keys(things())


def test_a_search_may_bring_an_order_of_its_own():
    best = things(order="", base=("pk",), filters=[Search(narrow=lambda found, text: found, best=("-pk",))])
    assert (keys(best), keys(best, q="x"), keys(best, q="x", sort="weight")) == (
        [1, 2, 3, 4],
        [4, 3, 2, 1],
        [3, 4, 1, 2],
    )


def test_filters_narrow_and_are_named_by_chips_that_remove_them():
    asked = {"q": "chè", "weight": "3", "day": "01/06/2026", "kind": "x", "nonsense": "y"}
    shown = things().show(asked)
    assert [one.pk for one in shown.page.rows] == [1]
    assert [one.text for one in shown.chips] == ["Tìm: chè", "ba", "Ngày 2026-06-01", "Loại x"]
    left_out = things().show({"day": "mai", "kind": "²", "q": "\x00"})
    assert (left_out.chips, len(left_out.page.rows)) == ([], 3)
    page = page_of(things(), "q=ch%C3%A8&weight=3&sort=-weight&after=x&page=7")
    assert 'href="?weight=3&amp;sort=-weight"' in page, "without the words, on the first page"
    assert '<input type="hidden" name="sort" value="-weight">' in page


def test_choices_are_worked_out_only_where_they_are_shown():
    def never():
        raise AssertionError

    listing = things(filters=[Select("weight", lambda found, text: found, choices=never)])
    assert keys(listing, weight="1") == [4, 1, 3, 2]
    led_to = Select("line", label="Dòng", led_to=True, choices_for=lambda asked: [(asked, f"Dòng {asked}")])
    assert things(filters=[led_to]).show({}).selects == []
    assert [one.text for one in things(filters=[led_to]).show({"line": "7"}).chips] == ["Dòng 7"]


def test_heads_say_how_the_list_is_sorted_and_what_a_click_does():
    heads = things().show({"sort": "-weight"}).heads
    assert [(one.sort, one.direction, one.css) for one in heads] == [
        ("name", "", ""), ("weight", "descending", "num"), ("", "", "wide"),
    ]  # fmt: skip
    assert [one.sort for one in things().show({}).heads] == ["-name", "-weight", ""]


def test_the_page_shows_cells_sums_and_where_a_row_leads():
    page = page_of(things())
    assert '<tr class="row-link" data-href="/things/4/"><td class="main-cell">=1+1</td>' in page
    assert "6 kg" in page, "of the whole list, not of the page"
    assert "1–3 trong 4 dòng" in page
    assert "Trang 1/2" in page
    assert '<td class="num" data-label="Nặng">2</td>' in page, "on a phone it stands beside its fact"


def test_what_stands_in_the_place_of_rows():
    assert "Không có gì khớp" in page_of(things(), "q=khongco")
    empty = page_of(things(rows=[]))
    assert "Chưa có gì" in empty
    assert '<a class="btn btn-primary" href="/add/">Thêm</a>' in empty


@pytest.mark.parametrize(
    ("start", "total", "words"),
    [
        (Count(0), Count(1), ["1 dòng"]),
        (Count(10), Count(25), ["11–11 trong 25 dòng", "Trang 11/25"]),
        (Count(10), Count(9000, more=True), ["11–11 trong hơn 9.000 dòng", "Trang 11"]),
        (Count(9000, more=True), Count(9000, more=True), ["Trong hơn 9.000 dòng"]),
    ],
)
def test_the_pager_says_what_was_counted(start, total, words):
    page = Page(["x"], 1, start, total, back="b" if start.n else "", forth="f" if start.n else "")
    request = RequestFactory().get("/things/?sort=name&after.1=z")
    text = render_to_string("core/listing/pager.html", {"page": page, "turning": ".1"}, request)
    for one in words:
        assert f"<span>{one}</span>" in text
    assert ("?sort=name&amp;after.1=f" in text) is bool(start.n)


made = st.builds(Thing, st.integers(), st.text("abc=@", max_size=3), st.none() | st.integers(0, 5))
rows = st.lists(made, max_size=9, unique_by=lambda one: one.pk)


@given(rows, st.sampled_from(["name", "-name", "weight", "-weight", ""]), st.sampled_from(["", "a"]))
def test_a_file_holds_what_the_pages_hold_in_their_order(rows, sort, q):
    listing, asked, seen = things(rows), {"sort": sort, "q": q}, []
    page = listing.page(asked)
    while page.rows:
        seen += [[one.name, one.weight] for one in page.rows]
        if not page.forth:
            break
        page = listing.page(asked | {"after": page.forth})
    assert list(files.table(listing, asked).rows) == seen


def test_plain_rows_take_no_text_for_a_formula():
    assert files.plain(things(), {}).splitlines() == ["\ufeffTên,Nặng", "'=1+1,2", "chè,3", "chè,1", "miến,"]
