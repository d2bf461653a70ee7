from django.urls import path

from khuyencong.reports.execution import views

app_name = "execution"
urlpatterns = [
    path("execution/", views.now, name="now"),
    path("<year:year>/execution/", views.year, name="year"),
]
