from django.urls import path

from khuyencong.reports.official import views

app_name = "official"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("<number:pk>/", views.card, name="report"),
    path("<number:pk>/write/", views.write, name="write"),
    path("<number:pk>/send/", views.send, name="send"),
    path("<number:pk>/sign/", views.sign, name="sign"),
    path("<number:pk>/return/", views.send_back, name="return"),
    path("<number:pk>/correct/", views.correct, name="correct"),
    path("<number:pk>/word/", views.word, name="word"),
    path("<number:pk>/excel/", views.excel, name="excel"),
    path("<number:pk>/<slug:form>/<str:row>/<number:column>/", views.cell, name="cell"),
]
