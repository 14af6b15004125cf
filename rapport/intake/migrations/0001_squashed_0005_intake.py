"""All tables of this room in one step; the steps it replaces leave with the first release."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('intake', '0001_initial'),
        ('intake', '0002_tally'),
        ('intake', '0003_what_batches_made'),
        ('intake', '0004_imports_that_wait'),
        ('intake', '0005_photograph'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Batch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=500)),
                    ('applied_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('problems', models.JSONField(default=list)),
                    ('remarks', models.JSONField(default=list)),
                    ('set_aside', models.JSONField(default=list)),
                    ('kept', models.JSONField(default=list)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to=settings.AUTH_USER_MODEL)),
                    ('proposed', models.JSONField(default=list)),
                    ('tally', models.JSONField(default=dict)),
                    ('undo_due_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name_plural': 'batches',
                    'ordering': ['-pk'],
                    'indexes': [models.Index(fields=['member', '-applied_at'], name='batches_of_member')],
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=64)),
                    ('key', models.BigIntegerField()),
                    ('before', models.JSONField(null=True)),
                    ('after', models.JSONField()),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='intake.batch')),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'key'], name='changes_of_row')],
                },
            ),
            migrations.CreateModel(
                name='Made',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=64)),
                    ('columns', models.JSONField()),
                    ('prints', models.JSONField()),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='made', to='intake.batch')),
                ],
                options={
                    'verbose_name_plural': 'made',
                },
            ),
            migrations.CreateModel(
                name='Import',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=500)),
                    ('brought_at', models.DateTimeField()),
                    ('octets', models.BigIntegerField(default=0)),
                    ('state', models.CharField(choices=[('look', 'waits to be looked at'), ('looked', 'waits for your word'), ('apply', 'waits to be brought in'), ('applied', 'is in your book'), ('failed', 'could not be brought in')], default='look', max_length=16)),
                    ('claim', models.CharField(blank=True, max_length=32)),
                    ('claimed_until', models.DateTimeField(null=True)),
                    ('attempts', models.IntegerField(default=0)),
                    ('tally', models.JSONField(default=dict)),
                    ('problems', models.JSONField(default=list)),
                    ('remarks', models.JSONField(default=list)),
                    ('set_aside', models.JSONField(default=list)),
                    ('brings_something', models.BooleanField(default=False)),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imports', to='intake.batch')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['state', 'claimed_until'], name='imports_due')],
                },
            ),
            migrations.CreateModel(
                name='Foreseen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.IntegerField()),
                    ('verdict', models.CharField(max_length=16)),
                    ('name', models.CharField(max_length=500)),
                    ('says', models.TextField()),
                    ('file', models.CharField(max_length=300)),
                    ('line', models.IntegerField(null=True)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='intake.import')),
                ],
                options={
                    'verbose_name_plural': 'foreseen',
                    'ordering': ['number'],
                    'indexes': [models.Index(fields=['owner', 'verdict', 'number'], name='foreseen_by_verdict')],
                },
            ),
            migrations.CreateModel(
                name='Piece',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.IntegerField()),
                    ('name', models.CharField(max_length=300)),
                    ('number', models.IntegerField()),
                    ('octets', models.BinaryField()),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='intake.import')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('owner', 'place', 'number'), name='one_piece_once')],
                },
            ),
            migrations.CreateModel(
                name='Photograph',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('jpeg', models.BinaryField()),
                    ('brought_at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(null=True)),
                    ('cards', models.JSONField(default=list)),
                    ('unread', models.JSONField(default=list)),
                    ('remarks', models.JSONField(default=list)),
                    ('claim', models.CharField(blank=True, max_length=32)),
                    ('claimed_until', models.DateTimeField(null=True)),
                    ('attempts', models.IntegerField(default=0)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photographs', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                    'indexes': [models.Index(fields=['read_at', 'claimed_until'], name='photographs_due')],
                },
            ),
        ]),
    ]
