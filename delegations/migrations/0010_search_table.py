"""The table that `delegations.papers.searching` searches, each database in its own way.

It holds nothing that is not stored elsewhere, so undoing this loses nothing.
"""

from django.db import migrations

SQLITE = """
    CREATE VIRTUAL TABLE delegations_found_text USING fts5(
        body, title UNINDEXED, target UNINDEXED, kind UNINDEXED, owner UNINDEXED,
        tokenize = 'porter unicode61 remove_diacritics 2'
    )
"""
POSTGRES = """
    CREATE TABLE delegations_found_text (
        id bigserial PRIMARY KEY,
        body text NOT NULL,
        title text NOT NULL,
        target text NOT NULL,
        kind text NOT NULL,
        owner text NOT NULL,
        words tsvector NOT NULL
    );
    CREATE INDEX delegations_found_text_words ON delegations_found_text USING gin (words);
    CREATE INDEX delegations_found_text_owner ON delegations_found_text (owner);
"""


def make(apps, schema_editor):
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE delegations_found_text")


class Migration(migrations.Migration):
    dependencies = [("delegations", "0004_one_form_of_sources")]
    operations = [migrations.RunPython(make, drop)]
