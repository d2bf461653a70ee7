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
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/results/<int:year>/", views.result, name="result"),
]
