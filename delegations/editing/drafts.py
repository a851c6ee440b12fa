"""Drafts as rows: whose they are, how one is saved, published or taken back.

A draft is its owner's alone until it is published. Of two saves from the same revision the second is refused, because
it would undo what it has not seen.
"""

import copy
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from delegations.editing.changing import CannotSave
from delegations.editing.document import Json, from_scenario
from delegations.editing.fields import Named
from delegations.editing.folder import judge
from delegations.library import newest_scenarios
from delegations.loading import store
from delegations.models import Draft, Paper, Scenario
from delegations.words import TITLE

MOST_CHARACTERS: Final = 2_000_000  # ten times the longest exercise that there is
MOST_DRAFTS: Final = 100


class Stale(Exception):
    """The draft was saved elsewhere meanwhile."""


def drafts_of(owner: Any) -> QuerySet[Draft]:
    return Draft.objects.filter(owner=owner).select_related("based_on")


def find_draft(*, owner: Any, pk: int) -> Draft | None:
    return drafts_of(owner).filter(pk=pk).first()


def known_papers() -> Named:
    return [(paper.slug, f"{paper.title} ({paper.year})") for paper in Paper.objects.all()]


def create(*, owner: AbstractBaseUser, document: Json, based_on: Scenario | None, at: datetime) -> Draft:
    if drafts_of(owner).count() >= MOST_DRAFTS:
        raise CannotSave(f"You have {MOST_DRAFTS} drafts; discard one first.")
    draft = Draft(owner=owner, based_on=based_on, updated_at=at, **_columns(document))  # type: ignore[misc]
    draft.save(force_insert=True)
    return draft


def save(*, draft: Draft, revision: int, change: Callable[[Json], None], at: datetime) -> None:
    """Change the draft as it stood at `revision`. Raises Stale if it is another by now, CannotSave as `change` does."""
    if draft.revision != revision:
        raise Stale
    document = copy.deepcopy(draft.content)
    change(document)
    values = _columns(document)
    written = Draft.objects.filter(pk=draft.pk, revision=revision).update(
        **values, previous=draft.content, revision=revision + 1, updated_at=at
    )
    if not written:  # another process was faster between our look and our write
        raise Stale
    draft.refresh_from_db()


def undo(*, draft: Draft, revision: int, at: datetime) -> None:
    """Take the last change back; once more brings it again."""
    previous = draft.previous
    if previous is None:
        raise CannotSave("Nothing has been changed yet; there is nothing to take back.")

    def put_back(document: Json) -> None:
        document.clear()
        document.update(previous)

    save(draft=draft, revision=revision, change=put_back, at=at)


def _columns(document: Json) -> dict[str, Any]:
    if len(json.dumps(document)) > MOST_CHARACTERS:
        raise CannotSave("The exercise is longer than any that could be played; shorten it first.")
    _, problems, missing = judge(document, papers=dict(known_papers()))
    cover = document["scenario"]
    return {
        "slug": cover.get("slug", ""),
        "title": cover.get("title", "")[:TITLE],
        "content": document,
        "problems": problems,
        "missing": missing,
    }


def publish(*, draft: Draft) -> tuple[Scenario, bool]:
    """Put the draft into the library as the newest version, unless the newest one says the same.

    Raises CannotSave while something is wrong. Rooms keep the version that they were opened from.
    """
    prepared, problems, _ = judge(draft.content, papers=dict(known_papers()))
    if prepared is None or problems:
        raise CannotSave("Something is still wrong, so it cannot be published; see the pages that are marked.")
    newest = newest_scenarios().filter(slug=draft.slug).first()
    if newest is not None and _same(draft, newest):
        return newest, False
    scenario, written = store(scenario=prepared, from_draft=True)
    Draft.objects.filter(pk=draft.pk).update(based_on=scenario)
    return scenario, written


def _same(draft: Draft, newest: Scenario) -> bool:
    """Whether the newest version reads as the draft does, however its files were laid out."""
    papers = dict(known_papers())
    return _read(draft.content, papers) == _read(from_scenario(newest), papers)


def _read(document: Json, papers: dict[str, str]) -> dict[str, Any]:
    prepared, _, _ = judge(document, papers=papers)
    return {name: getattr(prepared, name) for name in prepared.__slots__ if name != "digest"} if prepared else {}
