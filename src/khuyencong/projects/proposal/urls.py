from django.urls import path

from khuyencong.projects.proposal import views as proposal

urlpatterns = [
    path("propose/", proposal.propose, name="propose"),
    path("propose/check/", proposal.check, name="proposal_check"),
    path("propose/picks/", proposal.picks, name="proposal_picks"),
    path("<number:pk>/proposal/", proposal.proposal, name="proposal"),
]
