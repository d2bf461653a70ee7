from django.urls import path

from khuyencong.projects.letters import views as letters

urlpatterns = [
    path("<number:pk>/letters/<number:letter>/", letters.letter, name="letter"),
    path("<number:pk>/letters/<number:letter>/again/", letters.compose_again, name="letter_again"),
    path("<number:pk>/letters/make/<slug:kind>/", letters.make, name="make_letter"),
    path("letter-templates/", letters.templates, name="letter_templates"),
    path("letter-templates/<slug:kind>/", letters.template, name="letter_template"),
    path("letter-templates/<slug:kind>/file/", letters.template_file, name="letter_template_file"),
]
