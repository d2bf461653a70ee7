from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "khuyencong.reports"
    label = "reports"

    def ready(self) -> None:
        """The steps of a report are told in words."""
        from khuyencong.core import history
        from khuyencong.reports.official import trails  # noqa: F401 it registers itself
        from khuyencong.reports.official.sections import in_short

        history.tell("reports.report", "sections", in_short)
        history.tell_action("sign", _("%(who)s đã ký %(what)s."))
        history.tell_action("return", _("%(who)s đã trả lại %(what)s."))
