"""What is decided about inspections, by other eyes than those that planned them."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.four_eyes import Decision

PLAN = Decision(_("Duyệt kế hoạch kiểm tra"), elsewhere=lambda plan: plan.visits.all())
