"""One page and some quotes, by rules that can be checked."""

from itertools import pairwise

from rooms.debrief import short_view
from rooms.debrief.measures import report
from rooms.debrief.report_parts import Moment
from rooms.domain import attribution, notes, room, sight
from tests.debrief.session import MINUTE, SECOND, Session, plenary


def full(played: Session) -> list[str]:
    made = report(played.seen_by(sight.THE_MODERATORS))
    return [one.text for one in made.quotes.chosen]


def test_one_page_takes_what_weighs_most_in_the_order_of_the_record() -> None:
    made = report(plenary().seen_by(sight.THE_MODERATORS))

    page = made.one_page

    assert [one.cursor for one in page.moments] == sorted(one.cursor for one in page.moments)
    assert set(page.moments) <= set(made.timeline)
    assert (len(page.moments) <= short_view.LINES, page.of) == (True, len(made.timeline))
    sentences = [one.sentence for one in page.moments]
    assert "“Joint text” was adopted: no delegation objected." in sentences
    assert "China moved on “Scope” from “Incidents at sea” to “Military contacts”." in sentences
    assert not [one for one in sentences if "declared on" in one], "first positions are no moves"
    assert "At most 25 lines" in page.rule


def test_what_the_chair_marked_is_on_the_chairs_page_alone() -> None:
    marked = Session()
    marked.sit("PRC-MFA")
    marked.chair(notes.SetBookmark("Here it turned."))
    own = report(marked.seen_by(sight.THE_MODERATORS)).one_page
    others = report(marked.seen_by(sight.OBSERVERS)).one_page
    assert [one.sentence for one in own.moments] == ["The chair marked this moment: Here it turned."]
    assert others.moments == ()


def test_of_too_many_some_are_taken_at_even_distances_with_the_first_and_the_last() -> None:
    some = [Moment(n, n, "positions", "", "", "") for n in range(1, 101)]
    taken = [one.cursor for one in short_view.spread(some, 10)]
    assert (len(taken), taken[0], taken[-1]) == (10, 1, 100)
    assert {after - before for before, after in pairwise(taken)} == {11}
    assert short_view.spread(some, 1) == some[:1]
    assert short_view.spread(some, 0) == []
    assert short_view.spread(some[:3], 10) == some[:3]


def test_a_statement_before_a_move_is_quoted_and_the_longest_of_the_other_items() -> None:
    made = report(plenary().seen_by(sight.THE_MODERATORS)).quotes

    assert [(one.speaker, one.text, one.why) for one in made.chosen] == [
        ("China", "China thanks the host.", short_view.LONGEST),
        ("Russia", "We want less.", short_view.MOVED),
    ]
    assert made.of == 3


def test_nothing_off_the_record_and_nothing_of_the_chairs_is_quoted() -> None:
    assert not {"Between us, no.", "Let us rest."} & set(full(plenary()))


def test_of_words_without_a_name_it_is_never_told_what_came_after_them() -> None:
    made = report(attribution.afterwards(plenary().seen_by(sight.OBSERVERS))).quotes
    assert {(one.speaker, one.delegation, one.why) for one in made.chosen if one.item_title == "Discussion"} == {
        ("Somebody", "", short_view.LONGEST)
    }


def test_a_statement_long_before_a_move_is_not_quoted_for_it() -> None:
    played = Session("on_the_record", codes=("PRC", "JPN"))
    played.sit("PRC-MFA", "JPN-MFA")
    played.chair(room.StartSession())
    played.start("i1")
    played.files("PRC-MFA", "scope", "a")
    played.says("JPN-MFA", "Once.", SECOND)
    played.files("PRC-MFA", "scope", "b", 11 * MINUTE)
    assert [one.why for one in report(played.seen_by(sight.OBSERVERS)).quotes.chosen] == [short_view.LONGEST]
