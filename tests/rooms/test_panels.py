"""Every panel, on every screen, for every audience, at every turn of a session. No test here has a database: a panel
that asked for one would fail."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from html.parser import HTMLParser

import pytest

from rooms import panels, running_order, showing
from rooms.domain import (
    adjourning,
    agenda,
    caucus_sittings,
    caucus_terms,
    channels,
    decisions,
    floor,
    inject_control,
    muting,
    news,
    notes,
    offices,
    outputs,
    positions,
    presence,
    room,
    seats,
    speakers,
    statements,
    suspensions,
    texts,
)
from rooms.domain.fold import COMMANDS, apply, fold
from rooms.domain.record import CLOCK, Entry
from rooms.domain.seats import Person
from rooms.domain.sight import (
    OBSERVERS,
    THE_MODERATORS,
    WAITING,
    Audience,
    audience_of,
    capital_of,
    members_of,
    visible,
)
from rooms.domain.state import RoomState
from rooms.painting import Painter
from tests.domain.play import (
    CAST,
    CHINA,
    CHINA_MOD,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    MINUTE,
    NOON,
    OBSERVER,
    SECOND,
    Session,
    cast_joined,
    opening,
)

from .capital_stages import capital_stages
from .decision_stages import decision_stages
from .floor_stages import floor_stages
from .painted import paint_personal
from .perception_stages import perception_stages
from .roadmap_stages import roadmap_stages
from .text_stages import text_stages
from .wash_stages import wash_stages

HOSTILE = "<script>alert(1)</script> \"'>&\u202e{{ 7|add:1 }}"
NAMES = {pid: f"<u>{pid}</u> Константиновна" for pid in CAST}
VOID = {"input", "br", "hr", "img", "meta", "link"}
SEEN_BY: dict[str, tuple[Audience, ...]] = {
    "moderator": (THE_MODERATORS,),
    "delegate": (members_of("JPN"), members_of("PRC"), members_of("ROK"), members_of("USA")),
    "observer": (OBSERVERS,),
    "capital": (capital_of("JPN"), capital_of("PRC")),
    "rapporteur": (OBSERVERS,),
    "projector": (OBSERVERS,),
    "lobby": (WAITING,),
}


class Page(HTMLParser):
    """What the tests need to know of a piece of HTML: its elements in order, each with its depth."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[int, str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((len(self.open), tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    @property
    def ids(self) -> list[str | None]:
        return [attrs["id"] for _, _, attrs in self.elements if "id" in attrs]

    def roots(self) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attrs) for depth, tag, attrs in self.elements if depth == 0]

    def forms(self) -> Iterator[tuple[str, set[str]]]:
        """Each form's command, or those of its buttons, with the names of the other fields it sends."""
        commands, names, depth_of_form = list[str](), set[str](), -1
        for depth, tag, attrs in [*self.elements, (0, "end", {})]:
            if depth <= depth_of_form:
                yield from ((command, names) for command in commands)
                commands, depth_of_form = [], -1
            if tag == "form":
                names, depth_of_form = set(), depth
            elif attrs.get("name") == "command":
                commands.append(attrs.get("value") or "")
            elif depth_of_form >= 0 and attrs.get("name"):
                names.add(str(attrs["name"]))


@cache
def read(html: str) -> Page:
    """A panel that several tests look at is read once."""
    return Page(html)


