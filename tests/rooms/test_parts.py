"""Parts of a large panel: made again only if what they are made of has changed, sent only if they read otherwise; and a
page on which only parts were changed is the page that a fresh one would be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from rooms import panel_templates, panels
from rooms.domain import (
    agenda,
    brackets,
    commitments,
    floor,
    heads,
    muting,
    offices,
    positions,
    presence,
    room,
    seats,
    speakers,
    texts,
)
from rooms.domain import commitment_life as life
from rooms.domain.fold import fold
from rooms.domain.record import CLOCK
from rooms.domain.replacing import replace
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, members_of, visible
from rooms.domain.state import RoomState
from rooms.painting import Painter
from rooms.parts import Change, InParts, Making, changes
from tests.domain.play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, OBSERVER, Session, cast_joined

from .floor_stages import floor_stages, forty
from .roadmap_stages import roadmap_stages
from .text_stages import text_stages

JAPANESE = members_of("JPN")
SCREENS = ((THE_MODERATORS, "moderator"), (JAPANESE, "delegate"), (OBSERVERS, "observer"))


def panel(html: str) -> InParts:
    """A panel in which every <li> with an id is a part."""
    making = Making()
    making.made = [(one[1], {}, one[0]) for one in re.finditer(r'<li id="(\w+)">.*?</li>', html)]
    whole = making.whole(html)
    assert isinstance(whole, InParts)
    return whole


def items(*named: str) -> str:
    """One <li> for each: its id, and after a colon its words."""
    return "\n".join(f'<li id="{one.partition(":")[0]}">{one.partition(":")[2]}</li>' for one in named)


def applied(page: InParts, told: Sequence[Change]) -> str:
    """What a browser makes of a page by these changes, each of which names an element of the page as it was."""
    ends = [page.between[0]]
    done = {(one.element, one.swap): one.html for one in told}
    assert len(done) == len(told)
    for (element, part), words_behind in zip(page.parts.items(), page.between[1:], strict=True):
        own = "" if (element, "delete") in done else part.words
        words = done.pop((element, "outerMorph"), own)
        done.pop((element, "delete"), None)
        beside = (done.pop((element, "beforebegin"), ""), words, done.pop((element, "afterend"), ""))
        ends += [*beside, words_behind]
    assert not done, "every change names an element that is there"
    return "".join(ends)


def same(one: str, other: str) -> bool:
    """Whether two pages are the same but for blanks between their elements."""
    return re.sub(r"\s+(?=<)", "", one) == re.sub(r"\s+(?=<)", "", other)


HEAD, MIDDLE, FOOT = "<section><h2>Text</h2><ol>", "</ol><p>beside</p><ul>", "</ul></section>"


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        (("a:1", "b:1", "c:1"), ("a:1", "b:2", "c:1"), ["b"]),
        (("a:1", "b:1"), ("a:1", "b:1", "c:1"), ["b"]),
        (("a:1", "b:1"), ("n:1", "a:1", "b:1"), ["a"]),
        (("a:1", "b:1"), ("a:1", "n:1", "m:2", "b:1"), ["a"]),
        (("a:1", "b:1", "c:1"), ("a:1", "c:1"), ["b"]),
        (("a:1", "b:1", "c:1"), ("a:2", "n:1", "c:3"), ["a", "a", "b", "c"]),
        (("a:1", "b:1"), ("a:1", "b:1"), []),
    ],
)
@pytest.mark.parametrize("there", [(), ("z:1",)])
def test_a_list_becomes_another_by_what_changed_in_it_alone(
    before: Sequence[str], after: Sequence[str], touched: list[str], there: Sequence[str]
) -> None:
    pages = [HEAD + items(*one) + MIDDLE + items(*there) + FOOT for one in (before, after)]
    told = changes(panel(pages[0]), panel(pages[1]))
    assert told is not None
    assert sorted(one.element for one in told) == touched
    assert same(applied(panel(pages[0]), told), pages[1])


def test_what_comes_in_two_lists_that_meet_goes_into_its_own() -> None:
    pages = [
        HEAD + items(*one) + MIDDLE + items(*two) + FOOT
        for one, two in ((("a:1",), ("z:1",)), (("a:1", "b:1"), ("y:1", "z:1")))
    ]
    told = changes(panel(pages[0]), panel(pages[1]))
    assert told is not None
    assert same(applied(panel(pages[0]), told), pages[1])
    assert {one.swap for one in told} == {"afterend", "beforebegin"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + items("a:1") + FOOT, HEAD.replace("Text", "Other") + items("a:1") + FOOT),  # more than a part changed
        (HEAD + items("a:1", "b:1") + FOOT, HEAD + items("b:1", "a:1") + FOOT),  # another order
        (HEAD + items("a:1") + FOOT, HEAD + items("n:1") + FOOT),  # nothing stays to put it beside
        # Something comes where neither neighbour is in its list.
        (
            HEAD + items("a:1") + MIDDLE + "</ul><ul>" + items("z:1") + FOOT,
            HEAD + items("a:1") + MIDDLE + items("n:1") + "</ul><ul>" + items("z:1") + FOOT,
        ),
    ],
)
def test_where_more_changed_the_panel_is_taken_as_a_whole(before: str, after: str) -> None:
    assert changes(panel(before), panel(after)) is None


def test_a_panel_without_parts_is_taken_as_a_whole() -> None:
    assert changes("<section>1</section>", "<section>2</section>") is None
    assert changes(None, panel(HEAD + items("a:1") + FOOT)) is None
    assert type(Making().whole("<section></section>")) is str


def test_a_part_is_kept_for_as_long_as_it_is_made_of_the_same() -> None:
    html = "<section><p>ab</p><p>ab</p></section>"
    made: list[tuple[str, Mapping[str, object], str]] = [("p1", {"n": 1}, "<p>ab</p>"), ("p2", {"n": 2}, "<p>ab</p>")]
    whole = Making(made=made).whole(html)
    assert isinstance(whole, InParts)
    assert whole.between == ("<section>", "", "</section>")
    again = Making(before=whole)
    assert again.kept("p2", {"n": 2}) is made[1][2]
    assert again.kept("p2", {"n": 3}) is None
    assert again.kept("p3", {"n": 2}) is None
    assert Making(before=str(whole)).kept("p2", {"n": 2}) is None


def test_two_of_one_name_are_no_parts() -> None:
    html = "<section><p>ab</p><p>cd</p></section>"
    made: list[tuple[str, Mapping[str, object], str]] = [("p1", {}, "<p>ab</p>"), ("p1", {}, "<p>cd</p>")]
    assert type(Making(made=made).whole(html)) is str


# The panels that stand in parts


def begun() -> Session:
    return cast_joined().done((M1, room.StartSession()))


def moments(session: Session, audience: Audience) -> Iterator[RoomState]:
    """How things stood for an audience after each entry."""
    view = RoomState()
    for entry in visible(session.entries, audience):
        view = fold([entry], view)
        yield view


@contextmanager
def rendered(name: str) -> Iterator[list[str]]:
    """How often a part's template is rendered meanwhile."""
    found: list[str] = []

    render = panel_templates.render

    def noted(template: str, context: Mapping[str, Any]) -> str:
        if template == f"rooms/panels/parts/{name}.html":
            found.append(template)
        return render(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(panel_templates, "render", noted)
        yield found


Stages = list[tuple[str, Session]]


def filing_stages(session: Session, words: str) -> Stages:
    """Positions on two issues, changed again and again, on conditions or for the delegation alone, between speeches."""
    for number in range(16):
        who, (issue, other) = (
            (JAPAN, CHINA, KOREA)[number % 3],
            (("scope", "hotline"), ("hotline", "scope"))[number % 2],
        )
        filed = positions.DeclarePosition(issue, "abc"[number % 3], ("a", "b", "c"), "", f"{words} {number}")
        if number % 5 == 4:
            filed = replace(filed, condition_issue=(other,), condition_option=("b",))
        filed = replace(filed, public=number % 4 != 3)
        spoken(session.done((who, filed)), who)
    return [("filed", session)]


def coming_stages(session: Session, _words: str) -> Stages:
    """People go away and come back, are muted, moved, given an office, removed; and the session is closed."""
    session.done((CLOCK, presence.NoteAway((KOREA,))), (CLOCK, presence.NoteBack((KOREA,))))
    session.done((M1, muting.MutePerson(KOREA)), (M1, muting.UnmutePerson(KOREA)), (JAPAN, heads.NameHead("JPN-MOD")))
    session.done((M1, seats.MovePerson(JAPAN, "JPN-EXP-1")), (M1, seats.RemovePerson(CHINA)))
    session.done((M1, offices.AppointRapporteur(JAPAN_MOD)), (M1, offices.AppointModerator(CHINA_MOD)))
    return [("closed", session.done((M1, room.CloseSession())))]


def spoken(session: Session, who: str) -> Session:
    """Somebody has spoken for half a minute."""
    session.done((who, speakers.AskForFloor()), (M1, floor.NextSpeaker()))
    return session.done((who, floor.YieldFloor()), at=session.now + 30_000)


@pytest.mark.parametrize(
    ("name", "stages", "least", "audience", "screen"),
    [
        *(("text", text_stages, 10, *screen) for screen in SCREENS),
        *(("commitments", roadmap_stages, 10, *screen) for screen in SCREENS),
        *(("table", floor_stages, 10, *screen) for screen in SCREENS),
        *(("people", filing_stages, 10, *screen) for screen in SCREENS),
        *(("people", coming_stages, 1, *screen) for screen in SCREENS),
        *(("matrix", filing_stages, 5, *screen) for screen in SCREENS),
        ("stand", filing_stages, 5, *SCREENS[1]),
        ("packages", filing_stages, 5, *SCREENS[0]),
    ],
)
def test_at_every_event_a_page_that_was_brought_up_to_date_is_one_made_anew(
    name: str, stages: Any, least: int, audience: Audience, screen: str
) -> None:
    painter, shown, in_parts = Painter(), None, 0
    for view in moments(stages(begun(), "<b>Somebody’s</b> words")[-1][1], audience):
        names = {pid: f"Name of {pid}" for pid in view.seats.people}
        now = painter.paint(1, screen, audience, view, names)[name]
        assert now == panels.render(panels.PANELS[name], screen, audience, view, names)
        told = changes(shown, now)
        if told is not None:
            in_parts += bool(told)
            assert isinstance(shown, InParts)
            assert same(applied(shown, told), now)
        shown = now
    assert in_parts > least
    if stages is filing_stages and name == "people":
        assert all(f"<bdi>Name of {one}</bdi>" in str(shown) for one in (KOREA, OBSERVER))


@pytest.mark.parametrize(("audience", "screen"), SCREENS)
def test_of_all_delegations_only_what_one_of_them_did_is_sent(audience: Audience, screen: str) -> None:
    session, painter = filing_stages(begun(), "Because.")[-1][1], Painter()
    before = {name: brought(painter, session, audience, screen, name) for name in ("people", "matrix")}
    spoken(session, JAPAN).done((CHINA, positions.DeclarePosition("scope", "a", reason="Anew.", public=True)))
    told = {name: changes(html, brought(painter, session, audience, screen, name)) for name, html in before.items()}
    assert [one.element for one in told["people"] or []] == ["line-JPN"]
    assert [one.element for one in told["matrix"] or []] == ["issue-scope"]


@cache
def _long_text() -> Session:
    session = begun().done((M1, agenda.StartItem("i4")))
    for number in range(59):
        words = f"Article {number}. The participants will open a line and will test it every month."
        session.when((JAPAN, CHINA, KOREA)[number % 3], texts.ProposeParagraph(words))
    for number in range(40):
        put = brackets.PutBrackets(f"p{number + 1}", 1, "every month", alternative="often")
        session.when((JAPAN, CHINA, KOREA)[(number + 1) % 3], put)
    return session


def brought(painter: Painter, session: Session, audience: Audience, screen: str, name: str) -> str:
    view = fold(visible(session.entries, audience))
    return painter.paint(1, screen, audience, view, {})[name]


@pytest.mark.parametrize(("audience", "screen"), SCREENS)
@pytest.mark.parametrize(
    ("actor", "command", "made", "most"),
    [
        (JAPAN, texts.ReviseParagraph("p58", "Other words.", 1), 1, 8_000),  # the paragraph
        (CHINA, brackets.PutBrackets("p59", 1, "a line"), 1, 14_000),  # and the ledger of all brackets
        (CHINA, texts.ProposeParagraph("One more article."), 2, 32_000),  # and who stands before it, and every list
        (CHINA, texts.WithdrawParagraph("p59"), 1, 32_000),
    ],
    ids=["reworded", "bracketed", "added", "withdrawn"],
)
def test_of_sixty_paragraphs_the_one_that_changed_is_made_and_sent(
    audience: Audience, screen: str, actor: str, command: Any, made: int, most: int
) -> None:
    session, painter = _long_text().copy(), Painter()
    before = brought(painter, session, audience, screen, "text")
    session.done((actor, command))
    with rendered("text_paragraph") as paragraphs:
        now = brought(painter, session, audience, screen, "text")
    assert len(paragraphs) == made
    assert len(now) > 50_000
    frame = panels.as_partials({"text": now}, {"text": before})
    assert now not in frame
    assert len(frame) < most
    told = changes(before, now)
    assert told
    assert isinstance(before, InParts)
    assert same(applied(before, told), now)


@pytest.mark.parametrize(("audience", "screen"), SCREENS)
def test_of_forty_names_on_the_list_the_one_that_came_is_made_and_sent(audience: Audience, screen: str) -> None:
    session, painter = forty(), Painter()
    last = session.state.floor.queue[-1]
    session.done((last.person, speakers.WithdrawRequest(last.id)))
    before = brought(painter, session, audience, screen, "table")
    session.done((last.person, speakers.AskForFloor()))
    with rendered("queue_entry") as names, rendered("now") as others, rendered("list_rules") as sheets:
        now = brought(painter, session, audience, screen, "table")
    assert (len(names), len(others), len(sheets)) == (1, 0, 0)
    told = changes(before, now)
    assert told is not None
    assert [one.swap for one in told] == ["afterend"]
    assert len(told[0].html) < 2_000


@cache
def _long_road_map() -> Session:
    session = begun()
    codes, who = ("JPN", "PRC", "ROK"), (JAPAN, CHINA, KOREA)
    for number in range(60):
        act, (actor, other) = f"Opens port {number} to all.", (codes[number % 3], codes[(number + 1) % 3])
        drawn = commitments.DrawCommitment(act, actor, other, "Monthly", f"Track {number % 4}")
        session.when(who[number % 3], drawn)
        session.when(who[number % 3], commitments.AcceptCommitment(f"cm{number + 1}", 1))
    return session


@pytest.mark.parametrize(("audience", "screen"), SCREENS)
def test_of_sixty_commitments_the_one_that_changed_is_made_and_sent(audience: Audience, screen: str) -> None:
    session, painter = _long_road_map().copy(), Painter()
    before = brought(painter, session, audience, screen, "commitments")
    session.done((M1, life.SetDue("cm30", 10)))
    with rendered("commitment") as those:
        now = brought(painter, session, audience, screen, "commitments")
    assert len(those) == 1
    assert len(now) > 60_000
    frame = panels.as_partials({"commitments": now}, {"commitments": before})
    assert 'hx-target="#map-cm30"' in frame
    assert 'hx-target="#panel-commitments"' not in frame
    assert len(frame) < 12_000
