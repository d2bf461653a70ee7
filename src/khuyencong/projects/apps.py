from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "khuyencong.projects"
    label = "projects"

    def ready(self) -> None:
        """Steps are told in the words of this room."""
        from khuyencong.core import history
        from khuyencong.projects.proposal import wording as proposal_wording
        from khuyencong.projects.steps import wording

        for name, sentence in wording.TAKEN.items():
            history.tell_action(f"step:{name}", sentence)
        for name, sentence in proposal_wording.PAPERS.items():
            history.tell_action(name, sentence)
        history.tell("projects.costline", "quantity", proposal_wording.quantity)
        history.tell("projects.project", "conditions", proposal_wording.conditions)
        history.tell("projects.project", "variant", proposal_wording.variant)
