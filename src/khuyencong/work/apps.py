from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "khuyencong.work"
    label = "work"
