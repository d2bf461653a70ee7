from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.people.rules import Access
from khuyencong.places.models import Unit


class User(AbstractUser):
    """An account. What it may do comes from its grants only; no account is above the table."""

    first_name = None  # type: ignore[assignment]  # how Django leaves out a column of the class above
    last_name = None  # type: ignore[assignment]  # as above
    date_joined = models.DateTimeField(AbstractUser._meta.get_field("date_joined").verbose_name, default=clock.now)
    full_name = models.CharField(_("họ và tên"), max_length=150, blank=True)
    job_title = models.CharField(_("chức danh"), max_length=150, blank=True)
    # Read once for each object: by queries.access_of, by queries.current_grants, by work.context.
    _access: Access
    _grants: "list[RoleGrant]"
    _work_stamp: str

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.username


class RoleGrant(models.Model):
    """A role held in a province or in one commune, from a day to a day."""

    class RoleName(models.TextChoices):
        OFFICER = "officer", _("Cán bộ khuyến công")
        LEADER = "leader", _("Lãnh đạo")
        ANALYST = "analyst", _("Chuyên viên phân tích")
        VIEWER = "viewer", _("Người xem")
        INSPECTOR = "inspector", _("Cán bộ kiểm tra")
        ADMINISTRATOR = "administrator", _("Quản trị hệ thống")

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("vai trò"), max_length=20, choices=RoleName)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("nơi phụ trách"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="grant_dates_in_order",
            ),
            models.UniqueConstraint(fields=["user", "role", "unit", "valid_from"], name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit.name}"


class SignInFailures(models.Model):
    """How often a wrong password was typed for an account (as typed, known or not) at one address."""

    account = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "address"], name="failures_once")]


class OfficerAssignment(models.Model):
    """Who is in charge of industrial promotion in a commune, from a day to a day (phân công cán bộ phụ trách)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("cán bộ"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name=_("xã, phường"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="assignment_dates_in_order",
            ),
            models.UniqueConstraint(fields=["user", "unit", "valid_from"], name="assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.unit}"
