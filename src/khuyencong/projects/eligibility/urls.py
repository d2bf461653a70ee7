from django.urls import path

from khuyencong.projects.eligibility import views

app_name = "entitlements"
urlpatterns = [path("<number:pk>/eligibility/", views.establishment, name="establishment")]
