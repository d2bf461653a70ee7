"""Every address of the room, part by part."""

from khuyencong.projects.appraisal import urls as appraisal
from khuyencong.projects.letters import urls as letters
from khuyencong.projects.money import urls as money
from khuyencong.projects.overview import urls as listing
from khuyencong.projects.papers import urls as papers
from khuyencong.projects.past import urls as past
from khuyencong.projects.proposal import urls as proposal
from khuyencong.projects.steps import urls as card
from khuyencong.projects.survey import urls as survey

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
