from django.urls import path

from khuyencong.law.norms import views as norms

urlpatterns = [
    path("norms/", norms.listing, name="norms"),
    path("norms/new/", norms.add, name="norm_new"),
    path("norms/check/", norms.check, name="norm_check"),
    path("norms/<number:pk>/", norms.card, name="norm"),
    path("norms/<number:pk>/edit/", norms.edit, name="norm_edit"),
    path("norms/<number:pk>/adopt/", norms.adopt, name="norm_adopt"),
    path("norms/<number:pk>/verify/", norms.verify, name="norm_verify"),
    path("norms/<number:pk>/discard/", norms.discard, name="norm_discard"),
]
