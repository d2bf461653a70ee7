from django.urls import path

from khuyencong.projects.plan_lines import views

app_name = "in_plan"
urlpatterns = [
    path("<int:year>/build/", views.build, name="build"),
    path("<int:year>/adopt/", views.adopt, name="adopt"),
    path("<int:year>/annex/", views.annex, name="annex"),
]
