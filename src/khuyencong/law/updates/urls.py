from django.urls import path

from khuyencong.law.updates import views

urlpatterns = [
    path("updates/", views.overview, name="updates"),
    path("updates/<number:pk>/seen/", views.seen, name="updates_seen"),
]
