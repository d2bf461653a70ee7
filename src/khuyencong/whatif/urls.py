from django.urls import path

from khuyencong.whatif import views

app_name = "whatif"
urlpatterns = [
    path("norms/<int:pk>/", views.norm, name="norm"),
    path("rules/<int:pk>/", views.rule, name="rule"),
    path("editions/<int:pk>/", views.edition, name="edition"),
]
