from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core.files import sentences
from khuyencong.core.files.intake import Intake, Unmarked, UploadField
from khuyencong.core.files.kinds import PARQUET, SHEETS
from khuyencong.core.forms import YearField
from khuyencong.impact import problem_words
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.panels import IN_PERCENT, OUTCOMES, STRATA

PANELS = Intake(
    (*SHEETS, PARQUET),
    50,
    sentences.panel_too_heavy,
    sentences.panel_refused,
    unmarked=Unmarked.TABLE,
    macros=(".xlsm",),
)
_CONTROLS = [
    ("never", _("Cơ sở chưa bao giờ được hỗ trợ")),
    ("not-yet", _("Cơ sở chưa được hỗ trợ tính đến năm so sánh")),
]
_SCALES = [("log", _("Phần trăm")), ("level", _("Đơn vị gốc (đồng, người)"))]
_YEAR = {"min_value": 1990, "max_value": 2100, "required": False}


class _QuestionForm(forms.Form):
    """What both questions share: a problem with the panel is shown at the field it comes from."""

    def refuse(self, error: PanelError) -> None:
        """Put the problem into words beside the field whose column it names."""
        field = "scale" if error.code == "not-positive" else self.field_of(error.facts.get("column"))
        self.add_error(field, problem_words.sentence(error))

    def field_of(self, column: str | None) -> str | None:
        """The field that chose this column of the panel; None when there is none."""
        return None


class RegistryQuestionForm(_QuestionForm):
    """A question to the programme's own data."""

    outcome = forms.ChoiceField(label=_("Sự hỗ trợ làm thay đổi điều gì?"), choices=list(OUTCOMES.items()))
    scale = forms.ChoiceField(
        label=_("Tính theo"),
        choices=_SCALES,
        initial="log",
        help_text=_("Phần trăm hợp với doanh thu, lao động; lợi nhuận có thể âm nên chỉ tính theo đơn vị gốc."),
    )
    control = forms.ChoiceField(label=_("So sánh với"), choices=_CONTROLS, initial="never")
    strata = forms.MultipleChoiceField(
        label=_("Chỉ so sánh cơ sở cùng"),
        choices=list(STRATA.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Càng chia nhỏ càng giống nhau, nhưng càng ít cơ sở để so."),
    )
    first = YearField(label=_("Từ năm"), **_YEAR)
    last = YearField(label=_("Đến năm"), **_YEAR)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("scale") == "log" and data.get("outcome") not in IN_PERCENT:
            self.add_error("scale", _("Chỉ tiêu này có thể bằng 0 hoặc âm nên phải tính theo đơn vị gốc."))
        _check_years(self, data)
        return data

    def question(self) -> Question:
        """The question as the estimators take it."""
        data = self.cleaned_data
        return Question(
            unit="unit",
            time="year",
            outcome=data["outcome"],
            first_support="first_support",
            log=data["scale"] == "log",
            control=data["control"],
            strata=tuple(data["strata"]),
            years=(data["first"], data["last"]),
        )


class PanelUploadForm(forms.Form):
    """A panel of one's own."""

    file = UploadField(
        intake=PANELS,
        label=_("Bảng số liệu"),
        help_text=_("Tệp csv, xlsx hoặc parquet; mỗi dòng là một đơn vị trong một năm. Nhiều nhất 50 MB."),
    )


class SheetForm(forms.Form):
    """Which sheet of a workbook is the panel."""

    sheet = forms.ChoiceField(label=_("Trang tính"))

    def __init__(self, sheets: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(title, title) for title in sheets]


_COLUMNS = ("unit", "time", "outcome", "support")


class PanelQuestionForm(_QuestionForm):
    """Which columns of an uploaded panel mean what."""

    unit = forms.ChoiceField(label=_("Cột mã đơn vị"))
    time = forms.ChoiceField(label=_("Cột năm"))
    outcome = forms.ChoiceField(label=_("Cột kết quả cần xem"))
    support = forms.ChoiceField(label=_("Cột về hỗ trợ"))
    support_kind = forms.ChoiceField(
        label=_("Cột đó ghi"),
        choices=[
            ("first", _("Năm được hỗ trợ lần đầu (trống hoặc 0: chưa bao giờ)")),
            ("flag", _("0 hoặc 1 theo từng năm")),
        ],
    )
    scale = forms.ChoiceField(label=_("Tính theo"), choices=list(reversed(_SCALES)))
    control = forms.ChoiceField(label=_("So sánh với"), choices=_CONTROLS)
    strata = forms.MultipleChoiceField(
        label=_("Chỉ so sánh đơn vị có cùng"), required=False, widget=forms.CheckboxSelectMultiple
    )
    first = YearField(label=_("Từ năm"), required=False)
    last = YearField(label=_("Đến năm"), required=False)

    def __init__(self, columns: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, name) for name in columns]
        for name in _COLUMNS:
            self.fields[name].choices = [("", _("Chọn cột")), *choices]
        self.fields["strata"].choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = [data.get(name) for name in _COLUMNS]
        if None not in chosen and len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Mỗi cột chỉ dùng cho một việc; hãy chọn bốn cột khác nhau."))
        _check_years(self, data)
        return data

    def field_of(self, column: str | None) -> str | None:
        """The field that chose this column of the panel; None when there is none."""
        chosen = {self.cleaned_data.get(name): name for name in _COLUMNS}
        return chosen.get(column) or ("strata" if column in self.cleaned_data["strata"] else None)

    def question(self) -> Question:
        """The question as the estimators take it."""
        data = self.cleaned_data
        key = "first_support" if data["support_kind"] == "first" else "support_flag"
        return Question(
            unit=data["unit"],
            time=data["time"],
            outcome=data["outcome"],
            log=data["scale"] == "log",
            control=data["control"],
            strata=tuple(data["strata"]),
            years=(data["first"], data["last"]),
            **{key: data["support"]},
        )


def _check_years(form: forms.Form, data: dict[str, Any]) -> None:
    first, last = data.get("first"), data.get("last")
    if first is not None and last is not None and first >= last:
        form.add_error("last", _("Năm cuối phải sau năm đầu."))
