"""A draft is its owner's, is published as a version, and never undoes what it has not seen."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from delegations.editing.document import from_scenario
from delegations.editing.drafts import Stale, save
from delegations.editing.folder import judge
from delegations.editing.pages import all_pages
from delegations.library import newest_scenarios
from delegations.loading import store
from delegations.models import Draft, Paper, Scenario
from delegations.prepared import PreparedInject
from delegations.scenario_files import parse_scenario
from delegations.snapshot import snapshot
from rooms import access
from rooms.actions import act
from rooms.domain.room import OpenRoom
from rooms.log import read
from rooms.models import Room
from tests.editing.conftest import FIXTURES, SHIPPED, Desk, shipped

pytestmark = pytest.mark.django_db


def newest(slug: str = "harbour-talks") -> Scenario:
    return newest_scenarios().get(slug=slug)


def test_a_draft_is_published_as_a_version_and_its_successor_as_the_next(desk: Desk) -> None:
    assert "Published as version 1." in desk.publish().content.decode()
    desk.write("cover/", title="Harbour Talks, again")
    html = desk.publish().content.decode()
    assert "Published as version 2. Rooms that are open keep the version they were opened with." in html
    assert newest().title == "Harbour Talks, again"
    assert "Harbour Talks, again" in desk.client.get("/").content.decode()


def test_a_room_keeps_the_version_that_it_was_opened_with(desk: Desk) -> None:
    desk.publish()
    first = newest()
    room = Room.objects.create(code=access.new_code(), title="Group", scenario=first, opened_by=desk.draft.owner)
    act(room.pk, "", OpenRoom("Group", snapshot(first), ("AAA", "BBB"), "chatham_house", True, True))
    recorded = [str(entry.event) for entry in read(room.pk)]
    desk.write("issues/1/", question="How deep must it be now?")
    desk.publish()
    assert newest().issues.get().question == "How deep must it be now?"
    assert [str(entry.event) for entry in read(room.pk)] == recorded
    assert Room.objects.get(pk=room.pk).scenario == first
    assert first.issues.get().question == "How deep should the harbour be?"


def test_publishing_the_same_again_makes_no_version(desk: Desk) -> None:
    desk.publish()
    assert "Version 1 in the library says the same already." in desk.publish().content.decode()
    assert Scenario.objects.count() == 1


def test_what_is_wrong_cannot_be_published(desk: Desk) -> None:
    desk.write("cover/", moment="")
    response = desk.publish()
    assert response.status_code == 422
    assert "it cannot be published" in response.content.decode()
    assert not Scenario.objects.exists()


def test_loading_an_unchanged_folder_does_not_come_back_over_what_was_published(
    papers: None, moderator: Client
) -> None:
    known = list(Paper.objects.values_list("slug", flat=True))
    folder = parse_scenario(FIXTURES / "scenarios" / SHIPPED[0], papers=known)
    store(scenario=folder)
    moderator.post("/drafts/new/", {"base": SHIPPED[0]})
    desk = Desk(moderator, Draft.objects.get().pk)
    desk.write("cover/", title="Changed by hand")
    desk.publish()
    assert store(scenario=folder) == (newest(SHIPPED[0]), False)
    assert newest(SHIPPED[0]).title == "Changed by hand"


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_duplicate_of_a_shipped_exercise_reads_as_the_original_and_every_page_opens(
    papers: None, moderator: Client, slug: str
) -> None:
    known = list(Paper.objects.values_list("slug", flat=True))
    original = parse_scenario(FIXTURES / "scenarios" / slug, papers=known)
    scenario, _ = store(scenario=original)
    read_again, problems, missing = judge(from_scenario(scenario), papers=known)
    assert (problems, missing) == ([], scenario.missing)
    assert read_again is not None
    for name in original.__slots__:
        if name not in ("digest", "outline", "folder_format"):
            assert getattr(read_again, name) == getattr(original, name), name
    moderator.post("/drafts/new/", {"base": slug, "slug": "mine", "title": "My own"})
    desk = Desk(moderator, Draft.objects.get().pk)
    assert desk.content["scenario"]["slug"] == "mine"
    desk.page()
    desk.page("preview/")
    document = desk.content
    first = document["scenario"]["delegations"][0]["code"]
    for page in all_pages(document):
        desk.page(f"pages/{page.name}/")
        if page.entries and page.code in ("", first):  # the forms of one pack are those of all
            desk.page(f"pages/{page.name}/new/")
        if page.entries and page.code in ("", first) and page.list(document):
            desk.page(f"pages/{page.name}/1/")
    for one in desk.content["scenario"]["delegations"]:
        desk.page(f"preview/{one['code']}/")


@pytest.mark.parametrize("slug", SHIPPED)
def test_saving_every_entry_unchanged_changes_nothing_of_what_is_played(
    bring: Callable[[bytes], Desk], slug: str
) -> None:
    """A form shows and sends back all that an entry holds."""
    desk = bring(shipped(slug))
    papers = list(Paper.objects.values_list("slug", flat=True))
    before, _, _ = judge(desk.content, papers=papers)
    pages = list(all_pages(desk.content))
    packs = [page.code for page in pages if page.code]
    for page in pages:
        if not page.entries:
            desk.write(f"{page.name}/")
        elif page.code in ("", packs[0]) and page.list(desk.content):
            for number in {1, len(page.list(desk.content))}:
                desk.write(f"{page.name}/{number}/")
    after, problems, _ = judge(desk.content, papers=papers)
    assert problems == []
    assert before is not None
    for name in before.__slots__:
        if name != "digest":
            assert in_any_order(getattr(after, name)) == in_any_order(getattr(before, name)), name


def in_any_order(value: Any) -> Any:
    """To whom an inject goes is a set; a form sends it in the order of the table."""
    if isinstance(value, tuple) and value and isinstance(value[0], PreparedInject):
        return [replace(inject, recipients=tuple(sorted(inject.recipients))) for inject in value]
    return value


def test_a_save_over_a_newer_one_is_refused_and_nothing_typed_is_lost(desk: Desk) -> None:
    old = desk.form("brief/1/")
    desk.write("brief/1/", text="What the other window wrote.")
    response = desk.send("brief/1/", {**old, "do": "save"}, text="What this window typed.")
    html = response.content.decode()
    assert response.status_code == 409
    assert "This draft was saved elsewhere after you opened it. Nothing you typed is lost" in html
    assert "What the other window wrote." in html
    assert desk.content["brief"]["paragraph"][0]["text"] == "What the other window wrote."
    again = {name: values for name, values in old.items() if name != "revision"}
    revision = re.search(r'name="revision" value="(\d+)"', html)
    assert revision
    assert 'name="text" rows="3">What this window typed.</textarea>' in html
    desk.send("brief/1/", {**again, "do": "save"}, text="What this window typed.", revision=revision[1])
    assert desk.content["brief"]["paragraph"][0]["text"] == "What this window typed."


def test_of_two_saves_at_the_same_moment_one_is_refused(desk: Desk) -> None:
    mine, theirs = desk.draft, desk.draft
    save(
        draft=theirs, revision=1, change=lambda document: document["scenario"].update(title="Theirs"), at=timezone.now()
    )
    mine.revision = 1  # as this process still knows it
    with pytest.raises(Stale):
        save(
            draft=mine, revision=1, change=lambda document: document["scenario"].update(title="Mine"), at=timezone.now()
        )
    assert desk.content["scenario"]["title"] == "Theirs"


@pytest.mark.parametrize("do", ["up:1", "remove:0"])
def test_moving_and_removing_from_an_old_list_is_refused(desk: Desk, do: str) -> None:
    desk.write("brief/1/", text="Newer.")
    before = desk.content
    response = desk.client.post(desk.address("pages/brief/"), {"revision": desk.draft.revision - 1, "do": do})
    assert response.status_code == 409
    assert desk.content == before


def test_the_last_change_can_be_taken_back(desk: Desk) -> None:
    before = desk.content
    desk.press("delegations/", do="remove:1")
    assert list(desk.content["packs"]) == ["AAA"]
    desk.client.post(desk.address("undo/"), {"revision": desk.draft.revision})
    assert desk.content == before


def test_a_draft_is_discarded_only_by_who_is_sure(desk: Desk) -> None:
    assert desk.client.post(desk.address("discard/")).status_code == 422
    assert Draft.objects.exists()
    desk.client.post(desk.address("discard/"), {"sure": "1"})
    assert not Draft.objects.exists()


DOORS = ["draft", "draft-publish", "draft-undo", "draft-discard", "draft-export", "draft-preview"]


def addresses(pk: int) -> list[str]:
    pages = [reverse("delegations:draft-page", args=[pk, name]) for name in ("cover", "issues", "pack-AAA-interest")]
    entry = reverse("delegations:draft-entry", args=[pk, "issues", 1])
    pack = reverse("delegations:draft-preview-pack", args=[pk, "AAA"])
    return [*(reverse(f"delegations:{name}", args=[pk]) for name in DOORS), *pages, entry, pack]


def test_another_moderator_finds_no_trace_of_a_draft(desk: Desk, other: Client) -> None:
    before = desk.draft
    for address in addresses(desk.pk):
        answers = [other.get(address).status_code, other.post(address, {"revision": "1", "sure": "1"}).status_code]
        assert set(answers) <= {404, 405}, address
    assert "Harbour" not in other.get("/drafts/").content.decode()
    assert (desk.draft.revision, desk.content) == (before.revision, before.content)


def test_a_stranger_is_sent_to_sign_in(desk: Desk, client: Client) -> None:
    for address in [*addresses(desk.pk), "/drafts/", "/drafts/new/", "/drafts/import/", "/exercises/x/export/"]:
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 405 or response["Location"].startswith("/sign-in/"), address


def test_a_blank_draft_says_what_it_lacks_and_can_be_previewed(papers: None, moderator: Client) -> None:
    moderator.post("/drafts/new/", {"base": "", "slug": "mine", "title": "Mine"})
    desk = Desk(moderator, Draft.objects.get().pk)
    html = desk.page()
    assert "There are no issues; write at least one." in html
    assert "“Moment” is empty; write it." in html
    desk.page("preview/")
    desk.page("preview/ALPHA/")
    for page in all_pages(desk.content):
        desk.page(f"pages/{page.name}/")


@pytest.mark.parametrize("slug", ["", "Not A Slug", "../../etc"])
def test_a_short_name_must_be_one(papers: None, moderator: Client, slug: str) -> None:
    assert moderator.post("/drafts/new/", {"base": "", "slug": slug, "title": "Mine"}).status_code == 422
    assert not Draft.objects.exists()
