"""The invented plans: those of past years sized to their projects, this year's adopted and adjusted, next year's begun.

Only the money of the period 2021-2025 was published; every other figure is made up, and says so.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from khuyencong.core import audit, clock
from khuyencong.demo.support import MILLION, Support
from khuyencong.law.models import ActivityType, EligibleGroup, LegalDocument
from khuyencong.people.models import User
from khuyencong.planning.actions import adjustments, adopt, goals, lines, periods, plans
from khuyencong.planning.actions.money import commit_to_line, spend_from_line
from khuyencong.planning.models import AnnualPlan, GoalTarget, PeriodPlan, PlanLine
from khuyencong.planning.queries.basis import usual
from khuyencong.planning.rules.changes import Changes, NewLine
from khuyencong.projects.models import BlendedFunding, Project
from khuyencong.projects.programmes.rules import YEARS

_INVENTED = "Số liệu minh họa, không phải kế hoạch có thật."
_PUBLISHED = (
    "Tổng kinh phí 18,246 tỷ đồng (địa phương 4,446 tỷ, quốc gia 13,8 tỷ) là số đã công bố ngày 22/05/2020;"
    " mọi số khác là minh họa."
)
# (first year, name, million of local and national money, decided on, note, basis)
_PERIODS = (
    (2016, "2016-2020", 3_900, 9_600, dt.date(2015, 12, 31), _INVENTED, ("45-2012-nd-cp", "1288-qd-ttg")),
    (2021, "2021-2025", 4_446, 13_800, dt.date(2021, 1, 4), _PUBLISHED, ("45-2012-nd-cp", "28-2018-tt-btc")),
    (2026, "2026-2030", 7_500, 16_500, dt.date(2026, 1, 5), _INVENTED, ("45-2012-nd-cp", "235-2025-nd-cp")),
)
_ROUND = 50 * MILLION


def write_past(projects: list[Project], supports: list[Support], people: dict[str, User]) -> None:
    """A plan for each year of the past, its lines by fund and content, each project paid from the line of its year."""
    for first, name, local, national, day, note, codes in _PERIODS:
        _period(people, first, name, (local, national), day, note, codes)
    by_line: dict[tuple[int, str, int], list[Project]] = defaultdict(list)
    for project, support in zip(projects, supports, strict=True):
        by_line[support.year, project.fund, project.activity_id].append(project)
    contents = ActivityType.objects.in_bulk()
    for year in sorted({year for year, _fund, _activity in by_line}):
        plan = _past_plan(year, people)
        budgets: dict[str, int] = defaultdict(int)
        for (of, fund, activity), own in sorted(by_line.items()):
            if of == year:
                asked = sum(one.support_amount for one in own)
                amount = -(-asked // _ROUND) * _ROUND
                budgets[fund] += amount
                line = PlanLine.objects.create(
                    plan=plan, fund=fund, activity=contents[activity], name=contents[activity].name[:200], amount=amount
                )
                _record(plan, line)
                _tie(line, own, people["can.bo"])
        money = [plans.Money(fund, amount) for fund, amount in budgets.items()]
        audit.record(plans.write_budgets(plan, money))
        with audit.writing(people["lanh.dao"]):
            adopt.keep_version(people["lanh.dao"], plan, adopt.Decision(plan.decision, plan.decided_on), "")
    _blend_some(projects)


def begin_year(people: dict[str, User], today: dt.date) -> dict[str, PlanLine]:
    """This year's plan, drafted by the officer and adopted by the leader; fund -> the line that pays its projects."""
    officer, leader, year = people["can.bo"], people["lanh.dao"], today.year
    day = max(dt.date(year, 1, 1), min(today, dt.date(year, 1, 15)))
    budgets = (plans.Money("local", 2_100 * MILLION), plans.Money("national", 3_300 * MILLION),
               plans.Money("blended", 120 * MILLION, "new-rural"))  # fmt: skip
    content = plans.Content(_period_of(year), budgets, tuple(usual(day)), _INVENTED)
    plan = plans.draft_plan(officer, year, content)
    made = {
        fund: lines.save_line(officer, plan.pk, None, {"fund": fund, "activity": None, "name": name, "amount": amount})
        for fund, name, amount in (("local", "Hỗ trợ cơ sở công nghiệp nông thôn", 1_800 * MILLION),
                                   ("national", "Đề án khuyến công quốc gia", 3_300 * MILLION))
    }  # fmt: skip
    fair = ActivityType.objects.get(code="fair")
    lines.save_line(
        officer, plan.pk, None,
        {"fund": "local", "activity": fair, "name": "Hội chợ, triển lãm trong tỉnh", "amount": 150 * MILLION},
    )  # fmt: skip
    for code, value, before in (("projects_accepted", 6, 3), ("disbursed", 2_400 * MILLION, 75 * MILLION),
                                ("leverage", Decimal("2.5"), Decimal("2.4"))):  # fmt: skip
        goals.save_goal(officer, plan, code, {year: Decimal(value)}, (Decimal(before), year - 1))
    adopt.adopt_plan(leader, plan.pk, adopt.Decision("12/QĐ-UBND (minh họa)", day))
    adopted = PlanLine.objects.select_related("plan").in_bulk(line.pk for line in made.values())
    return {fund: adopted[line.pk] for fund, line in made.items()}


