from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "khuyencong.projects"
    label = "projects"

    def ready(self) -> None:
        """Steps are told in the words of this room."""
        from django.utils.translation import gettext_lazy as _

        from khuyencong.core import history
        from khuyencong.law.updates import touched
        from khuyencong.projects.letters import background  # noqa: F401 it registers itself
        from khuyencong.projects.overview import touched as overview
        from khuyencong.projects.proposal import wording as proposal_wording
        from khuyencong.projects.steps import wording

        touched.register(overview.touched)
        for name, sentence in wording.TAKEN.items():
            history.tell_action(f"step:{name}", sentence)
        history.tell_action("number", _("%(who)s đã lấy số cho %(what)s."))
        history.tell_action("compose", _("%(who)s đã lập %(what)s."))
        for name, sentence in proposal_wording.PAPERS.items():
            history.tell_action(name, sentence)
        history.tell("projects.costline", "quantity", proposal_wording.quantity)
        history.tell("projects.project", "conditions", proposal_wording.conditions)
        history.tell("projects.project", "variant", proposal_wording.variant)
