from django.urls import path

from khuyencong.core import views

urlpatterns = [
    path("jobs/<uuid:pk>/", views.job, name="job"),
    path("jobs/<uuid:pk>/file/", views.job_file, name="job_file"),
    path("jobs/<uuid:pk>/stop/", views.job_stop, name="job_stop"),
    path("jobs/<uuid:pk>/again/", views.job_again, name="job_again"),
    path("drafts/", views.drafts, name="drafts"),
    path("kit/", views.kit, name="kit"),
]
