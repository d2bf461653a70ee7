from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.law.documents.records import Sourced
from khuyencong.law.models import LegalDocument


class OtherProgramme(Sourced):
    """Another programme of the state whose money may meet ours in one project (lồng ghép)."""

    code = models.SlugField(_("mã"), max_length=20, primary_key=True)
    name = models.CharField(_("tên chương trình"), max_length=200)
    agency = models.CharField(_("cơ quan chủ trì"), max_length=150, blank=True)
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("văn bản")
    )
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return gettext(self.name)
