"""The annex of the decision that adopts the plan of a year, as a Word file. In Vietnamese whatever the screen."""

from django.db.models import QuerySet
from django.utils.translation import override

from khuyencong.core import word
from khuyencong.core.money import vnd
from khuyencong.planning.models import AnnualPlan
from khuyencong.planning.queries import by_fund, goals_of
from khuyencong.projects.record.models import Project


def annex(plan: AnnualPlan) -> bytes:
    """Lines by fund with their projects, other programmes, goals."""
    with override("vi"):
        document = word.blank()
        decided = f"ngày {plan.decided_on:%d/%m/%Y}" if plan.decided_on else "ngày …/…/…"
        word.title(document, "PHỤ LỤC", f"KẾ HOẠCH KHUYẾN CÔNG NĂM {plan.year}")
        word.para(document, f"(Kèm theo Quyết định số {plan.decision or '…'} {decided})")
        for number, fund in enumerate(by_fund(plan), start=1):
            word.head(document, f"{number}. {fund.name}: {vnd(fund.amount)}")
            rows = [
                (position, _with_projects(line.name, line.projects.order_by("code")), vnd(line.amount))
                for position, line in enumerate(fund.lines, start=1)
            ]
            rows.append(("", "Cộng", vnd(fund.amount)))
            word.table(document, ("STT", "Dòng kế hoạch, đề án", "Kinh phí"), rows, (12, 113, 40))
        blended = plan.budgets.exclude(programme=None).select_related("programme")
        if blended:
            word.head(document, "Vốn lồng ghép dự kiến")
            word.bullets(document, [f"{one.programme.name}: {vnd(one.amount)}" for one in blended])
        goals = [(one["goal"].name, "\n".join(value for _year, value in one["targets"])) for one in goals_of(plan)]
        if goals:
            word.head(document, "Mục tiêu")
            word.table(document, ("Chỉ tiêu", "Phải đạt"), goals, (115, 50))
        return word.to_bytes(document)


def _with_projects(name: str, projects: QuerySet[Project]) -> str:
    return "\n".join([name, *(f"- {one.code}: {one.title} ({vnd(one.support_amount)})" for one in projects)])
