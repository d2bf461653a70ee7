from django.urls import path

from khuyencong.reports.dashboard import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("charts/<slug:code>.csv", views.table, name="dashboard_table"),
]
