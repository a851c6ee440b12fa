"""The sample paper, read as an import reads it, and what is proposed from it."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from delegations.drafting.proposal import Kind, Proposal
from delegations.drafting.proposing import propose
from delegations.models import Paper
from delegations.papers.gazetteer import shipped_gazetteer
from delegations.papers.storing import Facts, import_text
from delegations.papers.structure import PreparedPassage
from tests.papers.conftest import read_text

SAMPLE = Path(__file__).with_name("sample_paper.md")


def read_sample() -> tuple[PreparedPassage, ...]:
    return read_text(SAMPLE.read_text("utf-8"), authors="Inga Holm").passages


def proposals_of(text: str) -> tuple[Proposal, ...]:
    """What is proposed from a text of a few sentences."""
    return propose(read_text(text, authors="Ada Anker").passages, shipped_gazetteer())


def of_kind(kind: Kind, proposals: tuple[Proposal, ...]) -> list[Proposal]:
    return [one for one in proposals if one.kind is kind]


@pytest.fixture(scope="session")
def proposals() -> tuple[Proposal, ...]:
    return propose(read_sample(), shipped_gazetteer())


@pytest.fixture
def paper(db: None) -> Paper:
    facts = Facts(slug="holm-2014", title="Calm Water", authors="Inga Holm", year=2014)
    return import_text(text=SAMPLE.read_text("utf-8"), facts=facts, name=SAMPLE.name).paper


@pytest.fixture
def moderator(db: None) -> User:
    return User.objects.create_user("moderator", password="a-long-pass-phrase")
