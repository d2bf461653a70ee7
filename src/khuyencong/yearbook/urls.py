from django.urls import path

from khuyencong.yearbook import views

app_name = "yearbook"
urlpatterns = [
    path("", views.picture, name="picture"),
    path("add/", views.add, name="add"),
    path("figures.csv", views.table, name="csv"),
    path("<number:pk>/", views.edit, name="edit"),
    path("<number:pk>/verify/", views.verify, name="verify"),
]
