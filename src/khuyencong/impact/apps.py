from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "khuyencong.impact"
    label = "impact"
