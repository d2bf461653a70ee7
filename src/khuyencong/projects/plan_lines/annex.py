"""The annex of the decision that adopts the plan of a year, as a Word file. In Vietnamese whatever the screen."""

from django.db.models import QuerySet
from django.utils.translation import override

from khuyencong.core.money import vnd
from khuyencong.core.word.paper import Paper
from khuyencong.planning.models import AnnualPlan
from khuyencong.planning.queries.plans import by_fund, goals_of
from khuyencong.projects.record.models import Project


def annex(plan: AnnualPlan) -> bytes:
    """Lines by fund with their projects, other programmes, goals."""
    with override("vi"):
        paper = Paper()
        decided = f"ngày {plan.decided_on:%d/%m/%Y}" if plan.decided_on else "ngày …/…/…"
        paper.title("PHỤ LỤC", f"KẾ HOẠCH KHUYẾN CÔNG NĂM {plan.year}")
        paper.para(f"(Kèm theo Quyết định số {plan.decision or '…'} {decided})")
        for number, fund in enumerate(by_fund(plan), start=1):
            paper.section(f"{number}. {fund.name}: {vnd(fund.amount)}")
            rows = [
                (str(position), _with_projects(line.name, line.projects.order_by("code")), vnd(line.amount))
                for position, line in enumerate(fund.lines, start=1)
            ]
            rows.append(("", "Cộng", vnd(fund.amount)))
            paper.table(("STT", "Dòng kế hoạch, đề án", "Kinh phí"), rows, (12, 113, 40))
        blended = plan.budgets.exclude(programme=None).select_related("programme")
        if blended:
            paper.section("Vốn lồng ghép dự kiến")
            paper.bullets([f"{one.programme.name}: {vnd(one.amount)}" for one in blended if one.programme])
        goals = [(one["goal"].name, "\n".join(value for _year, value in one["targets"])) for one in goals_of(plan)]
        if goals:
            paper.section("Mục tiêu")
            paper.table(("Chỉ tiêu", "Phải đạt"), goals, (115, 50))
        return paper.content()


def _with_projects(name: str, projects: QuerySet[Project]) -> str:
    return "\n".join([name, *(f"- {one.code}: {one.title} ({vnd(one.support_amount)})" for one in projects)])
