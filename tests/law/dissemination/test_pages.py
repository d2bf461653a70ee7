"""The pages of dissemination: sending, the inbox, the public link, who has not been reached."""

import io

import openpyxl
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from khuyencong.core import jobs
from khuyencong.core.queue.models import Job
from khuyencong.law.dissemination import actions
from khuyencong.law.dissemination.queries import Recipient
from khuyencong.law.models import Delivery, Dispatch, LegalDocument
from tests.factories.establishments import make_establishment
from tests.factories.library import make_local

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def sent(officer, commune_officer):
    """A decree sent to the commune officer, and to a household by link."""
    recipients = [Recipient(str(commune_officer), user=commune_officer),
                  Recipient("=Cơ sở thử", party="CB-1", contact="0000 111 222")]  # fmt: skip
    return actions.send(officer, LegalDocument.objects.get(code="235-2025-nd-cp"), "communes", recipients, "Xin đọc.")


def household(sent):
    return sent.deliveries.get(party="CB-1")


def test_sending_to_communes_tells_who_has_no_account(as_, officer, commune_officer):
    client = as_(officer)
    assert "1 người; 55 xã, phường chưa có tài khoản" in text(client.get("/law/dissemination/send/"))
    data = {"document": "235/2025/NĐ-CP", "audience": "communes", "message": "Xin đọc."}
    card = client.post("/law/dissemination/send/", data)
    dispatch = Dispatch.objects.get()
    assert card.url == f"/law/dissemination/{dispatch.pk}/"
    assert dispatch.deliveries.count() == 56
    assert dispatch.deliveries.filter(user=commune_officer).exists()


def test_sending_to_some_communes(as_, officer, commune, other_commune):
    data = {"document": "235/2025/NĐ-CP", "audience": "communes", "only": [commune.code, other_commune.code]}
    as_(officer).post("/law/dissemination/send/", data)
    assert {one.party for one in Delivery.objects.all()} == {commune.code, other_commune.code}


def test_what_is_wrong_is_told_and_the_words_are_kept(as_, officer):
    data = {"document": "1/1999/QĐ", "audience": "officers", "message": "Đã soạn lâu"}
    page = text(as_(officer).post("/law/dissemination/send/", data))
    assert "Không có văn bản nào mang số “1/1999/QĐ”" in page and "Đã soạn lâu" in page
    page = text(as_(officer).post("/law/dissemination/send/", {**data, "document": "45/2012/NĐ-CP"}))
    assert "Không có ai để gửi." in page
    assert not Dispatch.objects.exists()


def test_the_reader_sees_the_mark_reads_and_confirms(as_, commune_officer, officer, sent):
    client = as_(commune_officer)
    home = text(client.get("/work/summary/"))
    assert "Đọc văn bản" in home and "235/2025/NĐ-CP" in home
    mine = sent.deliveries.get(user=commune_officer)
    assert mine.delivered_at is None, "the page tells that it was shown, asking for it does not"
    assert client.post("/law/inbox/").status_code == 204
    page = text(client.get(f"/law/inbox/{mine.pk}/"))
    assert "Xin đọc." in page and "Các nội dung sửa đổi" in page
    mine.refresh_from_db()
    assert mine.delivered_at and mine.opened_at is None
    assert client.post(f"/law/inbox/{mine.pk}/", {"do": "opened"}).status_code == 204
    client.post(f"/law/inbox/{mine.pk}/", {"do": "confirm"})
    assert "Bạn đã xác nhận đọc và hiểu lúc" in text(client.get(f"/law/inbox/{mine.pk}/"))
    assert "Đọc văn bản" not in text(client.get("/work/summary/"))
    shown = as_(officer).get(f"/law/dissemination/{sent.pk}/").context["dispatch"]
    assert (shown.sent, shown.delivered, shown.opened, shown.confirmed) == (2, 1, 1, 1)


def test_anothers_delivery_is_refused_and_none_is_not_found(as_, officer, commune_officer, sent):
    mine = sent.deliveries.get(user=commune_officer)
    for send in (as_(officer).get, as_(officer).post):
        assert send(f"/law/inbox/{mine.pk}/").status_code == 403
    assert as_(officer).get("/law/inbox/999999/").status_code == 404


def test_who_does_not_send_sees_their_own_and_no_list_of_people(as_, viewer, commune_officer, sent):
    assert "Chưa có văn bản nào gửi đến bạn" in text(as_(viewer).get("/law/dissemination/"))
    assert "235/2025/NĐ-CP" in text(as_(commune_officer).get("/law/dissemination/"))
    for user in (viewer, commune_officer):
        for address in (f"{sent.pk}/", "unreached/", "unreached/download/", "send/"):
            assert as_(user).get(f"/law/dissemination/{address}").status_code == 403


def test_the_link_shows_the_document_and_a_preview_opens_nothing(sent):
    client = Client()
    response = client.get(f"/law/read/{household(sent).token}/")
    page = text(response)
    assert "Các nội dung sửa đổi Nghị định 45/2012/NĐ-CP" in page and "Tôi đã đọc và hiểu" in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert 'href="/law/' not in page, "nothing but the document is open to a stranger"
    client.head(f"/law/read/{household(sent).token}/")
    assert household(sent).opened_at is None
    assert client.post(f"/law/read/{household(sent).token}/", {"do": "opened"}).status_code == 204
    assert household(sent).opened_at and not household(sent).confirmed_at
    page = text(client.post(f"/law/read/{household(sent).token}/", {"do": "confirm"}, follow=True))
    assert "Đã ghi nhận: đã đọc và hiểu" in page
    assert household(sent).confirmed_at


