from django.urls import path

from khuyencong.establishments import views
from khuyencong.establishments.sending import views as sending

app_name = "establishments"
urlpatterns = [
    path("", views.listing, name="list"),
    path("download/", views.download, name="download"),
    path("add/", views.add, name="add"),
    path("send/", sending.send, name="send"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("<number:pk>/", views.card, name="card"),
    path("<number:pk>/edit/", views.edit, name="edit"),
    path("<number:pk>/results/<year:year>/", views.result, name="result"),
]
