from django.urls import path

from khuyencong.impact import views

app_name = "impact"
urlpatterns = [
    path("", views.start, name="start"),
    path("upload/", views.upload, name="upload"),
    path("<uuid:pk>/columns/", views.columns, name="columns"),
    path("<uuid:pk>/", views.result, name="result"),
    path("<uuid:pk>/word/", views.word, name="word"),
    path("<uuid:pk>/bundle/", views.reproducible, name="bundle"),
]
