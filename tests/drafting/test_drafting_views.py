"""The page on which a moderator goes through the proposals."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from delegations.drafting.deciding import decide, proposals_for
from delegations.drafting.models import DraftProposal, Verdict
from delegations.drafting.proposal import Kind, Proposal
from delegations.models import Draft, Paper

PAGE = "/papers/holm-2014/draft/"


@pytest.fixture
def signed_in(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def first(paper: Paper, kind: Kind) -> Proposal:
    return next(one for one in proposals_for(paper) if one.kind is kind)


def test_players_and_strangers_are_sent_to_sign_in(client: Client, paper: Paper) -> None:
    assert client.get(PAGE).status_code == 302
    for deed in ("judge", "accept", "make"):
        assert client.post(f"{PAGE}{deed}/").status_code == 302
    assert not DraftProposal.objects.exists()


def test_the_paper_has_a_button_to_its_proposals(signed_in: Client, paper: Paper) -> None:
    assertContains(signed_in.get("/papers/holm-2014/"), f'href="{PAGE}"')


def test_each_proposal_stands_beside_its_sentence_and_citation(signed_in: Client, paper: Paper) -> None:
    page = signed_in.get(PAGE)
    assertContains(page, "Publish: positions, patrol vessels")
    assertContains(page, "publish the positions of its patrol vessels on the Arden bank every week")
    assertContains(page, "Holm, Varland, 1")
    assertContains(page, "Between Varland, Osmark")
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_proposal_is_accepted_in_other_words_and_for_others(signed_in: Client, paper: Paper) -> None:
    key = first(paper, Kind.RECOMMENDATION).key
    words = {"key": key, "verdict": "accepted", "text": "Tell where the boats are.", "codes": ["VAR", "KES", "XXX"]}
    assertRedirects(signed_in.post(f"{PAGE}judge/", words), f"{PAGE}#p-{key}", fetch_redirect_response=False)
    row = DraftProposal.objects.get()
    assert (row.verdict, row.text, row.codes) == ("accepted", "Tell where the boats are.", ["VAR", "KES"])
    assertContains(signed_in.get(PAGE), "Tell where the boats are.")


def test_a_figure_may_be_for_all_but_advice_is_always_for_somebody(signed_in: Client, paper: Paper) -> None:
    figure = next(one for one in proposals_for(paper) if one.kind is Kind.FIGURE and one.codes)
    for proposal in (figure, first(paper, Kind.RECOMMENDATION)):
        signed_in.post(f"{PAGE}judge/", {"key": proposal.key, "verdict": "accepted", "text": "So many"})
    assert [row.codes for row in DraftProposal.objects.order_by("id")] == [[], ["VAR"]]


def test_a_proposal_is_discarded_and_opened_again(signed_in: Client, paper: Paper) -> None:
    key = first(paper, Kind.ISSUE).key
    signed_in.post(f"{PAGE}judge/", {"key": key, "verdict": "discarded"})
    assert DraftProposal.objects.get().verdict == Verdict.DISCARDED
    signed_in.post(f"{PAGE}judge/", {"key": key, "verdict": "open"})
    assert not DraftProposal.objects.exists()


def test_all_open_ones_of_a_kind_are_accepted_at_once(signed_in: Client, paper: Paper, moderator: User) -> None:
    discarded = first(paper, Kind.ISSUE)
    decide(moderator=moderator, paper=paper, proposal=discarded, verdict="discarded")
    signed_in.post(f"{PAGE}accept/", {"kind": "issue"})
    assert DraftProposal.objects.filter(verdict="accepted").count() == 4
    assert DraftProposal.objects.get(key=discarded.key).verdict == "discarded"


def test_decisions_are_each_moderators_own(signed_in: Client, paper: Paper) -> None:
    other = User.objects.create_user("other", password="a-long-pass-phrase")
    decide(moderator=other, paper=paper, proposal=first(paper, Kind.ISSUE), verdict="accepted", text="Mine alone")
    assertNotContains(signed_in.get(PAGE), "Mine alone")


def test_a_draft_holds_what_was_accepted_and_nothing_else(signed_in: Client, paper: Paper, moderator: User) -> None:
    for kind in (Kind.DELEGATION, Kind.RECOMMENDATION):
        decide(moderator=moderator, paper=paper, proposal=first(paper, kind), verdict="accepted")
    page = signed_in.post(f"{PAGE}make/")
    draft = Draft.objects.get(owner=moderator)
    assertRedirects(page, f"/drafts/{draft.pk}/")
    assert set(draft.content["packs"]) == {"OSM", "VAR"}  # one accepted, one needed by what was accepted
    assert len(draft.content["packs"]["VAR"]["recommendation"]) == 1
    assert draft.content["issues"]["issue"] == []
    assert draft.problems == []


def test_without_anything_accepted_there_is_no_draft(signed_in: Client, paper: Paper) -> None:
    assertContains(signed_in.post(f"{PAGE}make/", follow=True), "Nothing is accepted yet")
    assert not Draft.objects.exists()


def test_an_unknown_proposal_or_kind_is_refused(signed_in: Client, paper: Paper) -> None:
    assert signed_in.post(f"{PAGE}judge/", {"key": "nothing", "verdict": "accepted"}).status_code == 404
    assert signed_in.post(f"{PAGE}accept/", {"kind": "nothing"}).status_code == 404


def test_no_sentence_of_the_paper_is_stored(signed_in: Client, paper: Paper) -> None:
    for kind in Kind:
        signed_in.post(f"{PAGE}accept/", {"kind": kind.value})
    stored = " ".join(DraftProposal.objects.values_list("text", flat=True))
    assert not any(one.places[0].sentence in stored for one in proposals_for(paper))


def test_a_paper_without_text_says_what_to_do(signed_in: Client) -> None:
    Paper.objects.create(slug="bare-2000", title="Bare", authors="Ada Anker", year=2000)
    assertContains(signed_in.get("/papers/bare-2000/draft/"), "import a copy of it")


def test_the_page_takes_a_fixed_number_of_queries(
    signed_in: Client, paper: Paper, moderator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for proposal in proposals_for(paper):
        decide(moderator=moderator, paper=paper, proposal=proposal, verdict="accepted")
    with django_assert_max_num_queries(6):
        signed_in.get(PAGE)
