from django.urls import path

from khuyencong.projects.papers import views as papers

urlpatterns = [
    path("<number:pk>/papers/add/", papers.add, name="paper_add"),
    path("<number:pk>/papers/<number:paper>/", papers.paper, name="paper"),
    path("<number:pk>/papers/<number:paper>/original/", papers.original, name="paper_original"),
    path("<number:pk>/papers/<number:paper>/replace/", papers.replace, name="paper_replace"),
    path("<number:pk>/papers/<number:paper>/withdraw/", papers.withdraw, name="paper_withdraw"),
]
