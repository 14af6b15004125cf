import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('job_title', models.CharField(blank=True, max_length=300)),
                    ('stage', models.CharField(default='interviewing', max_length=16)),
                    ('decision', models.CharField(default='none', max_length=16)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('joins_on', models.DateField(null=True)),
                    ('reply_by', models.DateField(null=True)),
                    ('decision_pace', models.CharField(blank=True, max_length=16)),
                    ('check_ins', models.PositiveIntegerField(default=0)),
                    ('via_agency', models.BooleanField(null=True)),
                    ('search_is_secret', models.BooleanField(null=True)),
                    ('opened_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='applications', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='applications', to='people.organisation')),
                ],
                options={
                    'indexes': [models.Index(fields=['member', 'stage'], name='applications_by_stage')],
                },
            ),
            migrations.CreateModel(
                name='Interview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.CharField(max_length=500)),
                    ('recurrence_id', models.CharField(blank=True, max_length=64)),
                    ('sequence', models.IntegerField(default=0)),
                    ('stamped_at', models.DateTimeField(null=True)),
                    ('title', models.CharField(max_length=500)),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('time_zone', models.CharField(blank=True, max_length=64)),
                    ('location', models.TextField(blank=True)),
                    ('video_url', models.URLField(blank=True, max_length=1000)),
                    ('kind', models.CharField(default='unknown', max_length=16)),
                    ('description', models.TextField(blank=True)),
                    ('left_out', models.JSONField(default=list)),
                    ('cancelled_at', models.DateTimeField(null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='interviews.application')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['starts_at', 'pk'],
                    'indexes': [models.Index(fields=['member', 'starts_at'], name='interviews_by_start')],
                    'constraints': [models.UniqueConstraint(fields=('member', 'uid', 'recurrence_id'), name='one_interview_a_uid'), models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at'))), name='interview_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='Interviewer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(blank=True, max_length=16)),
                    ('source', models.CharField(max_length=16)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('dismissed_at', models.DateTimeField(null=True)),
                    ('topics', models.TextField(blank=True)),
                    ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviewers', to='interviews.interview')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviewed_me', to='people.person')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('interview', 'person'), name='one_interviewer_once_an_interview')],
                },
            ),
        ]),
    ]
