from django.urls import path

from khuyencong.reports.official import views

app_name = "official"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.card, name="report"),
    path("<int:pk>/write/", views.write, name="write"),
    path("<int:pk>/send/", views.send, name="send"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/return/", views.send_back, name="return"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/word/", views.word, name="word"),
    path("<int:pk>/excel/", views.excel, name="excel"),
    path("<int:pk>/<slug:form>/<str:row>/<int:column>/", views.cell, name="cell"),
]