@cache
def _stages() -> tuple[tuple[str, Session], ...]:
    """One session, kept at each of its turns."""
    kept = [("just opened, nobody there", Session().done((M1, opening())))]
    session = cast_joined()

    def keep(name: str) -> None:
        kept.append((name, session.copy()))

    keep("people in the lobby")
    kept.extend(perception_stages(session))
    session.done((M1, room.StartSession()))
    keep("nothing runs")
    kept.extend(floor_stages(session, HOSTILE))
    kept.extend(decision_stages(session, HOSTILE))
    kept.extend(text_stages(session, HOSTILE))
    kept.extend(roadmap_stages(session, HOSTILE))
    kept.extend(capital_stages(session, HOSTILE))
    kept.extend(wash_stages(session, HOSTILE))
    session.done((M1, agenda.StartItem("i1")), (M1, suspensions.SuspendItem("i1", HOSTILE)))
    keep("an item is suspended")
    session.done(
        (M1, agenda.StartItem("i2")), (JAPAN, speakers.AskForFloor("perspective")), (CHINA, speakers.AskForFloor())
    )
    session.done((KOREA, speakers.AskForFloor("question")), (M1, speakers.MoveRequest("r3", "r2")))
    keep("three wait")
    session.done((M1, floor.NextSpeaker()))
    keep("somebody speaks")
    session.done((JAPAN, statements.MakeStatement(HOSTILE)), (M1, statements.ChairStatement(f"The chair: {HOSTILE}")))
    session.done((M1, floor.NextSpeaker("", "r3")), (JAPAN_MOD, channels.SayInDelegation(HOSTILE)))
    session.done((JAPAN, positions.DeclarePosition("scope", "a", ("b",), HOSTILE, HOSTILE, True)))
    session.done((JAPAN_MOD, positions.DeclarePosition("scope", "c", (), "", "", False)))
    session.done((CHINA, positions.DeclarePosition("scope", "b", ("a", "c"), "", "", True)))
    session.done((CHINA, positions.DeclarePosition("scope", "c", ("c",), "", "", True)))
    keep("said, filed, whispered")
    session.done((M1, inject_control.AddInject(HOSTILE, HOSTILE, HOSTILE, ("JPN", "PRC-MFA"))))
    session.done((M1, inject_control.ArmAsPlanned()), (M1, inject_control.HoldInject("x4")))
    keep("armed and held")
    session.done((M1, inject_control.ReleaseInject("x1")), (M1, inject_control.ReleaseInject("x5")))
    session.done(*((JAPAN, news.AnswerNews(one, HOSTILE)) for one in list(session.state.news.pieces)[:2]))
    keep("news is out")
    ask = caucus_terms.ProposeCaucus
    session.done((JAPAN, ask(("ROK",), HOSTILE)), (CHINA, ask(("JPN", "ROK"), HOSTILE)), (KOREA, ask(("PRC-MFA",))))
    two, three, _ = session.state.caucuses.known
    session.done((JAPAN, caucus_terms.AcceptCaucus(three)), (JAPAN, notes.NoteToChair(HOSTILE)))
    keep("asked aside")
    session.done((KOREA, caucus_terms.AcceptCaucus(two)), (CHINA, caucus_terms.BeginCaucus(three)))
    session.done((JAPAN_MOD, caucus_sittings.SayInCaucus(two, HOSTILE)), (M1, caucus_sittings.Broadcast(HOSTILE)))
    session.done((JAPAN, caucus_sittings.DraftReport(two, HOSTILE)), (M1, notes.WordToDelegation("JPN", HOSTILE)))
    keep("aside")
    session.done((KOREA, caucus_sittings.AgreeReport(two)), (M1, notes.AnswerNote("JPN-MFA", HOSTILE)))
    session.done((JAPAN, caucus_sittings.LeaveCaucus(three)), (M1, notes.SetBookmark(HOSTILE)))
    keep("back from aside")
    session.done((M1, inject_control.PlayContingency("x5", HOSTILE)), (M1, inject_control.CloseInject("x5", HOSTILE)))
    session.done((M1, inject_control.SkipInject("x4", HOSTILE)))
    session.done((M1, room.PauseSession(HOSTILE)), at=NOON + 20 * SECOND)
    keep("paused in a speech")
    session.done((M1, room.ResumeSession()), (M1, speakers.CloseList()), at=NOON + MINUTE)
    session.done((JAPAN, statements.WithdrawStatement("s1")), (M1, agenda.SkipItem("i3", HOSTILE)))
    session.done((M1, agenda.AddItem(HOSTILE, "discussion", 5)), (M1, agenda.StartItem("i4", "i2")))
    session.done((JAPAN, texts.ProposeParagraph(HOSTILE)), (CHINA, texts.ProposeParagraph("참가자들은 만났다.")))
    session.done((M1, texts.ProposeParagraph("The chair’s own.")), (JAPAN, texts.ReviseParagraph("p1", "Shorter.", 1)))
    session.done((CHINA_MOD, texts.WithdrawParagraph("p2")))
    keep("drafting")
    session.done((M1, decisions.CallConsensus(2)), (CHINA, decisions.AnswerCall("c1", "stand_aside", HOSTILE)))
    keep("a call is open")
    session.done((JAPAN, decisions.AnswerCall("c1", "object", HOSTILE)))
    keep("an objection")
    session.done((M1, decisions.CallConsensus(2)), (M1, decisions.CloseCall("c2")))
    keep("adopted")
    session.done((M1, outputs.IssueOutput("joint_statement", "d1")), (M1, outputs.ReadOut(HOSTILE, HOSTILE, "d1")))
    keep("read out")
    session.done((CHINA, outputs.ObjectToReading("read1", HOSTILE)))
    keep("objected to")
    session.done((M1, outputs.IssueOutput("chairs_summary", "", HOSTILE, HOSTILE)))
    keep("issued")
    session.done((M1, muting.MutePerson(CHINA_MOD)), (CLOCK, presence.NoteAway((KOREA, CHINA))))
    session.done((M1, offices.AppointRapporteur(OBSERVER)), (M1, adjourning.AdjournSession(HOSTILE, HOSTILE)))
    keep("adjourned")
    session.done((M1, adjourning.ReconveneSession()))
    session.done((KOREA, seats.LeaveSeat(HOSTILE)), (M1, seats.MovePerson(JAPAN_MOD, "JPN-EXP-1")))
    keep("somebody walked out")
    session.done((M1, room.CloseSession(HOSTILE)))
    keep("closed")
    return tuple(kept)


