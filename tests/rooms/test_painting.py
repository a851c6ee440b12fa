"""What is made once for all delegations: each reads what would have been made for it alone, and nothing but what all
may see can be in it."""

from collections.abc import Iterator

import pytest
from jinja2 import meta, nodes

from rooms import for_own, panel_templates, panels
from rooms.domain.agenda import AddItem, StartItem
from rooms.domain.floor import CallOn
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, Audience, members_of, visible
from rooms.domain.speakers import AskForFloor
from rooms.domain.state import RoomState
from rooms.domain.statements import ChairStatement, MakeStatement
from rooms.folds import Picture
from rooms.noting import still
from rooms.painting import Painter
from rooms.parts import changes
from tests.domain.play import JAPAN, M1, Session

from .test_panels import NAMES, _stages

SIDES = tuple(members_of(code, officials=officials) for code in ("JPN", "PRC", "ROK") for officials in (False, True))
COMMON = [name for name in panels.SCREENS["delegate"] if panels.PANELS[name].common]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """(panel, audience) of each that is rendered from now on."""
    found: list[tuple[str, str]] = []
    render = panels.render

    def noted(panel: panels.Panel, screen: str, audience: Audience, *rest: object, **more: object) -> str:
        found.append((panel.name, audience.name))
        return render(panel, screen, audience, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(panels, "render", noted)
    return found


def view(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


def painted(painter: Painter, session: Session, audience: Audience, screen: str = "delegate") -> dict[str, str]:
    own = view(session, audience)
    return painter.paint(1, screen, audience, own, NAMES, own, view(session, OBSERVERS))


def stages() -> Iterator[tuple[str, Session]]:
    yield from _stages()


def test_each_delegation_reads_at_every_turn_what_would_have_been_made_for_it_alone() -> None:
    painter, shared = Painter(), 0
    for stage, session in stages():
        for audience in SIDES:
            shown = painted(painter, session, audience)
            alone = panels.paint("delegate", audience, view(session, audience), NAMES)
            for name, html in alone.items():
                assert shown[name] == html, (stage, audience.name, name)
            shared += shown["table"] != painted(painter, session, SIDES[0])["table"]
    assert shared, "somewhere a delegation is shown what concerns it"


def test_a_name_on_the_list_is_rendered_once_for_all_delegations(rendered: list[tuple[str, str]]) -> None:
    session, painter = dict(_stages())["nothing runs"].copy(), Painter()
    for audience in SIDES:
        painted(painter, session, audience)
    rendered.clear()
    session.done((JAPAN, AskForFloor()))
    shown = {audience.name: painted(painter, session, audience)["table"] for audience in SIDES}
    assert rendered == [("table", OBSERVERS.name)]
    assert [name for name, html in shown.items() if "queue-entry is-mine" in html] == [
        members_of("JPN").name,
        members_of("JPN", officials=True).name,
    ]


def test_what_only_the_officials_may_see_is_rendered_for_them_alone(rendered: list[tuple[str, str]]) -> None:
    session = dict(_stages())["nothing runs"].copy()
    session.done((M1, AddItem("Apart", "officials", 10)))
    session.done((M1, StartItem(session.state.agenda.items[-1].id)), (M1, CallOn("ROK-MFA")))
    painter = Painter()
    expert, official = (painted(painter, session, members_of("ROK", officials=one))["table"] for one in (False, True))
    assert "The officials meet apart" in expert
    assert 'class="now is-mine"' in official
    assert 'class="now is-mine"' not in expert
    assert [audience for name, audience in rendered if name == "table"] == [
        OBSERVERS.name,
        members_of("ROK", officials=True).name,
    ]


def test_of_what_is_common_only_what_all_may_see_can_be_shown() -> None:
    """Made for a side that may see more, it is not taken from what was made for all, nor the other way round."""
    session, painter = dict(_stages())["drafting"], Painter()
    of_all = view(session, OBSERVERS)
    for audience in SIDES:
        own = view(session, audience)
        assert own.prepared.packs != of_all.prepared.packs, "there is something to keep apart"
        painter.paint(1, "delegate", audience, own, NAMES, own, of_all)
    held = painter._memory(1).panels
    common = [one for (_name, _screen, audience), one in held.items() if not audience]
    assert len(common) == len(COMMON)
    for one in common:
        assert one.read
        assert still(one.read, of_all)


def named_parts(tree: nodes.Template) -> Iterator[str | None]:
    """The templates of a panel's parts, or None where one is not named."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("part", "part_each"):
            yield call.args[0].value if isinstance(call.args[0], nodes.Const) else None


@pytest.mark.parametrize("name", COMMON)
def test_a_common_panel_asks_for_nobodys_own_but_by_the_tag(name: str) -> None:
    """`own` in its template, or in one that it is made of, would be nobody's where it is made for all."""
    seen, waiting = set[str](), [panels.PANELS[name].template]
    while waiting:
        template = waiting.pop()
        seen.add(template)
        tree = panel_templates.parsed(template)
        assert "own" not in meta.find_undeclared_variables(tree), template
        for one in (*meta.find_referenced_templates(tree), *named_parts(tree)):
            assert one is not None, (template, "what it is made of stands in quotation marks, to be found here")
            if one not in seen:
                waiting.append(one)


def test_the_tag_shows_to_one_delegation_what_is_its_own() -> None:
    html = f"<ol>{for_own.marked('JPN', ' is-mine')}<li>{for_own.marked('PRC', 'yours')}</li></ol>"
    assert for_own.settled(html, "JPN") == "<ol> is-mine<li></li></ol>"
    assert for_own.settled(html, "PRC") == "<ol><li>yours</li></ol>"
    assert for_own.settled(html, "ROK") == "<ol><li></li></ol>"


def test_a_word_that_somebody_says_cannot_be_taken_for_a_mark() -> None:
    forged = "<JPN>mine</" + "0" * 24
    assert for_own.settled(forged, "PRC") == forged


def test_a_statement_more_is_sent_alone_to_those_of_every_delegation(rendered: list[tuple[str, str]]) -> None:
    session, painter = dict(_stages())["nothing runs"].copy(), Painter()
    for text in ("One.", "Two."):
        session.done((M1, ChairStatement(text)))
    shown = {audience.name: painted(painter, session, audience) for audience in SIDES}
    rendered.clear()
    session.done((M1, CallOn("JPN-MFA")), (JAPAN, MakeStatement("The third.")))
    for audience in SIDES:
        before, now = shown[audience.name]["transcript"], painted(painter, session, audience)["transcript"]
        told = changes(before, now)
        assert told is not None
        assert [one.swap for one in told] == ["afterend"], audience.name
        assert "The third." in told[0].html
        assert ("Ours: withdraw" in told[0].html) == (audience.delegation == "JPN")
        assert now == panels.paint("delegate", audience, view(session, audience), NAMES)["transcript"]
    assert rendered.count(("transcript", OBSERVERS.name)) == 1


def test_a_panel_at_a_time_makes_what_is_shown_then(rendered: list[tuple[str, str]]) -> None:
    session, painter = dict(_stages())["nothing runs"].copy(), Painter()
    audience = SIDES[0]

    def picture() -> Picture:
        return Picture(views={one: view(session, one) for one in audience.looks_through}, names=NAMES)

    painter.paint_of(1, "delegate", audience, picture())
    session.done((JAPAN, AskForFloor()), (M1, CallOn("ROK-MFA")))
    rendered.clear()
    steps = 0
    for _ in painter.in_turn(1, "delegate", audience, picture()):
        steps += 1
        assert len(rendered) <= steps
    made = list(rendered)
    assert len(made) == steps > 1
    shown = painter.paint_of(1, "delegate", audience, picture())
    assert rendered == made, "nothing is left to make"
    assert shown == panels.paint("delegate", audience, view(session, audience), NAMES)
