import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('verb', models.CharField(max_length=64)),
                    ('says', models.TextField()),
                    ('changes', models.JSONField(default=dict)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='journal', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'entries',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['member', '-at'], name='journal_of_member')],
                },
            ),
            migrations.CreateModel(
                name='Mention',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=64)),
                    ('key', models.BigIntegerField()),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='journal.entry')),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'key'], name='journal_about')],
                },
            ),
        ]),
    ]
