from django.urls import path

from khuyencong.portal import views

urlpatterns = [
    path("", views.start, name="start"),
    path("ceiling/", views.ceiling, name="ceiling"),
]
