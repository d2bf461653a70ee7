from django.urls import path

from khuyencong.work import front as views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("search/", views.search, name="search"),
]
