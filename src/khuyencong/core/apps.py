from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class CoreConfig(AppConfig):
    name = "khuyencong.core"
    label = "core"

    def ready(self) -> None:
        from khuyencong.core import checks, per_request  # noqa: F401 the checks register themselves

        request_started.connect(per_request.begin)
        request_finished.connect(per_request.end)
