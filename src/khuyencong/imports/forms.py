from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core.files import sentences
from khuyencong.core.files.intake import Intake, Unmarked, UploadField
from khuyencong.core.files.kinds import SHEETS

TABLES = Intake(
    SHEETS, 20, sentences.table_too_heavy, sentences.table_refused, unmarked=Unmarked.TABLE, macros=(".xlsm",)
)


class UploadForm(forms.Form):
    """A spreadsheet to bring in."""

    file = UploadField(
        intake=TABLES,
        label=_("Tệp số liệu"),
        help_text=_("Tệp xlsx hoặc csv, nhiều nhất 20 MB."),
        accept=".xlsx,.xlsm,.xls,.ods,.csv,.txt",
    )
