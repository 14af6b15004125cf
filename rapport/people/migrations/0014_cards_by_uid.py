import re

from django.db import migrations, models

_UID = re.compile(r"^(?:[\w-]+\.)?UID(?:;[^:\r\n]*)?:([^\r\n]+)", re.IGNORECASE | re.MULTILINE)


def note(apps, _editor):
    """Note the identifiers that cards of earlier imports bear."""
    revisions = apps.get_model('people', 'CardRevision').objects
    said = revisions.filter(given__icontains='UID', is_edit=False, joins__isnull=True).order_by('pk')
    last, some = 0, True
    while some:
        some = list(said.filter(pk__gt=last).only('pk', 'given', 'uid')[:1000])
        for one in some:
            found = _UID.search(one.given)
            one.uid = found[1].strip()[:200] if found else ''
            last = one.pk
        revisions.bulk_update(some, ['uid'], batch_size=200)


class Migration(migrations.Migration):
    """A card that bears the identifier of an earlier one means the same person."""

    dependencies = [
        ('people', '0013_recognised_across_scripts'),
    ]

    operations = [
        migrations.AddField(
            model_name='cardrevision',
            name='uid',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddIndex(
            model_name='cardrevision',
            index=models.Index(fields=['uid'], name='cards_by_uid'),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
