from django.urls import path

from khuyencong.projects.money import views as money

urlpatterns = [
    path("<int:pk>/contract/", money.contract, name="contract"),
    path("<int:pk>/payment/", money.payment, name="payment"),
    path("<int:pk>/recovery/", money.recovery, name="recovery"),
    path("<int:pk>/invoice/", money.invoice, name="invoice"),
    path("<int:pk>/plan-line/", money.plan_line, name="plan_line"),
]
