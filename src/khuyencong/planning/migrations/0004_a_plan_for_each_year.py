from django.db import migrations


def forward(apps, schema_editor):
    """One adopted plan for each year that has lines; its budget is what the lines of a fund make together."""
    plans, lines, budgets = (apps.get_model("planning", name) for name in ("AnnualPlan", "PlanLine", "PlanBudget"))
    for year in lines.objects.order_by().values_list("year", flat=True).distinct():
        here = lines.objects.filter(year=year)
        decision = next((one for one in here.values_list("decision", flat=True) if one), "")
        plan = plans.objects.create(
            year=year, state="adopted", decision=decision, note="Lập từ các dòng kế hoạch đã có trong hệ thống."
        )
        sums = {}
        for line in here:
            sums[line.fund] = sums.get(line.fund, 0) + line.amount
        for fund, amount in sums.items():
            budgets.objects.create(annual=plan, source=fund, amount=amount)
        here.update(plan=plan)


def backward(apps, schema_editor):
    lines = apps.get_model("planning", "PlanLine")
    for line in lines.objects.select_related("plan"):
        lines.objects.filter(pk=line.pk).update(year=line.plan.year)


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_plans")]
    operations = [migrations.RunPython(forward, backward)]
