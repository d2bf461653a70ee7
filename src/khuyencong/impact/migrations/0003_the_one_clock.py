"""Moments come from the one clock; the tables stay as they are."""

import khuyencong.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('impact', '0002_evaluation_province'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='evaluation',
                    name='asked_at',
                    field=models.DateTimeField(default=khuyencong.core.clock.now, editable=False, verbose_name='lúc'),
                ),
            ],
        ),
    ]
