from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "khuyencong.indicators"
    label = "indicators"
