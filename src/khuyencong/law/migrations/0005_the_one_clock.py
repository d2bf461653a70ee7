"""Moments come from the one clock; the tables stay as they are."""

import khuyencong.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0004_parameter'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='documentimport',
                    name='created_at',
                    field=models.DateTimeField(default=khuyencong.core.clock.now, editable=False, verbose_name='đưa lên lúc'),
                ),
                migrations.AlterField(
                    model_name='reviewitem',
                    name='created_at',
                    field=models.DateTimeField(default=khuyencong.core.clock.now, editable=False, verbose_name='lúc'),
                ),
            ],
        ),
    ]
