from django.urls import path

from khuyencong.projects.appraisal import views as appraisal

urlpatterns = [
    path("<int:pk>/council/", appraisal.council, name="council"),
    path("<int:pk>/sheet/", appraisal.sheet, name="sheet"),
    path("<int:pk>/sheet/conflict/", appraisal.conflict, name="conflict"),
    path("sheets/", appraisal.my_sheets, name="my_sheets"),
    path("appraisal-criteria/", appraisal.criteria, name="criteria"),
    path("appraisal-criteria/<int:criterion>/end/", appraisal.end_criterion, name="end_criterion"),
]
