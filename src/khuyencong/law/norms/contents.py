from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ActivityType(models.Model):
    """A kind of industrial-promotion activity, with the provision it rests on and whether it was checked.

    ``direct``: an establishment can be supported with it; the others are work of the programme itself.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("nội dung hỗ trợ"), max_length=300)
    provision = models.CharField(_("căn cứ"), max_length=200)
    verified = models.BooleanField(_("đã xác minh"), default=False)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến"), null=True, blank=True)
    direct = models.BooleanField(_("hỗ trợ trực tiếp cơ sở"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return gettext(self.name)


class EligibleGroup(models.Model):
    """A group of industries that may be supported, with the provision it rests on and whether it was checked."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("nhóm ngành được hưởng"), max_length=300)
    provision = models.CharField(_("căn cứ"), max_length=200)
    verified = models.BooleanField(_("đã xác minh"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return gettext(self.name)
