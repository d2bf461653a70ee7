from django.urls import path

from khuyencong.indicators import views

urlpatterns = [
    path("", views.catalogue, name="indicators"),
    path("catalogue.json", views.catalogue_json, name="indicators_json"),
]
