"""Every address of the room, part by part."""

from khuyencong.projects.urls import appraisal, card, letters, listing, money, papers, past, proposal, survey

app_name = "projects"
urlpatterns = [
    *listing.urlpatterns,
    *card.urlpatterns,
    *past.urlpatterns,
    *survey.urlpatterns,
    *proposal.urlpatterns,
    *papers.urlpatterns,
    *appraisal.urlpatterns,
    *money.urlpatterns,
    *letters.urlpatterns,
]
