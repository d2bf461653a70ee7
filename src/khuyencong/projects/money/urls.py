from django.urls import path

from khuyencong.projects.money import views as money

urlpatterns = [
    path("<number:pk>/contract/", money.contract, name="contract"),
    path("<number:pk>/payment/", money.payment, name="payment"),
    path("<number:pk>/recovery/", money.recovery, name="recovery"),
    path("<number:pk>/invoice/", money.invoice, name="invoice"),
    path("<number:pk>/plan-line/", money.plan_line, name="plan_line"),
]
