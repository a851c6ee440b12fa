"""What 0003 carried over is gone from its old columns.

`source_kind` gets a default before it goes, so that going back can put the column in again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("delegations", "0003_carry_sources_over"),
    ]

    operations = [
        migrations.AlterField(
            model_name='issue',
            name='source_kind',
            field=models.CharField(default='design', max_length=6),
        ),
        migrations.AlterField(
            model_name='packitem',
            name='source_kind',
            field=models.CharField(default='design', max_length=6),
        ),
        migrations.AlterField(
            model_name='packposition',
            name='source_kind',
            field=models.CharField(default='design', max_length=6),
        ),
        migrations.RemoveField(
            model_name='issue',
            name='anchor',
        ),
        migrations.RemoveField(
            model_name='issue',
            name='locator',
        ),
        migrations.RemoveField(
            model_name='issue',
            name='paper',
        ),
        migrations.RemoveField(
            model_name='issue',
            name='source_kind',
        ),
        migrations.RemoveField(
            model_name='packitem',
            name='anchor',
        ),
        migrations.RemoveField(
            model_name='packitem',
            name='locator',
        ),
        migrations.RemoveField(
            model_name='packitem',
            name='paper',
        ),
        migrations.RemoveField(
            model_name='packitem',
            name='source_kind',
        ),
        migrations.RemoveField(
            model_name='packposition',
            name='anchor',
        ),
        migrations.RemoveField(
            model_name='packposition',
            name='locator',
        ),
        migrations.RemoveField(
            model_name='packposition',
            name='paper',
        ),
        migrations.RemoveField(
            model_name='packposition',
            name='source_kind',
        ),
        migrations.RemoveField(
            model_name='scenario',
            name='brief',
        ),
    ]
