from django.urls import path

from khuyencong.projects.steps import views

urlpatterns = [path("<number:pk>/steps/<slug:name>/", views.step, name="step")]