def go_on(people: dict[str, User], today: dt.date) -> None:
    """This year's plan is adjusted; next year's is begun, its money written down, its proposals not chosen yet."""
    officer, leader = people["can.bo"], people["lanh.dao"]
    plan = AnnualPlan.objects.get(year=today.year)
    fair = plan.lines.get(activity__code="fair")
    consulting = ActivityType.objects.get(code="consulting")
    target = GoalTarget.objects.get(goal__annual=plan, goal__indicator="projects_accepted")
    changes = Changes(
        amounts={fair.pk: 100 * MILLION},
        targets={target.pk: Decimal(5)},
        lines=(NewLine("local", consulting.pk, "Tư vấn thiết kế mẫu mã, bao bì", 120 * MILLION),),
    )
    reason = "Hội chợ cấp vùng lùi sang năm sau; chuyển kinh phí sang tư vấn mẫu mã, bao bì cho cơ sở."
    drafted = adjustments.draft_adjustment(officer, plan.pk, None, reason, changes)
    day = max(plan.decided_on, today - dt.timedelta(days=60))
    adjustments.adopt_adjustment(leader, drafted.pk, adopt.Decision("87/QĐ-UBND (minh họa)", day))
    following = plans.Content(
        _period_of(today.year + 1),
        (plans.Money("local", 500 * MILLION), plans.Money("national", 3_000 * MILLION)),
        tuple(usual(today)),
        _INVENTED,
    )
    begun = plans.draft_plan(officer, today.year + 1, following)
    fairs = ActivityType.objects.get(code="fair")
    lines.save_line(
        officer, begun.pk, None,
        {"fund": "local", "activity": fairs, "name": "Hội chợ cấp vùng", "amount": 150 * MILLION},
    )  # fmt: skip
    goals.save_goal(officer, begun, "projects_accepted", {begun.year: Decimal(7)}, (Decimal(5), today.year))


