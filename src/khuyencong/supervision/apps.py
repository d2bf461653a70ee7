from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "khuyencong.supervision"
    label = "supervision"
