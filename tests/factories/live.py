"""Live projects for tests, put straight into a state with what that state implies."""

import datetime as dt

from khuyencong.core import clock
from khuyencong.law.models import ActivityType
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.projects.models import Contract, CostLine, Project
from tests.factories.establishments import make_establishment
from tests.factories.plans import make_line

SUPPORT = 100_000_000


def make_live(commune, state="draft", code="DA-2026-0001", fund="local", drafted_by=None, **fields):
    """A machinery project of 300 million with one cost line, its establishment new."""
    establishment = make_establishment(
        commune, name=f"Cơ sở của {code}", code=f"CB-{code[-4:]}", eligible_group_id=None
    )
    project = Project(
        code=code,
        title=f"Đề án thử {code}",
        activity=ActivityType.objects.get(code="machinery"),
        fund=fund,
        state=state,
        state_since=clock.today(),
        drafted_by=drafted_by,
        support_amount=SUPPORT,
        counterpart=2 * SUPPORT,
        total_cost=3 * SUPPORT,
        **fields,
    )
    project.fold()
    project.save()
    project.establishments.set([establishment])
    CostLine.objects.create(
        project=project, name="Máy sấy", unit="cái", quantity=1, unit_price=3 * SUPPORT, amount=3 * SUPPORT
    )
    return project


def with_contract(project, user, line_amount=5 * SUPPORT, amount=SUPPORT, advance=70):
    """Tie it to a plan line and give it a contract, as if planned and contracted."""
    line = make_line(fund=project.fund, name=f"Dòng {project.code}", amount=line_amount, activity=project.activity)
    commit_to_line(user, line.pk, project.pk, project.support_amount)
    Project.objects.filter(pk=project.pk).update(plan_line=line, ceiling=150_000_000)
    project.refresh_from_db()
    return Contract.objects.create(
        project=project, number="05/HĐKC", signed_on=dt.date(2026, 3, 5), amount=amount, advance_percent=advance
    )
