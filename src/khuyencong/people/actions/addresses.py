"""E-mail addresses of accounts: recorded once whoever reads the mails there has said so."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from khuyencong.core import audit, mails
from khuyencong.people.models import User

_SALT = "khuyencong.people.address"
DAYS = 7


def ask(user: User, address: str) -> None:
    """Send a mail to the address; it becomes the person's when they follow the link in it.

    Raises ValidationError when it is no address, when mails do not leave this installation, or when this one did not.
    """
    checked(user, address)
    if not mails.leave():
        raise ValidationError(_("Hệ thống chưa khai máy chủ gửi thư nên không gửi được thư kiểm tra."))
    with translation.override("vi"):
        subject = _("Khuyến công: xác nhận địa chỉ thư")
        text = _(
            "Kính gửi %(who)s,\n\nĐịa chỉ này vừa được ghi cho tài khoản %(account)s của hệ thống khuyến công, để nhận"
            " thư nhắc việc. Nếu đúng, xin mở đường dẫn sau trong %(days)s ngày và bấm xác nhận:\n\n%(address)s\n\n"
            "Nếu không phải, xin bỏ qua thư này."
        ) % {"who": user, "account": user.username, "days": DAYS, "address": _link(user, address)}
    problem = mails.trouble(lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address]))
    if problem:
        raise ValidationError(_("Không gửi được thư đến %(to)s: %(why)s") % {"to": address, "why": problem})


def asked(proof: str) -> tuple[User, str] | None:
    """Whose address a link is about, and which; None when it is not (any more) ours."""
    try:
        told: dict[str, Any] = signing.loads(proof, salt=_SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=told["user"], is_active=True, email__in=[told["before"], told["address"]]).first()
    return (user, told["address"]) if user else None


def confirm(proof: str) -> User | None:
    """Record the address that a link is about; None when it is not (any more) ours."""
    found = asked(proof)
    if found is None:
        return None
    record(found[0], *found)
    return found[0]


def record(actor: User | None, user: User, address: str) -> None:
    """Set the address; an empty one takes it away. Raises ValidationError when it is none."""
    if address:
        checked(user, address)
    with audit.writing(actor):
        user = User.objects.select_for_update().get(pk=user.pk)
        before, user.email = {"email": user.email}, address
        user.save(update_fields=["email"])
        audit.record([audit.Change("update", user, before, {"email": address})])


def checked(user: User, address: str) -> None:
    """Raise ValidationError unless this can be the person's own address."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(_("“%(text)s” không phải địa chỉ thư.") % {"text": address}) from error
    holder = User.objects.filter(email__iexact=address).exclude(pk=user.pk).first()
    if holder is not None:
        raise ValidationError(_("Địa chỉ này là của tài khoản %(who)s.") % {"who": holder.username})


def _link(user: User, address: str) -> str:
    proof = signing.dumps({"user": user.pk, "address": address, "before": user.email}, salt=_SALT)
    return settings.SITE_ADDRESS + reverse("people:address", args=[proof])
