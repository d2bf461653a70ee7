from django.urls import path

from khuyencong.core import views

urlpatterns = [
    path("jobs/<uuid:pk>/", views.job, name="job"),
    path("kit/", views.kit, name="kit"),
]
