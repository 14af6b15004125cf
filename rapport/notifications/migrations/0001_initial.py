import django.db.models.deletion
import rapport.notifications.models.appointment
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('followups', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Silence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('began_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Appointment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.CharField(default=rapport.notifications.models.appointment._new_uid, max_length=36, unique=True)),
                    ('title', models.TextField()),
                    ('description', models.TextField()),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('zone', models.CharField(max_length=64)),
                    ('is_cancelled', models.BooleanField(default=False)),
                    ('sequence', models.PositiveIntegerField(default=0)),
                    ('changed_at', models.DateTimeField()),
                    ('step', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appointment', to='followups.step')),
                ],
            ),
            migrations.CreateModel(
                name='DailyMail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hour', models.PositiveSmallIntegerField(default=8)),
                    ('due_at', models.DateTimeField(db_index=True, null=True)),
                    ('told_on', models.DateField(null=True)),
                    ('looked_at', models.DateTimeField(null=True)),
                    ('claim', models.CharField(blank=True, max_length=32)),
                    ('claimed_until', models.DateTimeField(null=True)),
                    ('said', models.TextField(blank=True)),
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='daily_mail', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Feed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('sealed_token', models.TextField()),
                    ('made_at', models.DateTimeField()),
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feed', to=settings.AUTH_USER_MODEL)),
                ],
            ),
        ]),
    ]
