"""All tables of this room in one step; the steps it replaces leave with the first release."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('correspondence', '0001_initial'),
        ('correspondence', '0002_deliveries'),
        ('correspondence', '0003_what_comes_back'),
        ('correspondence', '0004_second_opinion'),
        ('correspondence', '0005_delivery_hours'),
        ('correspondence', '0006_files_taken_off'),
    ]

    # Steps of before, not what replaces them: a database may have stopped in the middle of that room.
    dependencies = [
        ('people', '0002_bounced_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(max_length=32)),
                    ('channel', models.CharField(blank=True, max_length=16)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('text', models.TextField()),
                    ('composed_subject', models.CharField(blank=True, max_length=300)),
                    ('composed', models.TextField()),
                    ('limit', models.PositiveIntegerField(null=True)),
                    ('composed_at', models.DateTimeField()),
                    ('edited_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='correspondence', to='people.person')),
                    ('queued_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=255)),
                    ('media_type', models.CharField(max_length=127)),
                    ('size', models.PositiveIntegerField()),
                    ('content', models.BinaryField()),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='correspondence.note')),
                    ('detached_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(condition=models.Q(('detached_at__isnull', False)), fields=['detached_at'], name='files_taken_off')],
                },
            ),
            migrations.CreateModel(
                name='Mailbox',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(max_length=254)),
                    ('username', models.CharField(max_length=320)),
                    ('sealed_password', models.TextField(blank=True)),
                    ('token_command', models.CharField(blank=True, max_length=1000)),
                    ('smtp_host', models.CharField(max_length=255)),
                    ('smtp_port', models.PositiveIntegerField(default=465)),
                    ('smtp_security', models.CharField(choices=[('tls', 'TLS from the start'), ('starttls', 'STARTTLS'), ('none', 'None (this computer only)')], default='tls', max_length=16)),
                    ('imap_host', models.CharField(blank=True, max_length=255)),
                    ('imap_port', models.PositiveIntegerField(default=993)),
                    ('imap_security', models.CharField(choices=[('tls', 'TLS from the start'), ('starttls', 'STARTTLS'), ('none', 'None (this computer only)')], default='tls', max_length=16)),
                    ('signature', models.TextField(blank=True)),
                    ('trouble', models.TextField(blank=True)),
                    ('kept_at', models.DateTimeField()),
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mailbox', to=settings.AUTH_USER_MODEL)),
                    ('reading_trouble', models.TextField(blank=True)),
                    ('sent_folder', models.CharField(blank=True, max_length=500)),
                ],
                options={
                    'verbose_name_plural': 'mailboxes',
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('recipient', models.CharField(max_length=320)),
                    ('message_id', models.CharField(max_length=255, unique=True)),
                    ('in_reply_to', models.CharField(blank=True, max_length=998)),
                    ('references', models.TextField(blank=True)),
                    ('message', models.BinaryField(null=True)),
                    ('state', models.CharField(choices=[('waiting', 'waiting to leave'), ('sending', 'leaving now'), ('handing_over', 'being handed over'), ('sent', 'sent'), ('returned', 'came back'), ('unknown', 'not known whether it left'), ('taken_back', 'taken back')], default='waiting', max_length=16)),
                    ('queued_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('claim', models.CharField(blank=True, max_length=32)),
                    ('claimed_until', models.DateTimeField(null=True)),
                    ('said', models.TextField(blank=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('followed_at', models.DateTimeField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='correspondence.note')),
                    ('filed_at', models.DateTimeField(null=True)),
                    ('filed_in', models.CharField(blank=True, max_length=500)),
                    ('filing_attempts', models.PositiveIntegerField(default=0)),
                    ('filing_due_at', models.DateTimeField(null=True)),
                    ('filing_said', models.TextField(blank=True)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('zone', models.CharField(blank=True, max_length=64)),
                ],
                options={
                    'verbose_name_plural': 'deliveries',
                    'ordering': ['-queued_at', '-pk'],
                    'indexes': [models.Index(fields=['state', 'due_at'], name='deliveries_by_due'), models.Index(fields=['member', '-queued_at'], name='deliveries_of_member'), models.Index(condition=models.Q(('claimed_until__isnull', False)), fields=['claimed_until'], name='deliveries_claimed'), models.Index(condition=models.Q(('followed_at', None), ('state', 'sent')), fields=['member'], name='deliveries_to_follow'), models.Index(condition=models.Q(('filing_due_at__isnull', False)), fields=['filing_due_at'], name='deliveries_to_file')],
                },
            ),
            migrations.CreateModel(
                name='Received',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('reply', 'an answer'), ('mail', 'a mail'), ('bounce', 'came back'), ('automatic', 'an automatic answer')], max_length=16)),
                    ('message_id', models.CharField(max_length=255)),
                    ('in_reply_to', models.CharField(blank=True, max_length=255)),
                    ('references', models.TextField(blank=True)),
                    ('sender', models.CharField(max_length=320)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('text', models.TextField(blank=True)),
                    ('status', models.CharField(blank=True, max_length=16)),
                    ('is_address_bad', models.BooleanField(default=False)),
                    ('received_at', models.DateTimeField()),
                    ('noticed_at', models.DateTimeField()),
                    ('followed_at', models.DateTimeField(null=True)),
                    ('dismissed_at', models.DateTimeField(null=True)),
                    ('folder', models.CharField(blank=True, max_length=500)),
                    ('uid', models.BigIntegerField(null=True)),
                    ('delivery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='received', to='correspondence.delivery')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='received', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='received', to='people.person')),
                ],
                options={
                    'verbose_name_plural': 'received',
                    'ordering': ['-received_at', '-pk'],
                    'indexes': [models.Index(fields=['person', '-received_at'], name='received_of_person'), models.Index(condition=models.Q(('followed_at', None)), fields=['member'], name='received_to_follow')],
                    'constraints': [models.UniqueConstraint(fields=('member', 'message_id'), name='one_mail_once_a_member')],
                },
            ),
            migrations.CreateModel(
                name='WatchedFolder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=500)),
                    ('uidvalidity', models.BigIntegerField(null=True)),
                    ('last_uid', models.BigIntegerField(default=0)),
                    ('since', models.DateField(null=True)),
                    ('due_at', models.DateTimeField()),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('trouble', models.TextField(blank=True)),
                    ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folders', to='correspondence.mailbox')),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['due_at'], name='folders_by_due')],
                    'constraints': [models.UniqueConstraint(fields=('mailbox', 'name'), name='one_folder_once_a_mailbox')],
                },
            ),
            migrations.CreateModel(
                name='SecondOpinion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=500)),
                    ('model', models.CharField(max_length=200)),
                    ('sealed_key', models.TextField(blank=True)),
                    ('kept_at', models.DateTimeField()),
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_opinion', to=settings.AUTH_USER_MODEL)),
                ],
            ),
        ]),
    ]
