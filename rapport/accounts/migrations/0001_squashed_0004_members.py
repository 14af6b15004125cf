"""All tables of this room in one step; the steps it replaces leave with the first release."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import rapport.accounts.models.member
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_own_card_and_postal_times'),
        ('accounts', '0003_applied_kinds'),
        ('accounts', '0004_members_cards_apply'),
    ]

    dependencies = [
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                    ('name', models.CharField(blank=True, max_length=200)),
                    ('is_active', models.BooleanField(default=True)),
                    ('is_administrator', models.BooleanField(default=False)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('time_zone', models.CharField(default='UTC', max_length=64)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('works_from', models.TimeField(default=datetime.time(9, 0))),
                    ('works_until', models.TimeField(default=datetime.time(18, 0))),
                    ('school', models.CharField(default='considerate', max_length=64)),
                    ('reception', models.JSONField(blank=True, default=list)),
                    ('note_limit', models.PositiveIntegerField(default=200)),
                    ('notes_a_month', models.PositiveIntegerField(default=5)),
                    ('invitations_a_week', models.PositiveIntegerField(default=100)),
                    ('card', models.TextField(blank=True)),
                    ('applied_kinds', models.JSONField(blank=True, default=rapport.accounts.models.member._imports)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Admission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('as_administrator', models.BooleanField(default=False)),
                    ('admitted_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('admitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='admissions', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SignInLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(choices=[('sign_in', 'Sign In'), ('new_password', 'New Password')], default='sign_in', max_length=16)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_links', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Address',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('member', 'email'), name='one_address_once_a_member')],
                },
            ),
            migrations.CreateModel(
                name='OwnSchool',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('identifier', models.SlugField(max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('opinion', models.TextField(blank=True)),
                    ('source', models.CharField(blank=True, max_length=300)),
                    ('copied_from', models.CharField(blank=True, max_length=64)),
                    ('norms', models.JSONField(default=list)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_schools', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('member', 'identifier'), name='one_own_school_once_a_member')],
                },
            ),
            migrations.CreateModel(
                name='PostalTime',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sender', models.CharField(max_length=2)),
                    ('destination', models.CharField(max_length=2)),
                    ('working_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(60)])),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postal_times', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['sender', 'destination'],
                    'constraints': [models.UniqueConstraint(fields=('member', 'sender', 'destination'), name='one_postal_time_a_pair')],
                },
            ),
        ]),
    ]