def test_the_link_is_held_against_forged_requests_and_guessing(sent):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/law/read/{household(sent).token}/", {"do": "confirm"}).status_code == 403
    assert Client().get("/law/read/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert household(sent).opened_at is None


def test_telling_by_telephone_is_recorded_with_who_did(as_, officer, sent):
    address = f"/law/dissemination/{sent.pk}/?stage=delivered"

    def waiting():
        return {one.name for one in as_(officer).get(address).context["list"].page.rows}

    assert "=Cơ sở thử" in waiting()
    card = f"/law/dissemination/{sent.pk}/"
    assert as_(officer).post(card, {"told": household(sent).pk, "back": address}).url == address
    assert as_(officer).post(card, {"told": household(sent).pk, "back": "https://example.org/"}).url == card
    assert "=Cơ sở thử" not in waiting()
    page = text(as_(officer).get(f"/law/dissemination/{sent.pk}/"))
    assert f"{officer} đã báo trực tiếp" in page
    for bad in ("", "x", "999999"):
        assert as_(officer).post(address, {"told": bad}).status_code == 404


def test_the_list_of_people_not_reached_and_its_workbook(as_, officer, commune_officer, sent):
    actions.receive(commune_officer)
    client = as_(officer)
    page = client.get("/law/dissemination/unreached/")
    assert [one.name for one in page.context["list"].page.rows] == ["=Cơ sở thử"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/law/dissemination/unreached/download/").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert book.active.title == "Chưa nhận"
    assert len(rows) == 2
    named = dict(zip(rows[0], rows[1], strict=True))
    assert named["Văn bản"] == "235/2025/NĐ-CP"
    assert named["Người nhận"] == "=Cơ sở thử" and book.active["D2"].data_type == "s", "text, never a formula"
    assert named["Liên hệ"] == "0000 111 222"
    assert named["Đường dẫn để đọc"] == f"http://testserver/law/read/{household(sent).token}/"
    more = client.get("/law/dissemination/unreached/download/", {"stage": "confirmed", "dispatch": sent.pk})
    assert len(list(openpyxl.load_workbook(io.BytesIO(more.content)).active.iter_rows())) == 3


def test_a_document_without_a_number_is_called_by_its_title(as_, officer, province):
    plan = make_local(province, "ke-hoach-2026", number="").document
    actions.send(officer, plan, "communes", [Recipient("Xã A", party="01")])
    page = text(as_(officer).get("/law/dissemination/"))
    assert "Văn bản thử ke-hoach-2026" in page
    assert ">ke-hoach-2026<" not in page


def test_establishments_are_chosen_by_the_filters_of_the_list(as_, officer, commune, other_commune):
    make_establishment(commune, "Có thư", "CB-1", email="co.so@example.vn", phone="0000 1")
    make_establishment(commune, "Có máy", "CB-2", phone="0000 222 333")
    make_establishment(commune, "Đã đóng", "CB-3", status="closed")
    make_establishment(other_commune, "Nơi khác", "CB-4")
    client, address = as_(officer), f"/establishments/send/?commune={commune.code}&status=closed"
    assert f"/establishments/send/?commune={commune.code}" in text(
        client.get(f"/establishments/?commune={commune.code}")
    )
    page = text(client.get(address))
    assert "Gửi đến 2 cơ sở" in page and "1 cơ sở có thư điện tử" in page and "1 cơ sở chỉ có điện thoại" in page
    client.post(address, {"document": "45/2012/NĐ-CP", "message": ""})
    sent = Dispatch.objects.get()
    assert sent.audience == "establishments"
    assert sorted(sent.deliveries.values_list("party", "name", "contact")) == [
        ("CB-1", "Có thư, Xã Trùng Khánh", "co.so@example.vn"), ("CB-2", "Có máy, Xã Trùng Khánh", "0000 222 333"),
    ]  # fmt: skip


def test_a_list_without_anybody_sends_nothing(as_, officer, commune):
    page = text(as_(officer).get("/establishments/send/?q=khong-co-ai"))
    assert "Không có cơ sở nào khớp" in page
    page = text(as_(officer).post("/establishments/send/?q=khong-co-ai", {"document": "45/2012/NĐ-CP"}))
    assert not Dispatch.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_only_who_may_send_sends_to_establishments(as_, person, province, commune_officer, role):
    for user in (person(role, province), commune_officer):
        assert as_(user).get("/establishments/send/").status_code == 403


def test_mails_leave_in_the_background_with_links_that_work(as_, officer, commune, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_establishment(commune, "Có thư", "CB-1", email="co.so@example.vn")
    client = as_(officer)
    page = client.post("/establishments/send/", {"document": "235/2025/NĐ-CP", "message": "Xin đọc."})
    job = Job.objects.get()
    assert page.url == reverse("job", args=[job.pk])
    jobs.work_off()
    job.refresh_from_db()
    assert job.state == Job.State.DONE and job.next_url == f"/law/dissemination/{Dispatch.objects.get().pk}/"
    link = next(line for line in mail.outbox[0].body.splitlines() if "http" in line).split()[-1]
    assert "235/2025/NĐ-CP" in text(Client().get(link.replace("http://testserver", "")))
    assert Delivery.objects.get().delivered_at
