"""Every address of the room, part by part."""

from khuyencong.projects.appraisal import urls as appraisal
from khuyencong.projects.letters import urls as letters
from khuyencong.projects.money import urls as money
from khuyencong.projects.overview import urls as overview
from khuyencong.projects.papers import urls as papers
from khuyencong.projects.past import urls as past
from khuyencong.projects.proposal import urls as proposal
from khuyencong.projects.results import urls as results
from khuyencong.projects.steps import urls as steps
from khuyencong.projects.survey import urls as survey

app_name = "projects"
urlpatterns = [
    *overview.urlpatterns,
    *steps.urlpatterns,
    *results.urlpatterns,
    *past.urlpatterns,
    *survey.urlpatterns,
    *proposal.urlpatterns,
    *papers.urlpatterns,
    *appraisal.urlpatterns,
    *money.urlpatterns,
    *letters.urlpatterns,
]
