from django.urls import path

from khuyencong.prospects import views

app_name = "prospects"
urlpatterns = [
    path("", views.listing, name="list"),
    path("visit-plan.xlsx", views.visit_plan, name="visit_plan"),
    path("list.csv", views.table, name="csv"),
]
