"""All tables of this room in one step; the steps it replaces leave with the first release."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('followups', '0001_initial'),
        ('followups', '0002_step_posted_at'),
        ('followups', '0003_invitations_of_done_steps'),
        ('followups', '0004_outcomes'),
        ('followups', '0005_contact_before'),
    ]

    # Steps of before, not what replaces them: a database may have stopped in the middle of that room.
    dependencies = [
        ('correspondence', '0003_what_comes_back'),
        ('interviews', '0001_initial'),
        ('network', '0001_invitations'),
        ('people', '0002_bounced_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Happening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('event', models.CharField(max_length=32)),
                    ('channel', models.CharField(blank=True, max_length=16)),
                    ('happened_at', models.DateTimeField()),
                    ('taken_back_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='happenings', to='people.person')),
                    ('enquiries', models.JSONField(default=dict)),
                    ('received', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='happenings', to='correspondence.received')),
                    ('contact_before', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('received',), name='one_happening_a_mail')],
                },
            ),
            migrations.CreateModel(
                name='Plan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('school', models.CharField(max_length=64)),
                    ('computed_at', models.DateTimeField()),
                    ('refresh_due_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('words_due', models.BooleanField(default=False)),
                    ('interview', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='interviews.interview')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['member', 'refresh_due_at'], name='plans_to_refresh')],
                },
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(max_length=32)),
                    ('channel', models.CharField(blank=True, max_length=16)),
                    ('verdict', models.CharField(max_length=16)),
                    ('until', models.CharField(blank=True, max_length=32)),
                    ('earliest', models.DateTimeField(null=True)),
                    ('due', models.DateTimeField(null=True)),
                    ('latest', models.DateTimeField(null=True)),
                    ('arrives', models.DateTimeField(null=True)),
                    ('because', models.JSONField(default=list)),
                    ('against', models.JSONField(default=list)),
                    ('would_change', models.JSONField(default=list)),
                    ('is_hard', models.BooleanField(default=False)),
                    ('falls_back', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('skipped', 'Skipped')], default='open', max_length=16)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('snoozed_until', models.DateTimeField(null=True)),
                    ('choice', models.CharField(blank=True, max_length=16)),
                    ('chosen_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('words_from', models.CharField(blank=True, max_length=64)),
                    ('note', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='step', to='correspondence.note')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='people.person')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='followups.plan')),
                    ('posted_at', models.DateTimeField(null=True)),
                    ('answer', models.CharField(blank=True, choices=[('thanked_back', 'thanked back'), ('replied', 'answered'), ('silence', 'no answer'), ('bounced', 'came back')], max_length=16)),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answered_steps', to='followups.happening')),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['state', 'due'], name='steps_by_due'), models.Index(fields=['person', 'act', 'channel'], name='steps_of_person')],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'person', 'act', 'channel'), name='one_step_an_act_and_channel'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='settled_steps_say_when')],
                },
            ),
        ]),
    ]
