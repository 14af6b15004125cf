"""All tables of this room in one step; the steps it replaces leave with the first release."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from rapport.people import looking_up
from rapport.tables import Tables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_bounced_addresses'),
        ('people', '0003_merging'),
        ('people', '0004_editing'),
        ('people', '0005_card_audiences'),
        ('people', '0006_spheres_of_addresses'),
        ('people', '0007_kept_current'),
        ('people', '0008_finding'),
        ('people', '0009_sources_of_members'),
        ('people', '0010_recognising'),
        ('people', '0011_recognised_anew'),
        ('people', '0012_days_and_trigrams'),
        ('people', '0013_recognised_across_scripts'),
        ('people', '0014_cards_by_uid'),
    ]

    # Steps of before, not what replaces them: a database may have stopped in the middle of that room.
    dependencies = [
        ('accounts', '0003_applied_kinds'),
        # Before there are many tables: it changes its own in steps, and Django builds all models anew for each.
        ('mfa', '0003_authenticator_type_uniq'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('domain', models.CharField(blank=True, max_length=255)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('sector', models.CharField(blank=True, max_length=64)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisations', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(models.F('member'), django.db.models.functions.text.Lower('name'), name='organisations_by_name')],
                    'constraints': [models.UniqueConstraint(fields=('member', 'name'), name='one_organisation_once_a_member')],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('title', models.CharField(blank=True, max_length=300)),
                    ('phone', models.CharField(blank=True, max_length=64)),
                    ('profile', models.URLField(blank=True, max_length=500)),
                    ('time_zone', models.CharField(blank=True, max_length=64)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('is_professional', models.BooleanField(default=True)),
                    ('is_social', models.BooleanField(default=False)),
                    ('met', models.CharField(blank=True, max_length=16)),
                    ('how_met', models.TextField(blank=True)),
                    ('notes', models.TextField(blank=True)),
                    ('card', models.TextField(blank=True)),
                    ('last_contact_at', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField()),
                    ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='people', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='people.organisation')),
                    ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merged_people', to='people.person')),
                    ('recognised', models.PositiveSmallIntegerField(choices=[(0, 'Not Yet'), (1, 'By Keys'), (2, 'Compared')], db_default=0, default=0, editable=False)),
                    ('is_indexed', models.BooleanField(db_default=False, default=False, editable=False)),
                ],
                options={
                    'verbose_name_plural': 'people',
                    'indexes': [models.Index(condition=models.Q(('merged_into', None), ('recognised__lt', 2)), fields=['member', 'recognised'], name='people_to_recognise'), models.Index(condition=models.Q(('merged_into', None)), fields=['member', 'name', 'id', 'is_professional', 'is_social', 'last_contact_at', 'created_at', 'organisation'], name='people_by_name'), models.Index(condition=models.Q(('merged_into', None)), fields=['member', 'id', 'created_at'], name='people_of_member'), models.Index(condition=models.Q(('is_indexed', False), ('merged_into', None)), fields=['member', 'id'], name='people_to_index')],
                },
            ),
            migrations.CreateModel(
                name='EmailAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.CharField(db_index=True, max_length=320)),
                    ('sphere', models.CharField(choices=[('professional', 'Professional'), ('social', 'Social')], default='professional', max_length=16)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='emails', to='people.person')),
                    ('bounced_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name_plural': 'email addresses',
                    'constraints': [models.UniqueConstraint(fields=('person', 'email'), name='one_email_once_a_person')],
                },
            ),
            migrations.CreateModel(
                name='CardRevision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=300)),
                    ('given', models.TextField()),
                    ('digest', models.CharField(max_length=64)),
                    ('before', models.TextField(blank=True)),
                    ('after', models.TextField()),
                    ('absorbed_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='people.person')),
                    ('joins', models.JSONField(null=True)),
                    ('edit', models.JSONField(default=list)),
                    ('is_edit', models.BooleanField(default=False)),
                    ('noted', models.JSONField(default=dict)),
                    ('again', models.JSONField(default=list)),
                    ('row', models.PositiveIntegerField(null=True)),
                    ('uid', models.CharField(blank=True, default='', max_length=200)),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['digest'], name='cards_by_digest'), models.Index(fields=['uid'], name='cards_by_uid')],
                },
            ),
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fact', models.CharField(max_length=64)),
                    ('value', models.JSONField()),
                    ('stated_at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='people.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'fact'), name='one_statement_a_fact')],
                },
            ),
            migrations.CreateModel(
                name='MatchKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=120)),
                    ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='match_keys', to='people.person')),
                ],
                options={
                    'indexes': [models.Index(fields=['member', 'key', 'person'], name='people_by_match_key')],
                },
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('handed', models.JSONField(default=dict)),
                    ('before', models.JSONField(default=dict)),
                    ('after', models.JSONField(default=dict)),
                    ('merged_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to=settings.AUTH_USER_MODEL)),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merged_by', to='people.person')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='people.person')),
                    ('revision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='merge', to='people.cardrevision')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('other',), name='merged_into_one_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposed_before', to='people.person')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposed_after', to='people.person')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='proposed_once')],
                },
            ),
            migrations.CreateModel(
                name='ToldApart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('told_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_apart', to=settings.AUTH_USER_MODEL)),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_apart_before', to='people.person')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_apart_after', to='people.person')),
                ],
                options={
                    'verbose_name_plural': 'told apart',
                    'ordering': ['-told_at', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='told_apart_once')],
                },
            ),
            migrations.CreateModel(
                name='CardLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('sealed_token', models.TextField()),
                    ('made_at', models.DateTimeField()),
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='card_link', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='CardRound',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('due_at', models.DateTimeField(db_index=True)),
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='card_round', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='NamedList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100)),
                    ('sphere', models.CharField(choices=[('professional', 'Professional'), ('social', 'Social')], max_length=16)),
                    ('made_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_lists', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('member', 'name'), name='one_list_of_a_name')],
                },
            ),
            migrations.CreateModel(
                name='Listing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='people.person')),
                    ('named_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='people.namedlist')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('named_list', 'person'), name='on_a_list_once')],
                },
            ),
            migrations.CreateModel(
                name='LeftAlone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('began_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name_plural': 'left alone',
                },
            ),
            migrations.CreateModel(
                name='DetailsRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('sealed_token', models.TextField()),
                    ('shown', models.TextField()),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('refused_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='details_requests', to='people.person')),
                ],
                options={
                    'ordering': ['-made_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('import', 'an import'), ('card', 'a subscribed card'), ('member', 'their own card'), ('answer', 'their own answer'), ('signature', 'the signature of a mail')], max_length=16)),
                    ('address', models.CharField(blank=True, max_length=500)),
                    ('card', models.TextField(blank=True)),
                    ('heard_at', models.DateTimeField(null=True)),
                    ('is_trusted', models.BooleanField(default=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='people.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'address'), name='one_source_once_a_person')],
                },
            ),
            migrations.CreateModel(
                name='Subscription',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('days', models.PositiveSmallIntegerField(default=1)),
                    ('due_at', models.DateTimeField(db_index=True, null=True)),
                    ('looked_at', models.DateTimeField(null=True)),
                    ('etag', models.CharField(blank=True, max_length=200)),
                    ('modified', models.CharField(blank=True, max_length=200)),
                    ('failures', models.PositiveIntegerField(default=0)),
                    ('missing', models.PositiveIntegerField(default=0)),
                    ('trouble', models.TextField(blank=True)),
                    ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='subscription', to='people.source')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Suggestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('field', models.CharField(max_length=32)),
                    ('before', models.JSONField(default=list)),
                    ('after', models.JSONField(default=list)),
                    ('edit', models.JSONField(default=list)),
                    ('base', models.JSONField(default=list)),
                    ('is_conflict', models.BooleanField(default=False)),
                    ('state', models.CharField(default='open', max_length=8)),
                    ('made_at', models.DateTimeField()),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='people.person')),
                    ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.cardrevision')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='people.source')),
                ],
                options={
                    'indexes': [models.Index(fields=['person', 'state'], name='suggestions_of_person')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('source', 'field'), name='one_waits_a_field')],
                },
            ),
            migrations.CreateModel(
                name='CardIndex',
                fields=[
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='card_index', serialize=False, to='people.person')),
                    ('name', models.TextField()),
                    ('work', models.TextField()),
                    ('rest', models.TextField()),
                    ('birthday', models.PositiveSmallIntegerField(null=True)),
                ],
                options={
                    'verbose_name_plural': 'card indexes',
                    'indexes': [models.Index(condition=models.Q(('birthday__isnull', False)), fields=['birthday', 'person'], name='birthdays')],
                },
            ),
            migrations.CreateModel(
                name='Keeping',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('every', models.PositiveSmallIntegerField()),
                    ('unit', models.CharField(max_length=8)),
                    ('begun_at', models.DateTimeField()),
                    ('later_until', models.DateTimeField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepings', to=settings.AUTH_USER_MODEL)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='keeping', to='people.person')),
                ],
                options={
                    'verbose_name_plural': 'keeping in touch',
                },
            ),
            migrations.CreateModel(
                name='KeptSearch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100)),
                    ('sphere', models.CharField(choices=[('professional', 'Professional'), ('social', 'Social')], max_length=16)),
                    ('filters', models.JSONField(default=dict)),
                    ('kept_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_searches', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'kept searches',
                    'ordering': ['name', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('member', 'name'), name='one_kept_search_of_a_name')],
                },
            ),
            migrations.CreateModel(
                name='Sweep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=16)),
                    ('says', models.CharField(max_length=300)),
                    ('kept', models.JSONField(default=dict)),
                    ('swept_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sweeps', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200)),
                    ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='people.person')),
                ],
                options={
                    'indexes': [models.Index(fields=['member', 'name', 'person'], name='people_by_tag'), models.Index(django.db.models.functions.text.Lower('name'), models.F('person'), name='people_by_tag_in_lower_case')],
                    'constraints': [models.UniqueConstraint(fields=('person', 'name'), name='tagged_once')],
                },
            ),
            migrations.CreateModel(
                name='BookSize',
                fields=[
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('people', models.PositiveIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='CardTraits',
                fields=[
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='card_traits', serialize=False, to='people.person')),
                    ('packed', models.TextField()),
                ],
                options={
                    'verbose_name_plural': 'card traits',
                },
            ),
        ]),
        migrations.RunPython(looking_up.make, looking_up.unmake),
        migrations.RunPython(looking_up.sort_in_early, looking_up.sort_in_late),
    ]
