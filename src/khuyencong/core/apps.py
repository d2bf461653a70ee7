from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class CoreConfig(AppConfig):
    name = "khuyencong.core"
    label = "core"

    def ready(self) -> None:
        from khuyencong.core import per_request

        request_started.connect(per_request.begin)
        request_finished.connect(per_request.end)
