from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core.changed_meanwhile import Opened
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.money import actions
from khuyencong.projects.money.actions import choose_line
from khuyencong.projects.money.forms import ContractForm, InvoiceForm, LineChoiceForm, PaymentForm, RecoveryForm
from khuyencong.projects.money.models import Contract
from khuyencong.projects.money.queries import card
from khuyencong.projects.record import queries
from khuyencong.projects.record.models import Project


@needs(Permission.PROJECTS_EDIT)
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter or change the contract."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    entered = Contract.objects.filter(project=project)
    present = entered.first()
    opened = Opened(request, present, again=entered.first)
    form = ContractForm(project, request.POST or None, instance=present)
    return _page(
        request, project, form, _("Hợp đồng"), _("Đã ghi hợp đồng."),
        lambda given, version: actions.record_contract(request.user, pk, given, version), opened,
    )  # fmt: skip


@needs(Permission.PROJECTS_EDIT)
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay the establishment."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)

    def do(given: dict[str, Any], version: str) -> object:
        invoices = [one.pk for one in given["invoices"]]
        return actions.pay(
            request.user, pk, given["kind"], given["amount"], given["paid_on"], given["key"], given["voucher"], invoices
        )

    form = PaymentForm(project, request.POST or None)
    return _page(request, project, form, _("Chi tiền cho cơ sở"), _("Đã ghi khoản chi."), do)


@needs(Permission.PROJECTS_EDIT)
def recovery(request: HttpRequest, pk: int) -> HttpResponse:
    """Take money back."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)

    def do(given: dict[str, Any], version: str) -> object:
        return actions.recover(
            request.user, pk, given["amount"], given["paid_on"], given["key"], given["reason"], given["voucher"]
        )

    return _page(
        request, project, RecoveryForm(request.POST or None), _("Thu hồi kinh phí"), _("Đã ghi khoản thu hồi."), do
    )


@needs(Permission.PROJECTS_EDIT)
def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an invoice."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    form = InvoiceForm(request.POST or None)
    return _page(
        request, project, form, _("Ghi hóa đơn"), _("Đã ghi hóa đơn."),
        lambda given, version: actions.add_invoice(request.user, pk, given),
    )  # fmt: skip


@needs(Permission.PROJECTS_EDIT)
def plan_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the line of the plan that pays."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    form = LineChoiceForm(project, request.POST or None)
    return _page(
        request, project, form, _("Chọn dòng kế hoạch"), _("Đã chọn dòng kế hoạch."),
        lambda given, version: choose_line(request.user, pk, given["line"]),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    project: Project,
    form: forms.BaseForm,
    title: str,
    done: str,
    do: Callable[[dict[str, Any], str], object],
    opened: Opened | None = None,
) -> HttpResponse:
    """One form about the money of a project: refused, it keeps what was typed; done, it goes back to the tab."""
    opened = opened or Opened(request, None)
    if request.method == "POST" and form.is_valid() and opened.save(form, partial(do, form.cleaned_data)):
        messages.success(request, done)
        return redirect(f"{reverse('projects:card', args=[project.pk])}?tab=money#parts")
    part = card(request.user, project)
    context = {"project": project, "form": form, "title": title, "part": part, "opened": opened}
    return render(request, "projects/money_form.html", context, status=opened.status)
