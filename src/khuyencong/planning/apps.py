from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "khuyencong.planning"
    label = "planning"
