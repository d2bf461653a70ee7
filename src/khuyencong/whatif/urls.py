from django.urls import path

from khuyencong.whatif import views

app_name = "whatif"
urlpatterns = [
    path("norms/<number:pk>/", views.norm, name="norm"),
    path("rules/<number:pk>/", views.rule, name="rule"),
    path("editions/<number:pk>/", views.edition, name="edition"),
]
