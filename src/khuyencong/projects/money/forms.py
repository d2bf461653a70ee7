import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.core.forms import DayField, MoneyField, our_fields
from khuyencong.core.money import vnd
from khuyencong.establishments import wording
from khuyencong.establishments.rules import clean_tax_code
from khuyencong.planning.models import PlanLine
from khuyencong.projects.money.models import Contract, Invoice, Payment
from khuyencong.projects.money.queries import advance_limit
from khuyencong.projects.record.models import Project


class ContractForm(forms.ModelForm):
    """The contract as it was signed."""

    signed_on = DayField(label=_("Ngày ký"))
    starts_on = DayField(label=_("Thực hiện từ"), required=False)
    ends_on = DayField(label=_("Thực hiện đến"), required=False)
    amount = MoneyField(label=_("Giá trị hỗ trợ theo hợp đồng"), min_value=1)

    class Meta:
        model = Contract
        formfield_callback = our_fields
        fields = ["number", "signed_on", "amount", "advance_percent", "starts_on", "ends_on"]

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = _("Nhiều nhất %(most)s.") % {"most": vnd(project.support_amount)}
        if self.instance.pk is None:
            self.fields["amount"].initial = project.support_amount
            self.fields["advance_percent"].initial = (
                limit.whole if (limit := advance_limit(project, clock.today())) else 0
            )
            self.fields["starts_on"].initial, self.fields["ends_on"].initial = project.starts_on, project.ends_on

    def validate_unique(self) -> None:
        """The action knows the one contract of the project."""


class PaymentForm(forms.Form):
    """Money out. ``key`` makes pressing the button twice pay once."""

    kind = forms.ChoiceField(
        label=_("Loại"), choices=[(k.value, k.label) for k in (Payment.Kind.ADVANCE, Payment.Kind.PAYMENT)]
    )
    amount = MoneyField(label=_("Số tiền"), min_value=1)
    paid_on = DayField(label=_("Ngày chi"))
    voucher = forms.CharField(label=_("Số chứng từ"), max_length=60, required=False)
    invoices = forms.ModelMultipleChoiceField(
        label=_("Hóa đơn được thanh toán"),
        queryset=Invoice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tạm ứng thì không cần; thanh toán thì chọn ít nhất một."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoices"].queryset = project.invoices.filter(payment=None)
        self.fields["invoices"].label_from_instance = lambda one: f"{one.number}, {one.seller}: {vnd(one.amount)}"
        self.fields["paid_on"].initial = clock.today()
        self.fields["key"].initial = uuid.uuid4()


class RecoveryForm(forms.Form):
    """Money back."""

    amount = MoneyField(label=_("Số tiền thu hồi"), min_value=1)
    paid_on = DayField(label=_("Ngày thu hồi"))
    reason = forms.CharField(label=_("Lý do thu hồi"), widget=forms.Textarea(attrs={"rows": 3}))
    voucher = forms.CharField(label=_("Số chứng từ"), max_length=60, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = clock.today()
        self.fields["key"].initial = uuid.uuid4()


class InvoiceForm(forms.ModelForm):
    """An invoice that shows what the money bought."""

    issued_on = DayField(label=_("Ngày hóa đơn"))
    amount = MoneyField(label=_("Số tiền"), min_value=1)

    class Meta:
        model = Invoice
        formfield_callback = our_fields
        fields = ["seller_tax_code", "seller", "number", "issued_on", "amount"]

    def clean_seller_tax_code(self) -> str:
        text = self.cleaned_data["seller_tax_code"]
        try:
            return clean_tax_code(text)
        except ValueError as error:
            raise forms.ValidationError(wording.tax_code_problem(str(error), text)) from error

    def validate_unique(self) -> None:
        """The action says in which project the same invoice stands."""


class LineChoiceForm(forms.Form):
    """Which line of the plan pays."""

    line = forms.ModelChoiceField(label=_("Dòng kế hoạch"), queryset=PlanLine.objects.none())

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = (project.starts_on or clock.today()).year
        lines = PlanLine.objects.select_related("plan").filter(fund=project.fund, plan__year__gte=year - 1)
        meant = Q(activity=None) | Q(activity=project.activity_id)
        self.fields["line"].queryset = lines.filter(meant).order_by("-plan__year", "name")
        self.fields["line"].label_from_instance = _line_label
        self.fields["line"].initial = project.plan_line_id


def _line_label(one: PlanLine) -> str:
    state = "" if one.plan.adopted else f", {gettext('kế hoạch còn dự thảo')}"
    return f"{one}: {gettext('còn')} {vnd(one.left)}{state}"
