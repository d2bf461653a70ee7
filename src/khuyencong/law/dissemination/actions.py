"""Sending a document to people, and what is known of its way: delivered, opened, understood."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock, mails
from khuyencong.law.dissemination.models import Delivery, Dispatch
from khuyencong.law.dissemination.queries import Recipient
from khuyencong.law.documents.models import Edition, LegalDocument
from khuyencong.law.documents.queries.standing import edition_of
from khuyencong.law.documents.wording import name
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission

# These backends show or drop a mail; nobody receives it, so nothing is delivered.


def send(
    user: User, document: LegalDocument, audience: str, recipients: Iterable[Recipient], message: str = ""
) -> Dispatch:
    """Send a document to these recipients, each once; accounts find it in their inbox at once.

    Raises ValidationError when the document is only a draft or there is nobody to send it to.
    """
    with audit.writing(user):
        require(user, Permission.LAW_SEND)
        if edition_of(document) is None:
            raise ValidationError({"document": _("Văn bản này chưa được duyệt vào thư viện nên chưa gửi được.")})
        chosen = {one.key: one for one in recipients}
        if not chosen:
            raise ValidationError({"audience": _("Không có ai để gửi.")})
        dispatch = Dispatch.objects.create(
            document=document, audience=audience, message=message.strip(), sent_by=user, sent_at=clock.now()
        )
        Delivery.objects.bulk_create(
            Delivery(dispatch=dispatch, user=one.user, party=one.party, name=one.name[:200], contact=one.contact[:100])
            for one in chosen.values()
        )
        after = audit.snapshot(dispatch) | {"recipients": sorted(one.name for one in chosen.values())}
        audit.record([audit.Change("send", dispatch, None, after)])
    return dispatch


def mailable(dispatch: Dispatch) -> list[Delivery]:
    """The deliveries that a mail can be sent to."""
    return [one for one in dispatch.deliveries.filter(delivered_at=None).order_by("pk") if "@" in one.contact]


def mail(dispatch: Dispatch, address: Callable[[Delivery], str], progress: Callable[[float, str], None]) -> int:
    """Send a mail with the link to everyone who has an address; how many left.

    One address that fails does not stop the others: what went wrong is kept with the delivery. A mail counts as
    delivered when the mail server has taken it, which is all that can be known here.
    """
    waiting, left = mailable(dispatch), 0
    connection = get_connection()
    out_of_reach = mails.trouble(connection.open)
    try:
        for done, delivery in enumerate(waiting, start=1):
            letter = _letter(dispatch, delivery, address(delivery), connection)
            problem = out_of_reach or mails.trouble(letter.send)
            if problem or mails.leave():
                left += not problem
                _mailed(delivery, problem)
            progress(done / len(waiting), _("Đang gửi thư"))
    finally:
        connection.close()
    return left


def receive(user: User) -> int:
    """What waits in the person's inbox was shown to them; how many were new."""
    with audit.writing(user):
        waiting = list(Delivery.objects.select_for_update().filter(user=user, delivered_at=None))
        for delivery in waiting:
            _step(delivery, "receive", ("delivered_at",))
    return len(waiting)


def open_(user: User, pk: int) -> Delivery:
    """The recipient has the document before them. PermissionDenied for another person's."""
    return _own_step(user, pk, "open", ("delivered_at", "opened_at"))


def confirm(user: User, pk: int) -> Delivery:
    """The recipient says: I have read and understood. PermissionDenied for another person's."""
    return _own_step(user, pk, "confirm", ("delivered_at", "opened_at", "confirmed_at"))


def open_link(token: UUID) -> Delivery:
    """Somebody who was sent this link has the document before them."""
    return _link_step(token, "open-link", ("delivered_at", "opened_at"))


def confirm_link(token: UUID) -> Delivery:
    """Somebody who was sent this link says: I have read and understood."""
    return _link_step(token, "confirm-link", ("delivered_at", "opened_at", "confirmed_at"))


def tell(user: User, pk: int) -> Delivery:
    """Record by hand that the recipient was told, by telephone or in person."""
    with audit.writing(user):
        require(user, Permission.LAW_SEND)
        delivery = Delivery.objects.select_for_update().get(pk=pk)
        if delivery.delivered_at is None:
            delivery.recorded_by = user
            _step(delivery, "deliver", ("delivered_at",), ("recorded_by_id",))
    return delivery


def _own_step(user: User, pk: int, action: str, moments: tuple[str, ...]) -> Delivery:
    with audit.writing(user):
        delivery = Delivery.objects.select_for_update().get(pk=pk)
        if delivery.user_id != user.pk:
            raise PermissionDenied(_("Văn bản này được gửi cho người khác."))
        _step(delivery, action, moments)
    return delivery


def _link_step(token: UUID, action: str, moments: tuple[str, ...]) -> Delivery:
    with audit.writing(None):
        delivery = Delivery.objects.select_for_update().get(token=token)
        _step(delivery, action, moments)
    return delivery


def _step(delivery: Delivery, action: str, moments: tuple[str, ...], also: tuple[str, ...] = ()) -> None:
    """Fill in the moments that are still empty; a second time changes nothing."""
    stored = Delivery.objects.get(pk=delivery.pk)
    before, now = audit.snapshot(stored), clock.now()
    for moment in moments:
        if getattr(delivery, moment) is None:
            setattr(delivery, moment, now)
    after = audit.snapshot(delivery)
    if after != before:
        delivery.save(update_fields=[*moments, *also])
        audit.record([audit.Change(action, delivery, before, after, subject=delivery.dispatch)])


def _mailed(delivery: Delivery, problem: str) -> None:
    with audit.writing(None):
        stored = Delivery.objects.select_for_update().get(pk=delivery.pk)
        before = audit.snapshot(stored)
        stored.problem = problem
        if not problem and stored.delivered_at is None:
            stored.delivered_at = clock.now()
        stored.save(update_fields=["problem", "delivered_at"])
        action = "mail-failed" if problem else "mail"
        audit.record([audit.Change(action, stored, before, audit.snapshot(stored), subject=stored.dispatch)])


def _named(dispatch: Dispatch, edition: Edition | None) -> str:
    if edition is None:
        return str(dispatch.document)
    return f"{edition}, {edition.title}" if edition.numbered else edition.title


def _letter(dispatch: Dispatch, delivery: Delivery, address: str, connection: BaseEmailBackend) -> EmailMessage:
    """An official mail, in Vietnamese whatever the language of the sender's screen."""
    edition = edition_of(dispatch.document)
    with translation.override("vi"):
        parts = [
            _("Kính gửi %(name)s,") % {"name": delivery.name},
            _("Xin gửi đến quý vị văn bản sau: %(document)s.") % {"document": _named(dispatch, edition)},
            dispatch.message,
            _("Đọc văn bản và xác nhận đã hiểu tại: %(address)s") % {"address": address},
            _("Đường dẫn này dành riêng cho quý vị, không cần tài khoản."),
        ]
        subject = _("Văn bản khuyến công: %(document)s") % {"document": name(edition, dispatch.document)}
    body = "\n\n".join(part for part in parts if part)
    return EmailMessage(subject, body, to=[delivery.contact], connection=connection)