def _blend_some(projects: list[Project]) -> None:
    """Two past projects with money of other programmes; one of them for what was later supported again, if any was."""
    machines = [one for one in projects if one.activity.code == "machinery" and one.fund == "local"]
    blend(machines[-1], "new-rural", "Đường điện và nền xưởng", machines[-1].counterpart // 5)
    for again in reversed([one for one in projects if one.activity.code == "trademark"]):
        firms = again.establishments.all()
        years = range(again.accepted_year - YEARS, again.accepted_year)
        before = [one for one in projects if one.accepted_year in years and set(firms) & set(one.establishments.all())]
        if before:
            blend(before[0], "science", "Xây dựng và đăng ký nhãn hiệu", before[0].counterpart // 10)
            break


def blend(project: Project, programme: str, name: str, amount: int) -> None:
    """Let another programme pay a part of what the establishment would have paid."""
    one = BlendedFunding.objects.create(project=project, programme_id=programme, name=name, amount=amount)
    project.counterpart -= amount
    project.blended += amount
    project.save()
    audit.record([audit.Change("create", one, None, audit.snapshot(one), subject=project)])


def _period(
    people: dict[str, User], first: int, years: str, money: tuple[int, int], day: dt.date, note: str,
    codes: tuple[str, ...],
) -> None:  # fmt: skip
    local, national = money
    contents = {one.code: one for one in ActivityType.objects.filter(code__in=("machinery", "demonstration-model"))}
    expected = (
        periods.Expected(contents["machinery"], "local", local // 180, local * MILLION * 8 // 10),
        periods.Expected(contents["machinery"], "national", national // 800, national * MILLION * 5 // 10),
        periods.Expected(contents["demonstration-model"], "national", national // 1_400, national * MILLION * 3 // 10),
    )
    values = {
        "name": f"Kế hoạch khuyến công tỉnh Cao Bằng giai đoạn {years}",
        "first_year": first,
        "last_year": int(years[-4:]),
        "areas": "Xã đặc biệt khó khăn\nXã xây dựng nông thôn mới",
        "note": note,
    }
    budgets = (plans.Money("local", local * MILLION), plans.Money("national", national * MILLION))
    content = periods.Content(
        values, tuple(EligibleGroup.objects.all()[:3]), budgets,
        tuple(LegalDocument.objects.filter(code__in=codes)), expected,
    )  # fmt: skip
    plan = periods.save_period(people["can.bo"], None, content)
    for code, step in (("projects_accepted", 1), ("disbursed", 300 * MILLION)):
        start = Decimal(4 if code == "projects_accepted" else 800 * MILLION)
        targets = {year: start + step * (year - first) for year in range(first, plan.last_year + 1)}
        goals.save_goal(people["can.bo"], plan, code, targets)
    adopt.adopt_period(
        people["lanh.dao"], plan.pk, adopt.Decision(f"{first % 100}/KH-UBND (minh họa)", min(day, clock.today()))
    )


def _past_plan(year: int, people: dict[str, User]) -> AnnualPlan:
    """Written down as it was: nobody adopts a plan of 2013 today."""
    day = dt.date(year, 1, 20)
    plan = AnnualPlan.objects.create(
        year=year, state="adopted", decision=f"{year % 100 + 20}/QĐ-UBND (minh họa)", decided_on=day,
        period=_period_of(year), note=_INVENTED, drafted_by=people["can.bo"], adopted_by=people["lanh.dao"],
        drafted_at=clock.now(), adopted_at=clock.now(),
    )  # fmt: skip
    plan.legal_basis.set(usual(day))
    audit.record([audit.Change("create", plan, None, audit.snapshot(plan))])
    return plan


def _tie(line: PlanLine, own: list[Project], officer: User) -> None:
    """The line holds what its projects were given, and has spent what they were paid."""
    paid = 0
    for project in own:
        before = audit.snapshot(project)
        project.plan_line = line
        project.save(update_fields=["plan_line"])
        audit.record([audit.Change("update", project, before, audit.snapshot(project))])
        commit_to_line(None, line.pk, project.pk, project.support_amount)
        paid += project.contract.paid
    if paid:
        spend_from_line(None, line.pk, paid)


def _record(plan: AnnualPlan, line: PlanLine) -> None:
    audit.record([audit.Change("create", line, None, audit.snapshot(line), subject=plan)])


def _period_of(year: int) -> PeriodPlan | None:
    return PeriodPlan.objects.filter(first_year__lte=year, last_year__gte=year).order_by("-first_year").first()
