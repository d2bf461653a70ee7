from django.urls import path

from khuyencong.projects.papers import views as papers

urlpatterns = [
    path("<int:pk>/papers/add/", papers.add, name="paper_add"),
    path("<int:pk>/papers/<int:paper>/", papers.paper, name="paper"),
    path("<int:pk>/papers/<int:paper>/original/", papers.original, name="paper_original"),
    path("<int:pk>/papers/<int:paper>/replace/", papers.replace, name="paper_replace"),
    path("<int:pk>/papers/<int:paper>/withdraw/", papers.withdraw, name="paper_withdraw"),
]