def _view(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


def _people(session: Session, screen: str) -> list[tuple[Person, Audience]]:
    """Who sees this screen now, each with their audience."""
    found = []
    for person in session.state.seats.people.values():
        audience = audience_of(person)
        if audience is not None and panels.screen_of(person) == screen:
            found.append((person, audience))
    return found


@cache
def _shown(number: int, screen: str, audience: Audience) -> dict[str, str]:
    """The panels of a screen in a stage, by its number."""
    return panels.paint(screen, audience, _view(_stages()[number][1], audience), NAMES)


@cache
def _personal(number: int, screen: str, person: Person, audience: Audience) -> dict[str, str]:
    return paint_personal(screen, audience, _view(_stages()[number][1], audience), NAMES, person)


@cache
def _painted() -> tuple[tuple[str, str, str, str], ...]:
    """Every panel there is: the stage of the session in which it first reads so, screen, name, HTML."""
    made: dict[tuple[str, str, str], str] = {}
    for number, (stage, session) in enumerate(_stages()):
        for screen, audiences in SEEN_BY.items():
            for audience in audiences:
                for name, html in _shown(number, screen, audience).items():
                    made.setdefault((f"{screen} of {audience.name}", name, html), stage)
            for person, audience in _people(session, screen):
                shown = _shown(number, screen, audience) if audience.seat else {}
                for_the_seat = {name: html for name, html in shown.items() if panels.PANELS[name].own}
                for name, html in {**for_the_seat, **_personal(number, screen, person, audience)}.items():
                    made.setdefault((f"{screen} of {person.id}", name, html), stage)
    return tuple((stage, *panel) for panel, stage in made.items())


def test_every_panel_of_every_screen_is_seen_in_every_stage() -> None:
    seen = {(name, where.split()[0]) for _, where, name, _ in _painted()}
    shared = {(name, screen) for screen, names in panels.SCREENS.items() for name in names}
    assert seen == shared | {(name, screen) for screen, name in panels.PERSONAL.items()}


def test_a_panel_is_exactly_one_section_that_bears_its_name() -> None:
    for stage, where, name, html in _painted():
        page = read(html)
        assert not page.open, (stage, where, name)
        [(tag, attrs)] = page.roots()
        assert (tag, attrs["id"]) == ("section", f"panel-{name}"), (stage, where)
        assert "panel" in (attrs["class"] or "").split()


def test_a_panel_is_named_by_a_heading_of_its_own() -> None:
    for stage, where, name, html in _painted():
        elements = read(html).elements
        headings = {attrs.get("id") for _, tag, attrs in elements if tag in ("h2", "h3")}
        assert elements[0][2]["aria-labelledby"] in headings, (stage, where, name)


def test_no_panel_has_inline_style_script_or_token() -> None:
    for stage, where, name, html in _painted():
        assert "csrf" not in html
        for _, tag, attrs in read(html).elements:
            assert tag not in ("script", "style"), (stage, where, name)
            assert not [key for key in attrs if key == "style" or key.startswith("on")], (stage, where, name)


def test_what_people_write_is_shown_as_text() -> None:
    for stage, where, name, html in _painted():
        assert "<script>" not in html, (stage, where, name)
        assert "<u>" not in html, (stage, where, name)
        assert "{{ 8" not in html
    assert any("&lt;script&gt;alert(1)" in html for *_, html in _painted())
    assert any("&lt;u&gt;japan&lt;/u&gt;" in html for *_, html in _painted())


def test_no_id_stands_twice_on_a_screen() -> None:
    for number, (_, session) in enumerate(_stages()):
        for screen in SEEN_BY:
            for person, audience in _people(session, screen):
                shown = _shown(number, screen, audience) | _personal(number, screen, person, audience)
                ids = [one for html in shown.values() for one in read(html).ids]
                assert len(ids) == len(set(ids)), (screen, [one for one in ids if ids.count(one) > 1])


def test_every_form_is_a_command_with_fields_it_knows() -> None:
    found = set()
    for stage, where, name, html in _painted():
        for command, names in read(html).forms():
            known = {field.name for field in fields(COMMANDS[command][0])}
            assert names <= known, (stage, where, name, command)
            found.add(command)
    found.add("answer_question")  # on a page of its own; see test_check.py
    assert found == set(COMMANDS), "every command can be given from some screen"


def test_only_who_may_act_is_offered_a_form() -> None:
    for _, where, name, html in _painted():
        screen = where.split()[0]
        if screen == "projector":
            assert "<form" not in html, name
        if screen == "observer":  # nobody signs a note, so who observes may put one up, too
            assert {command for command, _ in read(html).forms()} <= {"add_wash_note"}, name
        if screen == "lobby":
            assert {command for command, _ in read(html).forms()} <= {"take_seat"}


def test_every_field_has_a_label_and_an_id_that_lasts() -> None:
    for stage, where, name, html in _painted():
        elements = read(html).elements
        labelled = {attrs.get("for") for _, tag, attrs in elements if tag == "label"}
        for _, tag, attrs in elements:
            if tag in ("select", "textarea") or (tag == "input" and attrs.get("type") != "hidden"):
                assert attrs.get("id"), (stage, where, name, attrs)
                assert attrs["id"] in labelled or attrs.get("aria-label"), (stage, where, name, attrs)


def test_what_somebody_types_is_never_written_into_their_field_by_a_panel() -> None:
    for stage, where, name, html in _painted():
        for piece in html.split("<textarea")[1:]:
            inside = piece.split(">", 1)[1].split("</textarea>")[0]
            assert not inside or 'id="wording-' in piece.split(">")[0], (stage, where, name)


def test_the_painter_shows_what_a_fresh_painting_shows_at_every_event() -> None:
    session = _stages()[-1][1]
    for screen, audiences in SEEN_BY.items():
        painter, audience, view = Painter(), audiences[0], RoomState()
        for entry in visible(session.entries, audience):
            view = apply(view, entry)
            fresh = panels.paint(screen, audience, view, NAMES)
            assert painter.paint(1, screen, audience, view, NAMES) == fresh, (screen, entry)


def test_the_painter_shows_each_person_what_a_fresh_painting_shows_at_every_event() -> None:
    session, painter = _stages()[-1][1], Painter()
    seen: list[Entry] = []
    for entry in session.entries:
        seen.append(entry)
        everything = fold(seen)
        for person in everything.seats.people.values():
            audience = audience_of(person)
            if audience is None:
                continue
            screen, view = panels.screen_of(person), fold(visible(seen, audience))
            fresh = paint_personal(screen, audience, view, NAMES, person)
            assert painter.personal(1, screen, audience, view, NAMES, person) == fresh, (person, entry)


def test_a_name_on_the_list_does_not_paint_the_transcript_again() -> None:
    session = dict(_stages())["nothing runs"].copy()
    painter = Painter()
    before = painter.paint(1, "observer", OBSERVERS, session.state, NAMES)
    session.done((JAPAN, speakers.AskForFloor()))
    after = painter.paint(1, "observer", OBSERVERS, session.state, NAMES)
    assert {name for name in after if after[name] is not before[name]} == {"table"}


def test_people_in_the_same_stance_share_a_panel() -> None:
    session, painter = dict(_stages())["drafting"], Painter()
    audience = members_of("JPN")
    view = _view(session, audience)
    shown = [
        painter.personal(1, "delegate", audience, view, NAMES, Person(pid, "delegate", "JPN-MFA", "JPN", admitted=True))
        for pid in ("one", "other")
    ]
    assert shown[0]["action"] is shown[1]["action"]


def test_a_closed_room_shows_no_word_and_no_speaking_time_to_those_who_took_part() -> None:
    session = dict(_stages())["closed"]
    for screen in ("delegate", "observer", "projector"):
        audience = SEEN_BY[screen][0]
        shown = panels.paint(screen, audience, _view(session, audience), NAMES)
        assert "statement-text" not in "".join(shown.values())
        assert "spoken" not in shown.get("people", "")
        assert "&lt;u&gt;" not in shown.get("people", "")
    assert 'href="debrief/"' in panels.paint("observer", OBSERVERS, _view(session, OBSERVERS), NAMES)["transcript"]


def test_a_delegation_alone_reads_its_channel_and_its_mandate() -> None:
    session = dict(_stages())["said, filed, whispered"]
    for screen, audiences in SEEN_BY.items():
        for audience in audiences:
            shown = "".join(panels.paint(screen, audience, _view(session, audience), NAMES).values())
            assert ("message-text" in shown) == (audience == members_of("JPN")), (screen, audience)


@pytest.mark.parametrize(
    ("stage", "person", "words"),
    [
        ("people in the lobby", JAPAN, "The session has not begun"),
        ("nothing runs", JAPAN, "Ask for the floor"),
        ("three wait", KOREA, "You are second"),
        ("somebody speaks", JAPAN, "Give the floor back"),
        ("somebody speaks", JAPAN_MOD, "only MFA speak"),
        ("paused in a speech", CHINA, "You are first"),
        ("a call is open", JAPAN, "Does your delegation join the consensus?"),
        ("a call is open", CHINA, "Your delegation stands aside"),
        ("drafting", CHINA, "list is closed to new names"),
        ("closed", JAPAN, "Open the debrief"),
    ],
)
def test_a_delegate_is_offered_the_next_thing_to_do(stage: str, person: str, words: str) -> None:
    session = dict(_stages())[stage]
    who = session.state.seats.people[person]
    audience = audience_of(who)
    assert audience is not None
    shown = paint_personal("delegate", audience, _view(session, audience), NAMES, who)
    assert words in shown["action"]


@pytest.mark.parametrize(
    ("stage", "scene"),
    [
        ("people in the lobby", "lobby"),
        ("nothing runs", "item"),
        ("somebody speaks", "speech"),
        ("paused in a speech", "paused"),
        ("drafting", "text"),
        ("a call is open", "decision"),
        ("closed", "closed"),
        ("a board", "wash"),
        ("a hot wash after closing", "wash"),
        ("a hot wash is over", "closed"),
    ],
)
def test_the_projector_shows_one_thing_at_a_time(stage: str, scene: str) -> None:
    view = _view(dict(_stages())[stage], OBSERVERS)
    assert showing.stage(view, OBSERVERS)["scene"] == scene
    assert f'data-scene="{scene}"' in panels.paint("projector", OBSERVERS, view, NAMES)["stage"]


def test_a_text_too_long_for_the_wall_shows_the_paragraph_last_worked_on() -> None:
    session = dict(_stages())["drafting"].copy()
    session.done(*((JAPAN, texts.ProposeParagraph(f"{number} " + "long " * 120)) for number in range(4)))
    shown = showing.stage(_view(session, OBSERVERS), OBSERVERS)
    assert shown["cut"] is False
    assert shown["focus"].number == "6"
    assert "3 " in panels.paint("projector", OBSERVERS, _view(session, OBSERVERS), NAMES)["stage"]


def test_the_agenda_offers_only_moves_that_can_be_made() -> None:
    session = dict(_stages())["nothing runs"].copy()
    rows = {row["item"].id: row for row in running_order.running_order(session.state, THE_MODERATORS)["rows"]}
    assert rows["i1"]["up"] is None
    assert rows["i2"]["up"] == "i1"
    assert rows["i1"]["down"] == "i3"
    assert rows["i4"]["down"] == ""
    assert rows["i5"]["down"] is None
    session.done((M1, agenda.MoveItem("i4", rows["i4"]["down"])))
    assert [item.id for item in session.state.agenda.items] == ["i1", "i2", "i3", "i5", "i4"]
