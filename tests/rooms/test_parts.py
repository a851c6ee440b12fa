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
    capitals,
    checks,
    commitments,
    floor,
    heads,
    muting,
    offices,
    positions,
    presence,
    reinviting,
    room,
    seats,
    speakers,
    texts,
)
from rooms.domain import commitment_life as life
from rooms.domain.fold import fold
from rooms.domain.forgetting import ForgetPerson
from rooms.domain.record import CLOCK
from rooms.domain.replacing import replace
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, capital_of, members_of, visible
from rooms.domain.sight import WAITING as OUTSIDE
from rooms.domain.state import RoomState
from rooms.painting import Painter
from rooms.parts import Change, InParts, Making, changes
from tests.domain.play import (
    CHINA,
    CHINA_MOD,
    GONE,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    M2,
    OBSERVER,
    SCREEN,
    Session,
    cast_joined,
)

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


def come_and_gone(session: Session) -> Session:
    """People come, are let in, go away and come back, are muted, check themselves, change seats and offices, are
    removed and asked back; names are forgotten, and the session is closed."""
    session.done(("new", seats.JoinRoom("delegate", "USA-MFA")), ("late", seats.JoinRoom("observer")))
    session.done((M1, seats.AdmitPerson("new")), (M1, seats.AdmitAll()))
    session.done((CLOCK, presence.NoteAway((KOREA, M2, OBSERVER))), (CLOCK, presence.NoteBack((KOREA, M2, OBSERVER))))
    session.done((M1, muting.MutePerson(KOREA)), (M1, muting.UnmutePerson(KOREA)), (JAPAN, heads.NameHead("JPN-MOD")))
    session.done((JAPAN, checks.AnswerQuestion(0, 1)), (CHINA, checks.AnswerQuestion(0, 2)))
    session.done((M1, seats.MovePerson(JAPAN, "JPN-EXP-1")), (KOREA, seats.LeaveSeat("Home.")))
    session.done((M1, seats.MovePerson(KOREA, "ROK-MFA")), (M1, seats.MovePerson("new", "USA-MIL")))
    session.done((M1, offices.AppointRapporteur(JAPAN_MOD)), (M1, offices.AppointModerator(CHINA_MOD)))
    session.done((M1, offices.HandOverChair(M2)), (CHINA_MOD, offices.StepDown()))
    session.done((CLOCK, presence.NoteAway((JAPAN_MOD,))), (M2, offices.ReleaseRapporteur(JAPAN_MOD)))
    session.done((M2, capitals.AppointCapital(OBSERVER, "JPN")))
    session.done((M2, seats.RemovePerson(CHINA)), (M2, reinviting.ReinvitePerson(CHINA)), (M2, ForgetPerson(GONE)))
    session.done((CLOCK, presence.NoteAway((OBSERVER,))), (M2, seats.RemovePerson(SCREEN)))
    return session.done((M2, room.CloseSession()), (M2, ForgetPerson(JAPAN)))


def spoken(session: Session, who: str) -> Session:
    """Somebody has spoken for half a minute."""
    session.done((who, speakers.AskForFloor()), (M1, floor.NextSpeaker()))
    return session.done((who, floor.YieldFloor()), at=session.now + 30_000)


def called(view: RoomState) -> dict[str, str]:
    """What everybody is called; all otherwise once a name is forgotten, though only one of them is another person."""
    return {pid: f"Name {len(view.seats.forgotten)} of {pid}" for pid in view.seats.people}


def brought_along(
    name: str, session: Session, audience: Audience, screen: str
) -> Iterator[tuple[RoomState, str, Sequence[Change]]]:
    """A panel after each entry, brought up to date, which must be the one made anew, and by which of its parts."""
    painter, shown = Painter(), None
    for view in moments(session, audience):
        names = called(view)
        now = painter.paint(1, screen, audience, view, names)[name]
        assert now == panels.render(panels.PANELS[name], screen, audience, view, names)
        told = changes(shown, now)
        if told is not None:
            assert isinstance(shown, InParts)
            assert same(applied(shown, told), now)
        yield view, now, told or ()
        shown = now


@pytest.mark.parametrize(
    ("name", "stages", "least", "audience", "screen"),
    [
        *(("text", text_stages, 10, *screen) for screen in SCREENS),
        *(("commitments", roadmap_stages, 10, *screen) for screen in SCREENS),
        *(("table", floor_stages, 10, *screen) for screen in SCREENS),
        *(("people", filing_stages, 10, *screen) for screen in SCREENS),
        *(("matrix", filing_stages, 5, *screen) for screen in SCREENS),
        ("stand", filing_stages, 5, *SCREENS[1]),
        ("packages", filing_stages, 5, *SCREENS[0]),
    ],
)
def test_at_every_event_a_page_that_was_brought_up_to_date_is_one_made_anew(
    name: str, stages: Any, least: int, audience: Audience, screen: str
) -> None:
    session = stages(begun(), "<b>Somebody’s</b> words")[-1][1]
    in_parts = sum(bool(told) for _view, _now, told in brought_along(name, session, audience, screen))
    assert in_parts > least


def named(view: RoomState, screen: str) -> set[str]:
    """How those are called whom the list of people names: once the session is closed, to the chair alone who sits."""
    moderates, names = screen == "moderator", called(view)
    people = view.seats.people.values()
    if view.room.status == "closed":
        return {names[one.id] for one in people if moderates and one.seat and not one.removed}
    inside = {one.id for one in people if one.seat or one.admitted}
    apart = {one.id for one in people if one.removed or one.role == "projector"}
    return {names[pid] for pid in (inside | apart if moderates else inside - apart)}


@pytest.mark.parametrize(
    ("audience", "screen"),
    [*SCREENS, (capital_of("JPN"), "capital"), (OBSERVERS, "rapporteur"), (OUTSIDE, "lobby")],
)
def test_at_every_event_the_list_of_people_names_who_is_there(audience: Audience, screen: str) -> None:
    touched = set[str]()
    for view, now, told in brought_along("people", come_and_gone(begun()), audience, screen):
        assert set(re.findall(r"<bdi>(.*?)</bdi>", now)) == named(view, screen)
        touched |= {one.element for one in told}
    parts = {"people-head", *(f"{part}-{code}" for part in ("line", "seats") for code in ("JPN", "PRC", "ROK", "USA"))}
    assert touched == parts | ({"beside-table"} if screen == "moderator" else set())


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
