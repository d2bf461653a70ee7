from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "khuyencong.core"
    label = "core"

    def ready(self) -> None:
        from khuyencong.core import checks, per_request  # noqa: F401 the checks register themselves

        autodiscover_modules("taken")  # what each room says when two write the same
        request_started.connect(per_request.begin)
        request_finished.connect(per_request.end)
