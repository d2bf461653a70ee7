from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "khuyencong.planning"
    label = "planning"

    def ready(self) -> None:
        from khuyencong.core import history
        from khuyencong.planning import wording

        history.tell("planning.goal", "indicator", wording.indicator_name)
        history.tell("planning.planadjustment", "changes", wording.changes_in_short)
