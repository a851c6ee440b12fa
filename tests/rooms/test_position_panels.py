"""What the panels of positions and packages make of what was filed. No test here has a database."""

from typing import Any

from rooms import panels, showing_packages, showing_positions
from rooms.domain import arranging, texts
from rooms.domain.fold import fold
from rooms.domain.positions import DeclarePosition, TakeBackNote
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, members_of, visible
from rooms.domain.state import RoomState
from rooms.painting import Painter
from tests.domain.play import CHINA, JAPAN, KOREA, M1, Session, cast_live


def declared(issue: str, preferred: str, *acceptable: str, **more: Any) -> DeclarePosition:
    return DeclarePosition(issue, preferred, acceptable, public=True, **more)


def view(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


def row(session: Session, issue: str = "scope") -> dict[str, Any]:
    rows = showing_positions.matrix(view(session, OBSERVERS), OBSERVERS)["rows"]
    return next(one for one in rows if one["issue"].id == issue)


def lands(session: Session, *options: tuple[str, str]) -> Session:
    session.done((M1, texts.OpenDocument("Draft")))
    for n, (issue, option) in enumerate(options, start=1):
        session.done(
            (M1, texts.ProposeParagraph(f"Sentence {n}.")), (M1, arranging.LinkParagraph(f"p{n}", issue, option))
        )
    return session


# The matrix


def test_the_matrix_shows_where_all_that_filed_can_meet() -> None:
    session = cast_live().done((JAPAN, declared("scope", "a", "b")), (CHINA, declared("scope", "c", "b")))
    found = row(session)
    assert [one.id for one in found["common"]] == ["b"]
    assert (found["apart"], found["spread"], found["missing"]) == (None, 2, ["ROK", "USA"])
    assert [line["common"] for line in found["options"]] == [False, True, False]


def test_one_position_alone_meets_nobody() -> None:
    found = row(cast_live().done((JAPAN, declared("scope", "a", "b"))))
    assert (found["filed"], found["common"], found["apart"]) == (1, [], None)


def test_the_matrix_says_how_far_apart_they_are_and_who_is_left_out() -> None:
    session = cast_live().done((JAPAN, declared("scope", "a")), (CHINA, declared("scope", "c", "b")))
    apart = row(session)["apart"]
    assert (apart["option"].id, apart["steps"], apart["left_out"]) == ("a", 1, ["PRC"])


def test_what_hangs_on_another_issue_is_marked() -> None:
    linked = declared("scope", "a", "b", condition_issue=("hotline",), condition_option=("b",))
    found = row(cast_live().done((JAPAN, linked), (CHINA, declared("scope", "b"))))
    assert [dict((one.code, stands) for one, stands in line["marks"])["JPN"] for line in found["options"]] == [
        "preferred",
        "linked",
        "",
    ]
    assert found["common_linked"] == ["JPN"]
    assert found["words"][0]["links"] == (("Scope", "Option b"),)


def test_the_matrix_keeps_what_was_declared_before_and_nothing_private() -> None:
    session = cast_live().done((JAPAN, declared("scope", "a")), (JAPAN, declared("scope", "c")))
    before = panels.paint("observer", OBSERVERS, view(session, OBSERVERS), {})["matrix"]
    session.done((JAPAN, DeclarePosition("scope", "b")))
    assert [one.preferred for one in row(session)["words"][0]["history"]] == ["a", "c"]
    for audience in (OBSERVERS, THE_MODERATORS, members_of("PRC")):
        assert panels.paint("observer", audience, view(session, audience), {})["matrix"] == before


# A delegation's own


def stand(session: Session) -> dict[str, Any]:
    rows = showing_positions.stand(view(session, members_of("JPN")), members_of("JPN"))["rows"]
    return next(one for one in rows if one["issue"].id == "scope")


def test_the_mandate_stands_beside_what_is_declared() -> None:
    found = stand(cast_live().done((JAPAN, declared("scope", "c")), (JAPAN, DeclarePosition("scope", "b", ("c",)))))
    assert [(line["mandate"], line["declared"], line["noted"]) for line in found["options"]] == [
        ("red_line", "", ""),
        ("preferred", "", "preferred"),
        ("acceptable", "preferred", "acceptable"),
    ]
    assert (found["designed"], found["declared_crosses"], found["noted_crosses"]) == (True, [], [])


def test_crossing_a_red_line_is_told_and_never_refused() -> None:
    session = cast_live().done((JAPAN, declared("scope", "b", "a")), (JAPAN, DeclarePosition("scope", "a")))
    found = stand(session)
    assert (found["declared_crosses"], found["noted_crosses"]) == (["a"], ["a"])
    html = panels.paint("delegate", members_of("JPN"), view(session, members_of("JPN")), {})["stand"]
    assert "beyond our red line" in html
    assert 'class="red-word red-ahead" role="status"' in html, (
        "the word before a line is crossed is there without script"
    )


def test_a_text_that_lands_on_a_red_line_is_told_with_its_paragraphs() -> None:
    session = lands(cast_live(), ("scope", "a"), ("hotline", "a"), ("scope", "a"))
    found = stand(session)
    assert [(option.id, numbers) for option, numbers in found["text_crosses"]] == [("a", ("1", "3"))]
    html = panels.paint("delegate", members_of("JPN"), view(session, members_of("JPN")), {})["stand"]
    assert "The text as it stands crosses our red line" in html


def test_what_was_taken_back_stays_in_our_history() -> None:
    session = cast_live().done((JAPAN, DeclarePosition("scope", "c")), (JAPAN, TakeBackNote("scope")))
    found = stand(session)
    assert (found["noted"], [one.preferred for one in found["noted_before"]]) == (None, ["c"])


# Packages


def basis(session: Session, key: str = "declared") -> Any:
    found = showing_packages.packages(view(session, THE_MODERATORS), THE_MODERATORS)["bases"]
    return next(one for one in found if one["key"] == key)


def test_the_chair_sees_both_bases_once_something_is_declared() -> None:
    session = cast_live()
    seen = view(session, THE_MODERATORS)
    assert [one["key"] for one in showing_packages.packages(seen, THE_MODERATORS)["bases"]] == ["mandates"]
    session.done((JAPAN, declared("scope", "a")))
    assert basis(session, "mandates")["found"].count == 2 * 3
    assert basis(session)["found"].count == 0, "what is declared counts instead of the mandate"
    assert [one["issue"].id for one in basis(session)["blocked"]] == ["scope"]


def test_where_no_package_is_for_all_those_that_cross_no_red_line_are_told() -> None:
    session = lands(cast_live().done((JAPAN, declared("scope", "a"))), ("scope", "a"))
    found = basis(session)
    assert found["beyond"].count == 2 * 3
    assert [cell.id for cell, _ in found["rows"][0]["cells"]][:1] == ["b"]
    assert dict(found["nearness"])["JPN"][0][1] == 1, "Japan alone goes beyond what it accepts"
    assert [(issue.id, option.id) for issue, option in found["text"]["changes"][0][0]] == [("scope", "b")]


def test_no_private_position_moves_the_finder() -> None:
    session = cast_live().done((JAPAN, declared("scope", "b")))
    before = basis(session)
    session.done((JAPAN, DeclarePosition("scope", "a")), (CHINA, DeclarePosition("scope", "c")))
    assert basis(session) == before


def test_afterwards_all_read_the_same_and_nothing_of_a_mandate() -> None:
    session = cast_live().done((JAPAN, declared("scope", "a", "b")), (KOREA, declared("scope", "c", "b")))
    session.done((JAPAN, DeclarePosition("scope", "c")))
    told = [showing_packages.in_public(view(session, one)) for one in (OBSERVERS, members_of("JPN"), THE_MODERATORS)]
    assert told[0] == told[1] == told[2]
    assert told[0][0]["found"].count == 3
    assert showing_packages.in_public(view(cast_live(), OBSERVERS)) == []


def test_only_the_moderators_screen_has_the_finder() -> None:
    assert [name for name, parts in panels.SCREENS.items() if "packages" in parts] == ["moderator"]


def test_a_word_that_moves_no_position_paints_no_package_again() -> None:
    session, painter = cast_live().done((JAPAN, declared("scope", "a"))), Painter()
    first = painter.paint(1, "moderator", THE_MODERATORS, view(session, THE_MODERATORS), {})["packages"]
    session.done((M1, texts.OpenDocument("Draft")), (JAPAN, DeclarePosition("scope", "b")))
    assert painter.paint(1, "moderator", THE_MODERATORS, view(session, THE_MODERATORS), {})["packages"] is first
