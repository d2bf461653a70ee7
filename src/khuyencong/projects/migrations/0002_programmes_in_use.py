from django.db import migrations

# The choices that the column had so far; the reference data fill in the rest of each.
NAMES = {
    "new-rural": "Xây dựng nông thôn mới",
    "ocop": "Mỗi xã một sản phẩm (OCOP)",
    "poverty": "Giảm nghèo bền vững",
    "ethnic-areas": "Phát triển vùng dân tộc thiểu số và miền núi",
    "trade-promotion": "Xúc tiến thương mại",
    "energy-efficiency": "Sử dụng năng lượng tiết kiệm, hiệu quả",
    "science": "Khoa học và công nghệ",
    "other": "Chương trình khác",
}


def forward(apps, schema_editor):
    """The programmes that projects name, so that the column can point to them."""
    programmes = apps.get_model("planning", "OtherProgramme")
    funding = apps.get_model("projects", "BlendedFunding")
    for code in funding.objects.order_by().values_list("programme", flat=True).distinct():
        programmes.objects.get_or_create(code=code, defaults={"name": NAMES.get(code, code)})


class Migration(migrations.Migration):
    dependencies = [("planning", "0005_plan_lines_of_plans"), ("projects", "0001_initial")]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
