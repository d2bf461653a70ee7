import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('establishments', '0007_what_the_search_does_not_know_yet'),
        ('places', '0002_boundary'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwedResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project_id', models.BigIntegerField(db_index=True)),
                ('year', models.SmallIntegerField()),
                ('commune', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.unit')),
                ('establishment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='establishments.establishment')),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'commune', 'establishment'], name='owed_by_year')],
            },
        ),
    ]
