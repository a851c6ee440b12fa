"""Going through the proposals from a paper, one by one, and making a draft of those accepted.

For moderators, each with decisions of their own. Every step is a plain form; nothing of the paper is sent back but the
key of the proposal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations import words
from delegations.drafting.deciding import (
    Decided,
    NothingAccepted,
    accept_open,
    decide,
    decided,
    make_draft,
    proposals_for,
)
from delegations.drafting.models import Verdict
from delegations.drafting.proposal import Kind
from delegations.editing.changing import CannotSave
from delegations.models import Paper

HEADINGS: Final = {
    Kind.DELEGATION: ("Delegations", "Countries by any of their names, the most named first."),
    Kind.RECOMMENDATION: (
        "Advice",
        "What the paper says that a country should do. What it wants of several stands once.",
    ),
    Kind.ISSUE: ("Issues", "What the paper shows to be in question. Options are a frame to be rewritten."),
    Kind.INTEREST: ("Interests", "What a country wants, fears or depends on."),
    Kind.FIGURE: ("Facts and figures", "Numbers as the paper has them. Without a delegation they go to all."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as the page has it; `between`: the names of those whom an issue concerns."""

    decided: Decided
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    kind: str
    heading: str
    hint: str
    shown: tuple[Shown, ...]
    open: int
    accepted: int


@never_cache
@require_safe
@login_required
def show_proposals(request: HttpRequest, slug: str) -> HttpResponse:
    paper = get_object_or_404(Paper, slug=slug)
    found = decided(moderator=request.user, paper=paper)
    context = {
        "paper": paper,
        "groups": [_group(kind, found) for kind in Kind],
        "delegations": [one for one in found if one.proposal.kind is Kind.DELEGATION],
        "accepted": sum(one.verdict == Verdict.ACCEPTED for one in found),
        "count": len(found),
        "most": words.LOCATOR,
    }
    return render(request, "delegations/drafting/proposals.html", context)


def _group(kind: Kind, found: Sequence[Decided]) -> Group:
    names = {one.codes[0]: one.text for one in found if one.proposal.kind is Kind.DELEGATION}
    own = [one for one in found if one.proposal.kind is kind]
    heading, hint = HEADINGS[kind]
    shown = tuple(Shown(one, tuple(names[code] for code in one.codes if code in names)) for one in own)
    verdicts = [one.verdict for one in own]
    return Group(kind.value, heading, hint, shown, verdicts.count(""), verdicts.count(Verdict.ACCEPTED))


@require_POST
@login_required
def judge_proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept one proposal in the moderator's words, discard it, or open it again."""
    paper = get_object_or_404(Paper, slug=slug)
    known = proposals_for(paper)
    key = request.POST.get("key", "")
    proposal = next((one for one in known if one.key == key), None)
    if proposal is None:
        raise Http404("The paper was imported anew since: go back to its proposals and look again.")
    codes = {one.codes[0] for one in known if one.kind is Kind.DELEGATION}
    decide(
        moderator=request.user,
        paper=paper,
        proposal=proposal,
        verdict=request.POST.get("verdict", ""),
        text=request.POST.get("text", ""),
        codes=[code for code in request.POST.getlist("codes") if code in codes],
    )
    return redirect(f"{reverse('delegations:proposals', args=[slug])}#p-{key}")


@require_POST
@login_required
def accept_rest(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept all open proposals of one kind as they stand."""
    paper = get_object_or_404(Paper, slug=slug)
    kind = next((one for one in Kind if one.value == request.POST.get("kind")), None)
    if kind is None:
        raise Http404("There are no such proposals.")
    count = accept_open(moderator=request.user, paper=paper, kind=kind)
    messages.success(request, f"{HEADINGS[kind][0]}: {count} accepted.")
    return redirect(f"{reverse('delegations:proposals', args=[slug])}#{kind.value}")


@require_POST
@login_required
def make_from_accepted(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of the accepted proposals, to go on with in the editor."""
    paper = get_object_or_404(Paper, slug=slug)
    try:
        draft = make_draft(moderator=request.user, paper=paper, at=timezone.now())
    except NothingAccepted:
        messages.error(request, "Nothing is accepted yet. Accept the proposals that you want in the draft first.")
        return redirect("delegations:proposals", slug)
    except CannotSave as refused:
        messages.error(request, str(refused))
        return redirect("delegations:proposals", slug)
    messages.success(request, "The draft is made. Everything in it is yours to rewrite.")
    return redirect("delegations:draft", draft.pk)
