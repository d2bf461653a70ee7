"""Sending: who is meant, what is known of the way of each delivery, and that nothing is claimed that is not known."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from khuyencong.core import audit, clock
from khuyencong.core.history import sentences
from khuyencong.law.dissemination import actions, queries
from khuyencong.law.dissemination.listing import unreached_list
from khuyencong.law.dissemination.queries import Recipient
from khuyencong.law.models import Delivery, Edition, LegalDocument

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

TODAY = clock.today()
MEMORY = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def decree():
    """Decree 235/2025/NĐ-CP."""
    return LegalDocument.objects.get(code="235-2025-nd-cp")


@pytest.fixture
def sent(officer, commune_officer, decree):
    """The decree sent to the commune officer, to a household with mail and to one with a telephone."""
    recipients = [
        Recipient(str(commune_officer), user=commune_officer),
        Recipient("Cơ sở có thư", party="CB-1", contact="co.so@example.vn"),
        Recipient("Cơ sở có máy", party="CB-2", contact="0000 111 222"),
    ]
    return actions.send(officer, decree, "establishments", recipients, " Xin đọc kỹ. ")


def delivery(sent, **fields):
    return Delivery.objects.get(dispatch=sent, **fields)


def counts(sent):
    found = queries.get(sent.pk)
    return (found.sent, found.delivered, found.opened, found.confirmed)


def silent(share, words=""):
    """Progress that nobody looks at."""


def test_each_recipient_has_one_delivery_and_the_trail_names_them(officer, decree, sent):
    assert counts(sent) == (3, 0, 0, 0)
    assert sent.message == "Xin đọc kỹ."
    assert len({one.token for one in sent.deliveries.all()}) == 3
    assert "Cơ sở có máy" in audit.history(sent).get(action="send").after
    twice = [Recipient("A", party="CB-9"), Recipient("A lần nữa", party="CB-9")]
    assert actions.send(officer, decree, "establishments", twice).deliveries.count() == 1


def test_who_may_send_and_what(officer, leader, viewer, commune_officer, decree):
    someone = [Recipient("A", party="CB-9")]
    for user in (viewer, commune_officer):
        with pytest.raises(PermissionDenied):
            actions.send(user, decree, "communes", someone)
    assert actions.send(leader, decree, "communes", someone).pk
    with pytest.raises(ValidationError):
        actions.send(officer, decree, "communes", [])
    Edition.objects.filter(document=decree).update(state="draft")
    with pytest.raises(ValidationError):
        actions.send(officer, decree, "communes", someone)


def test_officers_are_those_of_the_province_today_but_not_the_sender(officer, leader, person, province, commune):
    colleague = person("officer", province, username="colleague")
    gone = person("officer", province, username="gone")
    gone.role_grants.update(valid_to=TODAY - dt.timedelta(days=1))
    closed = person("officer", province, username="closed")
    closed.is_active = False
    closed.save()
    person("officer", commune, username="of-a-commune")
    assert [one.user for one in queries.officers(province, TODAY, but=officer)] == [colleague]
    assert {one.user for one in queries.officers(province, TODAY)} == {officer, colleague}


def test_a_commune_without_an_account_is_a_recipient_all_the_same(province, commune, other_commune, commune_officer):
    found = queries.commune_officers(province, TODAY)
    assert len(found) == 56
    assert [one.user for one in found if one.user] == [commune_officer]
    assert next(one for one in found if one.party == other_commune.code).name == other_commune.name
    only = queries.commune_officers(province, TODAY, frozenset({commune.code, other_commune.code}))
    assert {one.key for one in only} == {("user", commune_officer.pk), ("party", other_commune.code)}


def test_shown_opened_understood(sent, commune_officer):
    mine = delivery(sent, user=commune_officer)
    assert actions.receive(commune_officer) == 1
    assert actions.receive(commune_officer) == 0
    assert counts(sent) == (3, 1, 0, 0)
    first = actions.open_(commune_officer, mine.pk).opened_at
    assert actions.open_(commune_officer, mine.pk).opened_at == first, "the first time is what counts"
    actions.confirm(commune_officer, mine.pk)
    actions.confirm(commune_officer, mine.pk)
    assert counts(sent) == (3, 1, 1, 1)
    told = [one.sentence for one in sentences(sent)]
    assert told[:3] == [
        f"{commune_officer} đã xác nhận đọc và hiểu văn bản.",
        f"{commune_officer} đã mở văn bản.",
        f"{commune_officer} đã nhận được.",
    ]
    assert audit.verify().broken is None


def test_confirming_without_opening_says_that_it_was_opened(sent, commune_officer):
    mine = actions.confirm(commune_officer, delivery(sent, user=commune_officer).pk)
    assert mine.delivered_at == mine.opened_at == mine.confirmed_at


def test_nobody_reads_in_the_place_of_another(sent, officer, commune_officer):
    mine = delivery(sent, user=commune_officer)
    for step in (actions.open_, actions.confirm):
        with pytest.raises(PermissionDenied):
            step(officer, mine.pk)
    assert counts(sent) == (3, 0, 0, 0)


def test_by_link_and_by_telephone(sent, officer, viewer):
    by_link, by_phone = delivery(sent, party="CB-1"), delivery(sent, party="CB-2")
    actions.open_link(by_link.token)
    actions.confirm_link(by_link.token)
    with pytest.raises(PermissionDenied):
        actions.tell(viewer, by_phone.pk)
    actions.tell(officer, by_phone.pk)
    by_phone.refresh_from_db()
    assert (by_phone.recorded_by, by_phone.opened_at) == (officer, None)
    assert counts(sent) == (3, 2, 1, 1)
    told = [one.sentence for one in sentences(sent)]
    assert told[:3] == [
        f"{officer} đã báo trực tiếp cho Cơ sở có máy.",
        "Cơ sở có thư đã xác nhận hiểu, qua đường dẫn được gửi.",
        "Cơ sở có thư đã mở qua đường dẫn được gửi.",
    ]
    again = actions.tell(officer, by_link.pk)
    assert again.recorded_by is None, "who received it already was not told by telephone"


def test_mails_leave_with_a_link_of_their_own(sent, settings):
    settings.EMAIL_BACKEND = MEMORY
    assert actions.mail(sent, lambda one: f"https://example.vn/{one.token}", silent) == 1
    letter = mail.outbox[0]
    assert letter.to == ["co.so@example.vn"]
    assert letter.subject == "Văn bản khuyến công: 235/2025/NĐ-CP"
    assert f"https://example.vn/{delivery(sent, party='CB-1').token}" in letter.body
    assert "Kính gửi Cơ sở có thư," in letter.body and "Xin đọc kỹ." in letter.body
    assert counts(sent) == (3, 1, 0, 0)
    assert actions.mail(sent, str, silent) == 0, "who has received it is not written to again"


def test_what_is_only_printed_on_the_console_has_reached_nobody(sent, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert actions.mail(sent, lambda one: "https://example.vn", silent) == 0
    assert "co.so@example.vn" in capsys.readouterr().out
    assert counts(sent) == (3, 0, 0, 0)


def test_a_mail_server_that_does_not_answer_is_told_with_each_delivery(sent, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing listens on the discard port
    assert actions.mail(sent, lambda one: "https://example.vn", silent) == 0
    failed = delivery(sent, party="CB-1")
    assert failed.delivered_at is None
    assert "refused" in failed.problem.lower()
    assert "không gửi được thư cho Cơ sở có thư" in sentences(sent)[0].sentence
    settings.EMAIL_BACKEND = MEMORY
    assert actions.mail(sent, lambda one: "https://example.vn", silent) == 1
    failed.refresh_from_db()
    assert failed.problem == "" and failed.delivered_at


def test_one_bad_address_does_not_stop_the_others(officer, decree, settings):
    settings.EMAIL_BACKEND = MEMORY
    recipients = [
        Recipient("Hỏng", party="A", contact="a@b\nBcc: c@d"),
        Recipient("Tốt", party="B", contact="tot@example.vn"),
    ]
    sent = actions.send(officer, decree, "establishments", recipients)
    assert actions.mail(sent, lambda one: "https://example.vn", silent) == 1
    assert [letter.to for letter in mail.outbox] == [["tot@example.vn"]]
    assert delivery(sent, party="A").problem


def test_mails_are_vietnamese_whatever_the_screen(sent, settings):
    from django.utils import translation

    settings.EMAIL_BACKEND = MEMORY
    with translation.override("en"):
        actions.mail(sent, lambda one: "https://example.vn", silent)
    assert re.match("Kính gửi", mail.outbox[0].body)


def names(**filters):
    return {one.name for one in unreached_list(str).found(filters)}


def test_who_has_not_been_reached(sent, officer, commune_officer, decree):
    actions.tell(officer, delivery(sent, party="CB-2").pk)
    actions.confirm_link(delivery(sent, party="CB-1").token)
    assert names() == {str(commune_officer)}
    assert names(stage="opened") == names(stage="confirmed") == {str(commune_officer), "Cơ sở có máy"}
    assert names(stage="confirmed", q="co may") == {"Cơ sở có máy"}
    assert names(stage="confirmed", q="235 2025") == {str(commune_officer), "Cơ sở có máy"}
    other = actions.send(officer, decree, "officers", [Recipient("Khác", party="X")])
    assert names(audience="officers") == {"Khác"}
    assert names(dispatch=str(sent.pk)) == {str(commune_officer)}
    assert names(dispatch=str(other.pk)) == {"Khác"}


def test_filters_that_are_not_understood_are_left_out():
    asked = unreached_list(str).asked({"stage": "lost", "q": " a ", "dispatch": "²"})
    assert asked == {"q": "a", "stage": "delivered", "audience": "", "dispatch": ""}


def test_the_inbox_holds_what_waits_newest_first(sent, officer, commune_officer, decree):
    second = actions.send(officer, decree, "communes", [Recipient("Tôi", user=commune_officer)])
    assert [one.dispatch for one in queries.waiting(commune_officer)] == [second, sent]
    actions.confirm(commune_officer, delivery(second, user=commune_officer).pk)
    assert [one.dispatch for one in queries.waiting(commune_officer)] == [sent]
    assert len(queries.inbox(commune_officer)) == 2
    assert not queries.inbox(officer)
