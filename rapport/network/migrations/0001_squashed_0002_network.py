"""All tables of this room in one step; the steps it replaces leave with the first release."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('network', '0001_invitations'),
        ('network', '0002_ended_connections'),
    ]

    # Steps of before, not what replaces them: a database may have stopped in the middle of that room.
    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Connection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(max_length=16)),
                    ('since', models.DateField(null=True)),
                    ('profile', models.CharField(blank=True, max_length=500)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='connections', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='connections', to='people.person')),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'channel'), name='one_connection_a_person_and_channel')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(max_length=16)),
                    ('direction', models.CharField(max_length=8)),
                    ('state', models.CharField(max_length=16)),
                    ('sent_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('look_again_at', models.DateTimeField(null=True)),
                    ('words', models.TextField(blank=True)),
                    ('source', models.CharField(choices=[('hand', 'your word'), ('archive', 'your archive'), ('confirmed', 'your word, and your archive')], default='hand', max_length=16)),
                    ('profile', models.CharField(blank=True, max_length=500)),
                    ('taken_back_at', models.DateTimeField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.person')),
                ],
                options={
                    'indexes': [models.Index(fields=['member', 'direction', 'sent_at'], name='invitations_of_member')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('sent', 'open')), ('taken_back_at', None)), fields=('person', 'channel', 'direction'), name='one_waiting_invitation_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state__in', ('sent', 'open'))), models.Q(models.Q(('state__in', ('sent', 'open')), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='answered_invitations_say_when')],
                },
            ),
        ]),
    ]
