from django.urls import path

from khuyencong.yearbook import views

app_name = "yearbook"
urlpatterns = [
    path("", views.picture, name="picture"),
    path("add/", views.add, name="add"),
    path("figures.csv", views.table, name="csv"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/verify/", views.verify, name="verify"),
]
