"""The report as a page, over whole rehearsals: what is not shared is nowhere in it, every figure opens a moment that
there is, and it reads by ear and by keyboard as well as by eye."""

import json
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rooms import access, log, rehearsal
from rooms.actions import act
from rooms.debrief.contents import SECTIONS
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain.attribution import readable
from rooms.domain.sharing import PARTS, SharePart
from rooms.domain.sight import audience_of
from rooms.management.commands.rehearse import FOLDER
from rooms.models import Participant, Room
from rooms.process import folds
from tests.rooms.committing import committed_at_once
from tests.rooms.rehearsed import START

pytestmark = pytest.mark.django_db

RICH = ("two_hours", "fuel_and_proof")
SLOWEST = 2.0  # seconds of work for the page of two hours with thirty seats; others on the machine do not count
MOST_QUERIES = 14  # in a test's own transaction no picture is kept: it is looked for, and made, twice
VOID = {"input", "br", "hr", "img", "meta", "link", "wbr", "col"}
NAMED = {"a", "button", "summary"}


class After:
    """A rehearsal played to its end, with everybody's browser."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.chair = room.participants.filter(role="moderator", revoked=False).earliest("pk")

    def person(self, role: str) -> Participant:
        if role == "moderator":
            return self.chair
        state = folds.at_head(self.room.pk).state
        pid = next(
            one.id
            for one in state.seats.people.values()
            if one.role == role and not one.removed and (role != "delegate" or one.seat)
        )
        return self.room.participants.get(pid=pid)

    def client(self, role: str) -> Client:
        who = self.person(role)
        client = Client()
        client.get(f"/seat/{self.room.code}/{who.pid}/{access.ticket_of(who)}/")
        return client

    def get(self, role: str, rest: str = "debrief/") -> Any:
        return self.client(role).get(f"/rooms/{self.room.code}/{self.person(role).pid}/{rest}")

    def page(self, role: str) -> str:
        response = self.get(role)
        assert response.status_code == 200
        return str(response.content.decode())

    def shares(self, part: str, to: str) -> None:
        act(self.room.pk, self.chair.pid, SharePart(part, to))

    def read_by(self, role: str) -> Report:
        """The whole report, nothing cut from it, over what somebody may read."""
        state = folds.at_head(self.room.pk).state
        audience = audience_of(state.seats.people[self.person(role).pid])
        assert audience
        return report(readable(log.read(self.room.pk), audience, assesses=role == "moderator"))

    def last(self, role: str) -> int:
        state = folds.at_head(self.room.pk).state
        audience = audience_of(state.seats.people[self.person(role).pid])
        assert audience
        return len(readable(log.read(self.room.pk), audience, assesses=role == "moderator"))


@pytest.fixture
def after(user: User) -> Callable[[str], After]:
    def played(name: str) -> After:
        script = rehearsal.parse(FOLDER / f"{name}.toml")
        stage = rehearsal.fresh_stage(script, user, START)
        with committed_at_once():
            for _step in rehearsal.play(script, stage):
                pass
        stage.room.refresh_from_db()
        return After(stage.room)

    return played


def section(html: str, section_id: str) -> str:
    """A section of the page, "" where it has none by that id."""
    found = re.search(rf'<section[^>]*(?:\bid="{section_id}"|aria-labelledby="{section_id}").*?</section>', html, re.S)
    return found.group(0) if found else ""


# What is not shared is nowhere


def secrets(made: Report, part: str) -> Iterator[str]:
    """Words that stand in the report because of this part alone."""
    if part == "outcome":
        yield made.headline
        yield from (one.label for one in made.texts)
    elif part == "positions":
        yield from (issue.finding for issue in made.issues if issue.paths)
        yield from (filed.reason for issue in made.issues for path in issue.paths for filed in path.filed)
        yield from (one.sentence for one in made.timeline if one.kind == "positions")
    elif part == "decisions":
        yield from (answer.reason for call in made.calls for answer in call.answers)
        yield from (one.sentence for one in made.timeline if one.kind == "decisions")
    elif part == "texts":
        yield from (one.reason for text in made.histories for one in text.brackets)
        yield from (one.sentence for one in made.timeline if one.kind == "texts")
    elif part == "commitments":
        yield from (one.act for one in made.promises.commitments)
        yield from (one.sentence for one in made.timeline if one.kind == "commitments")
    elif part == "injects":
        yield from (one.title for one in made.reactions)
        yield from (each.text for one in made.reactions for each in one.responses or ())
    elif part == "floor":
        yield from (one.text[:60] for one in made.quotes.chosen)
        yield from (one.sentence for one in made.timeline if one.kind == "floor")
    elif part == "caucuses":
        yield from (one.sentence for one in made.timeline if one.kind == "caucuses")
    elif part == "wash":
        yield from (one.text for one in (*made.wash.plus, *made.wash.delta))


@pytest.mark.parametrize("name", RICH)
def test_what_is_not_shared_is_nowhere_in_the_page(name: str, after: Callable[[str], After]) -> None:
    session = after(name)
    whole = session.page("delegate")
    made = session.read_by("delegate")
    kept = {
        part: [words for words in secrets(made, part) if len(words) > 12 and words in unescape(whole)] for part in PARTS
    }
    assert sum(bool(words) for words in kept.values()) >= 5  # there is something to keep back
    for part, words in kept.items():
        if not words:
            continue
        session.shares(part, "chair")
        html = unescape(session.page("delegate"))
        for one in SECTIONS:
            if one.part == part:
                assert f'id="{one.id}"' not in html, part
                assert f'href="#{one.id}"' not in html, part
        # What is told as well in another part that is shared is no secret of this one.
        elsewhere = [
            one for one in words if any(one in told for other in PARTS if other != part for told in kept[other])
        ]
        assert [one for one in words if one in html and one not in elsewhere] == [], part
        session.shares(part, "all")


def test_with_nothing_shared_the_page_tells_the_rules_and_nothing_else(after: Callable[[str], After]) -> None:
    session = after("fuel_and_proof")
    for part in PARTS:
        session.shares(part, "chair")
    html = session.page("delegate")
    made = session.read_by("delegate")
    assert re.findall(r'<section class="part[^"]*" id="([a-z-]+)"', html) == ["rules", "limits"]
    assert made.headline not in unescape(html)
    assert "<svg" not in html
    assert "../at/" not in html
    for words in (words for part in PARTS for words in secrets(made, part)):
        assert not (len(words) > 12 and words in unescape(html))


def test_delegations_read_what_observers_do_not(after: Callable[[str], After]) -> None:
    session = after("two_hours")
    session.shares("floor", "delegates")
    assert section(session.page("delegate"), "floor")
    assert not section(session.page("observer"), "floor")
    assert section(session.page("moderator"), "floor")


def test_the_moderator_alone_sees_with_whom_each_part_is_shared(after: Callable[[str], After]) -> None:
    session = after("two_hours")
    session.shares("positions", "delegates")
    html = session.page("moderator")
    assert "Shared with </span>delegations and their capitals" in section(html, "positions")
    for role in ("delegate", "observer"):
        assert "Shared with" not in session.page(role)


def test_without_replay_words_stand_there_and_open_nothing(after: Callable[[str], After]) -> None:
    session = after("fuel_and_proof")
    with_links = session.page("delegate")
    session.shares("replay", "chair")
    without = session.page("delegate")
    assert "../at/" in with_links
    assert "../at/" not in without
    assert "Walk through the session" not in without
    assert with_links.count("<svg") == without.count("<svg") > 3
    for rest in ("at/1/", "at/3/?from=observers", "at/tape/", "at/1/panels/", "find/?q=fuel"):
        assert session.get("delegate", rest).status_code == 403, rest
        assert session.get("moderator", rest).status_code == 200, rest


def test_files_hold_what_is_shared(after: Callable[[str], After]) -> None:
    session = after("fuel_and_proof")
    for part in ("positions", "decisions", "commitments", "outcome"):
        session.shares(part, "chair")
    data = json.loads(session.get("delegate", "debrief.json").content)
    assert data["report"]["issues"] == data["report"]["calls"] == data["report"]["texts"] == []
    assert data["report"]["headline"] == ""
    made = session.read_by("delegate")
    text = session.get("delegate", "debrief.md").content.decode()
    assert made.headline not in text
    assert "****" not in text


# Every figure opens a moment


@pytest.mark.parametrize("name", RICH)
def test_every_link_opens_a_moment_that_there_is(name: str, after: Callable[[str], After]) -> None:
    session = after(name)
    for role in ("moderator", "delegate"):
        last = session.last(role)
        found = re.findall(r'href="\.\./at/(\d+)/(\?from=[^"]*)?"', session.page(role))
        assert found
        assert all(1 <= int(cursor) <= last for cursor, _eyes in found), role
        through = {eyes: cursor for cursor, eyes in found if eyes}
        for eyes, cursor in sorted(through.items())[:8]:
            assert session.get(role, f"at/{cursor}/{eyes}").status_code == 200, (role, eyes)


def test_each_side_is_looked_through_where_something_was_decided(after: Callable[[str], After]) -> None:
    session = after("two_hours")
    decisions = section(session.page("delegate"), "decisions")
    assert re.search(r'href="\.\./at/\d+/\?from=[A-Z]+-[A-Z]+', decisions)


# By ear and by keyboard


class Read(HTMLParser):
    """What a page has for who does not see it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.headings: list[int] = []
        self.nameless: list[str] = []
        self.regions: list[str] = []
        self.open: list[list[Any]] = []  # tag, has a name

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.refers += str(given.get(name) or "").split()
        if (given.get("href") or "").startswith("#"):
            self.refers.append(str(given["href"])[1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "scroll-x" in str(given.get("class")) and not (given.get("tabindex") == "0" and given.get("aria-label")):
            self.regions.append(self.get_starttag_text() or "")
        if tag == "svg" and not given.get("aria-hidden") and not given.get("aria-label"):
            self.nameless.append(self.get_starttag_text() or "")
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self.open.append([tag, bool(given.get("aria-label"))])

    def handle_data(self, data: str) -> None:
        if data.strip():
            for one in self.open:
                one[1] = True

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, named = self.open.pop()
            if name in NAMED and not named:
                self.nameless.append(name)
            if name == tag:
                return


@pytest.mark.parametrize("name", RICH)
def test_the_page_reads_by_ear(name: str, after: Callable[[str], After]) -> None:
    session = after(name)
    for role in ("moderator", "delegate"):
        read = Read()
        read.feed(session.page(role))
        assert len(read.ids) == len(set(read.ids))
        assert [one for one in read.refers if one not in read.ids] == []
        assert read.nameless == []
        assert read.regions == []
        assert read.headings.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(read.headings, read.headings[1:], strict=False))


def test_every_picture_in_the_page_is_well_formed_and_has_its_numbers_beside_it(after: Callable[[str], After]) -> None:
    for name in RICH:
        html = after(name).page("moderator")
        pictures = re.findall(r'<svg class="pic .*?</svg>', html, re.S)
        assert len(pictures) > 3
        for svg in pictures:
            ElementTree.fromstring(svg.replace("&nbsp;", " "))
        # Pictures that stand side by side share the table after the last of them.
        figure = r'<figure class="figure">(?:(?!</figure>).)*</figure>'
        gaps = re.findall(figure + r'(.*?)(?=<figure class="figure|</section>)', html, re.S)
        after_the_last = [one for one in gaps if one.strip()]
        assert after_the_last
        for one in after_the_last:
            assert re.search("<table|<ol|<ul|<details", one)


def test_no_style_and_no_script_stands_in_the_page(after: Callable[[str], After]) -> None:
    html = after("two_hours").page("moderator")
    assert " style=" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<[^>]*\son[a-z]+=", html)


# Fast enough


def test_the_page_of_two_hours_and_thirty_seats_is_there_in_time(after: Callable[[str], After]) -> None:
    session = after("two_hours")
    for role in ("moderator", "delegate"):
        client, address = session.client(role), f"/rooms/{session.room.code}/{session.person(role).pid}/debrief/"
        folds.forget_all()
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            assert client.get(address).status_code == 200
            took = time.process_time() - began
        assert took < SLOWEST
        assert len(queries) <= MOST_QUERIES
