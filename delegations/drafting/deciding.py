"""The proposals of a stored paper with what one moderator decided about each, and the draft that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction

from delegations import words
from delegations.drafting.assembling import Json, Work, document_from
from delegations.drafting.models import DraftProposal, Verdict
from delegations.drafting.proposal import Kind, Proposal
from delegations.drafting.proposing import propose
from delegations.editing import drafts
from delegations.editing.document import whole
from delegations.models import Draft, Paper
from delegations.papers.gazetteer import shipped_gazetteer

# Reading a long paper takes a second; while somebody goes through it, one reading is enough.
KEEP_SECONDS: Final = 3_600


class NothingAccepted(Exception):
    """There is nothing to make a draft of."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal with the moderator's words and delegations; `verdict` is empty while it is open."""

    proposal: Proposal
    verdict: str
    text: str
    codes: tuple[str, ...]

    @property
    def final(self) -> Proposal:
        return replace(self.proposal, label=self.text, codes=self.codes)


def proposals_for(paper: Paper) -> tuple[Proposal, ...]:
    """All proposals from the paper as it is imported now."""
    passages = list(paper.passages.order_by("id"))
    if not passages:
        return ()
    # Another import has other rows, so it never meets what was read from the one before.
    key = f"drafting:{paper.pk}:{passages[0].pk}:{passages[-1].pk}"
    found: tuple[Proposal, ...] | None = cache.get(key)
    if found is None:
        found = propose(passages, shipped_gazetteer())
        cache.set(key, found, KEEP_SECONDS)
    return found


def decided(*, moderator: Any, paper: Paper) -> list[Decided]:
    rows = {row.key: row for row in DraftProposal.objects.filter(moderator=moderator, paper=paper)}
    return [_with(one, rows.get(one.key)) for one in proposals_for(paper)]


def _with(proposal: Proposal, row: DraftProposal | None) -> Decided:
    if row is None:
        return Decided(proposal, "", proposal.label, proposal.codes)
    return Decided(proposal, row.verdict, row.text, tuple(row.codes))


def decide(
    *,
    moderator: Any,
    paper: Paper,
    proposal: Proposal,
    verdict: str,
    text: str = "",
    codes: Sequence[str] | None = None,
) -> None:
    """Accept or discard one proposal; any other verdict opens it again. What is left out is the proposal's own.

    A figure may be for nobody in particular; advice and interests without a delegation would be lost.
    """
    if verdict not in Verdict.values:
        DraftProposal.objects.filter(moderator=moderator, paper=paper, key=proposal.key).delete()
        return
    keeps = codes is None or proposal.kind in (Kind.DELEGATION, Kind.ISSUE)
    keeps = keeps or (not codes and proposal.kind is not Kind.FIGURE)
    DraftProposal.objects.update_or_create(
        moderator=moderator,
        paper=paper,
        key=proposal.key,
        defaults={
            "verdict": verdict,
            "text": (" ".join(text.split()) or proposal.label)[: words.LOCATOR],
            "codes": list(proposal.codes if keeps else codes or ()),
        },
    )


@transaction.atomic
def accept_open(*, moderator: Any, paper: Paper, kind: Kind) -> int:
    """Accept every proposal of the kind that is still open, as it stands. Returns how many."""
    open_ones = [
        one for one in decided(moderator=moderator, paper=paper) if not one.verdict and one.proposal.kind is kind
    ]
    DraftProposal.objects.bulk_create(
        DraftProposal(
            moderator=moderator,
            paper=paper,
            key=one.proposal.key,
            verdict=Verdict.ACCEPTED,
            text=one.text[: words.LOCATOR],
            codes=list(one.codes),
        )
        for one in open_ones
    )
    return len(open_ones)


def work_of(paper: Paper) -> Work:
    return Work(paper.slug, paper.title, paper.authors, paper.year)


def draft_document(*, moderator: Any, paper: Paper) -> Json:
    """The document of what was accepted. Raises NothingAccepted."""
    all_of_them = decided(moderator=moderator, paper=paper)
    accepted = [one.final for one in all_of_them if one.verdict == Verdict.ACCEPTED]
    if not accepted:
        raise NothingAccepted
    discarded = [
        one.codes[0] for one in all_of_them if one.verdict == Verdict.DISCARDED and one.proposal.kind is Kind.DELEGATION
    ]
    known = [one.proposal for one in all_of_them]
    return document_from(accepted, work=work_of(paper), known=known, without=discarded)


def make_draft(*, moderator: Any, paper: Paper, at: datetime) -> Draft:
    """A draft in the editor from what was accepted. Raises NothingAccepted, and CannotSave as the editor does."""
    document = whole(draft_document(moderator=moderator, paper=paper))
    return drafts.create(owner=moderator, document=document, based_on=None, at=at)
