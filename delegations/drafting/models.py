"""What a moderator decided about a proposal. The proposal itself is read from the paper anew each time."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from delegations import words
from delegations.models import Paper


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    DISCARDED = "discarded", "Discarded"


class DraftProposal(models.Model):
    """One decision. Where there is no row, the proposal is still open. Holds no sentence of the paper."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, help_text="Of the proposal, the same on every reading of the paper.")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    text = models.CharField(max_length=words.LOCATOR, help_text="In the moderator's words.")
    codes = models.JSONField(default=list, help_text="The delegations it is for.")

    class Meta:
        ordering = ["paper", "id"]
        constraints = [
            UniqueConstraint(fields=["moderator", "paper", "key"], name="proposal_decided_once"),
            CheckConstraint(condition=Q(verdict__in=Verdict.values), name="proposal_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.verdict}"
