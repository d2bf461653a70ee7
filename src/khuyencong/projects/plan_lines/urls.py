from django.urls import path

from khuyencong.projects.plan_lines import views

app_name = "in_plan"
urlpatterns = [
    path("<year:year>/build/", views.build, name="build"),
    path("<year:year>/adopt/", views.adopt, name="adopt"),
    path("<year:year>/annex/", views.annex, name="annex"),
]
