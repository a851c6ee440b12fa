"""Addresses of passages that may be handed to players: each carries a key for that one passage.

Whoever has a pack may read what it cites, but not the rest of the paper by counting up. A link depends on nothing
but the passage and this installation's own key, so a panel stays the same for everybody who sees it.
"""

from collections.abc import Mapping

from django.core.signing import Signer
from django.urls import reverse
from django.utils.http import urlencode

from delegations.citations import Source
from delegations.models import Passage
from delegations.papers.finding import Finder, passage_for

SIGNER = Signer(salt="delegations.passage")


def passage_link(source: Source | Mapping[str, str], *, finder: Finder | None = None) -> str:
    """The address of the passage that a source cites; empty where the paper is not imported or it is not found."""
    passage = passage_for(source, finder=finder)
    return address(passage=passage, slug=source["paper"]) if passage else ""


def address(*, passage: Passage, slug: str) -> str:
    key = SIGNER.sign(str(passage.pk))
    return f"{reverse('delegations:passage', args=[slug, passage.pk])}?{urlencode({'key': key})}"


def passage_of_key(key: str) -> int:
    """The passage that the key opens. Raises BadSignature."""
    return int(SIGNER.unsign(key))
