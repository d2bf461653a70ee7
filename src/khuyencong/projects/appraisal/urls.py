from django.urls import path

from khuyencong.projects.appraisal import views as appraisal

urlpatterns = [
    path("<number:pk>/council/", appraisal.council, name="council"),
    path("<number:pk>/sheet/", appraisal.sheet, name="sheet"),
    path("<number:pk>/sheet/conflict/", appraisal.conflict, name="conflict"),
    path("sheets/", appraisal.my_sheets, name="my_sheets"),
    path("appraisal-criteria/", appraisal.criteria, name="criteria"),
    path("appraisal-criteria/<number:criterion>/end/", appraisal.end_criterion, name="end_criterion"),
]
