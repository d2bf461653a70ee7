from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "khuyencong.projects"
    label = "projects"

    def ready(self) -> None:
        """Steps are told in the words of this room."""
        from khuyencong.core import history
        from khuyencong.projects import wording

        for name, sentence in wording.TAKEN.items():
            history.tell_action(f"step:{name}", sentence)
