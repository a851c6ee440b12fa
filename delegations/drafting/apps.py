"""What a person decided about proposals has a table of its own, apart from exercises and drafts."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "delegations.drafting"
    label = "drafting"
    verbose_name = "First drafts from papers"
    default_auto_field = "django.db.models.BigAutoField"
