from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "khuyencong.demo"
    label = "demo"
