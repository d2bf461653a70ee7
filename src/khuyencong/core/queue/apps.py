from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "khuyencong.core.queue"
    label = "queue"
