from django.urls import path

from khuyencong.people import views

app_name = "people"
urlpatterns = [
    path("address/<str:proof>/", views.address, name="address"),
    path("assignments/", views.assignments, name="assignments"),
    path("assignments/<number:pk>/end/", views.end_assignment, name="end_assignment"),
]
