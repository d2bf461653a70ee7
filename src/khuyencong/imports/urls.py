from django.urls import path

from khuyencong.imports import matching, views

app_name = "imports"
urlpatterns = [
    path("", views.start, name="start"),
    path("template/<str:kind>/", views.template, name="template"),
    path("<uuid:pk>/", views.preview, name="preview"),
    path("<uuid:pk>/columns/", matching.columns, name="columns"),
    path("<uuid:pk>/touched/", views.touched, name="touched"),
    path("<uuid:pk>/take-back/", views.take_back, name="take_back"),
    path("<uuid:pk>/refused/", views.refused, name="refused"),
]
