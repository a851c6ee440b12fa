"""The rules of a table, as columns that a scenario and a format have in common."""

from django.db import models
from django.db.models import CheckConstraint, Q

from delegations import words
from delegations.words import Attribution, CaucusExistence, DecisionRule


class TableRules(models.Model):
    """The rules of a table: a scenario's own, or those of a format that any scenario can run in."""

    attribution = models.CharField(max_length=24, choices=Attribution.choices)
    decision = models.CharField(max_length=12, choices=DecisionRule.choices)
    output = models.CharField(max_length=words.LABEL)
    speech_seconds = models.PositiveIntegerField()
    points_of_order = models.BooleanField(default=False)
    votes = models.BooleanField(default=True)
    caucus_existence = models.CharField(
        max_length=12, choices=CaucusExistence.choices, default=CaucusExistence.ANNOUNCED
    )
    caucus_readable_by_chair = models.BooleanField(default=False)
    caucus_at_any_time = models.BooleanField(default=False)
    rules = models.JSONField(default=list, help_text="Plain sentences that a student must know.")

    class Meta:
        abstract = True
        constraints = [
            CheckConstraint(condition=Q(attribution__in=Attribution.values), name="%(class)s_attribution_known"),
            CheckConstraint(condition=Q(decision__in=DecisionRule.values), name="%(class)s_decision_known"),
            CheckConstraint(condition=Q(caucus_existence__in=CaucusExistence.values), name="%(class)s_caucus_known"),
        ]
