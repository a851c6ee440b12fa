"""The text as it is shown: rows, brackets, changes by word, the ledger, which acts are offered to whom; never a word
that is not in the fold."""

import re
import time
from functools import cache

import pytest
from django.utils.html import strip_tags

from rooms import panels, showing_brackets, showing_text, showing_versions, showing_wall
from rooms.domain import agenda, amendments, brackets, bridging, dissent, drafting, room, seats, texts
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, members_of, visible
from tests.domain.play import CAST, CHINA, CHINA_MOD, JAPAN, KOREA, M1, SECOND, Session, cast_joined

from .text_stages import FUND, HOTLINE, VISITS, text_stages

NAMES = {pid: pid for pid in CAST}
JAPANESE, CHINESE, KOREANS = members_of("JPN"), members_of("PRC"), members_of("ROK")
SCREENS = {THE_MODERATORS: "moderator", OBSERVERS: "observer"}


def live() -> Session:
    return cast_joined().done((M1, room.StartSession()))


@cache
def stages() -> dict[str, Session]:
    return dict(text_stages(live(), "Somebody’s words"))


def shown(session: Session, audience: Audience, panel: str = "text") -> str:
    """A panel as an audience gets it."""
    view = fold(visible(session.entries, audience))
    screen = SCREENS.get(audience, "delegate")
    return panels.render(panels.PANELS[panel], screen, audience, view, NAMES, None)


def rows(session: Session, audience: Audience = OBSERVERS) -> dict[str, showing_text.Row]:
    """The rows of the text on the table by what the paragraphs are called."""
    view = fold(visible(session.entries, audience))
    return {row.number: row for row in showing_text.text(view, audience)["rows"]}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html)).strip()


def part(html: str, element_id: str) -> str:
    """What stands from an element on, as far as its paragraph goes."""
    return html.split(f'id="{element_id}"')[1].split('<li class="para')[0]


# Rows


def test_paragraphs_are_numbered_part_by_part_and_each_part_is_named() -> None:
    found = rows(stages()["a text in three parts"])
    assert list(found) == ["P1", "1", "2", "3", "A1"]
    assert [row.heading for row in found.values()] == ["Preamble", "Operative part", "", "", "Annex"]


def test_a_text_that_has_only_an_operative_part_needs_no_heading() -> None:
    session = live().done((M1, agenda.StartItem("i4")), (JAPAN, texts.ProposeParagraph(HOTLINE)))
    assert [row.heading for row in rows(session).values()] == [""]


@pytest.mark.parametrize("stage", list(dict(text_stages(live(), "x"))))
def test_the_pieces_of_every_paragraph_add_up_to_its_words(stage: str) -> None:
    for audience in (OBSERVERS, JAPANESE, THE_MODERATORS):
        for row in rows(stages()[stage], audience).values():
            assert "".join(piece.text for piece in row.pieces) == row.paragraph.text
            assert all(piece.row.words == piece.text for piece in row.pieces if piece.row)


@pytest.mark.parametrize("stage", list(dict(text_stages(live(), "x"))))
def test_what_is_shown_as_changed_adds_up_to_the_first_wording_and_to_the_present_one(stage: str) -> None:
    for row in rows(stages()[stage]).values():
        one, changes = row.paragraph, row.changes
        if not changes:
            assert len(one.versions) == 1
            continue
        assert "".join(part.text for part in changes if part.kind != "in") == one.versions[0].text
        assert "".join(part.text for part in changes if part.kind != "out") == one.text
        assert [step.number for step in row.steps] == list(range(one.version, 0, -1))


def test_brackets_stand_round_the_words_in_the_hue_of_who_holds_them() -> None:
    session = stages()["words in brackets"]
    html = part(shown(session, OBSERVERS), "para-d1-p1")
    assert '<span class="held hue-1"><b class="brk">[</b>will test it every month<b class="brk">]</b></span>' in html
    assert words(html.split("</p>")[0].split(">", 1)[1]).startswith("The participants [will] open a line")
    whole = part(shown(session, OBSERVERS), "para-d1-p3")
    assert f'<b class="brk hue-0">[</b>{FUND}<b class="brk hue-0">]</b>' in whole


def test_alternatives_are_shown_with_who_holds_them_and_who_would_accept_none() -> None:
    held = rows(stages()["words in brackets"])["1"].spans[-1]
    assert held.words == "will test it every month"
    assert [(one.text, one.held_by) for one in held.wordings] == [
        ("will test it every month", ()),
        ("may test it", ("PRC",)),
        ("Somebody’s words", ()),
    ]
    assert held.unsaid == ("ROK",)
    assert [one.consented for one in held.wordings] == [False, False, True]  # the proposer would take its own


def test_the_margin_says_state_sponsors_holders_and_what_is_attached() -> None:
    session = stages()["words in brackets"].copy()
    session.done((CHINA, dissent.EnterDissent("reservation", "Not for us.", "p1")))
    margin = words(part(shown(session, OBSERVERS), "para-d1-p1").split('class="para-margin">')[1].split("</div>")[0])
    assert margin == "In brackets by JPN PRC Held by ROK PRC 1 statement attached"


def test_agreement_says_who_has_agreed_and_who_has_not() -> None:
    html = part(shown(stages()["agreed by some"], OBSERVERS), "para-d1-p2")
    assert "Agreed by ROK Not yet JPN" in words(html)


# The ledger


def test_the_ledger_counts_all_open_brackets_and_ours() -> None:
    session = stages()["words in brackets"]
    assert "4 brackets open, 2 of them ours" in words(shown(session, JAPANESE))
    assert "4 brackets open, 1 of them ours" in words(shown(session, CHINESE))
    assert "ours" not in words(shown(session, OBSERVERS))


def test_the_ledger_goes_by_paragraph_and_by_holder_and_says_how_the_brackets_went() -> None:
    document = stages()["brackets settled"].state.texts.documents[0]
    ledger = showing_brackets.ledger(document, "JPN")
    assert [(line.number, line.count, line.holders) for line in ledger.lines] == [
        ("2", 1, ("JPN",)),
        ("3", 1, ("JPN",)),
    ]
    assert ledger.by_holder == (("JPN", 2),)
    assert ledger.burn is not None
    assert (ledger.burn.most, ledger.burn.opened) == (4, 4)
    assert dict(ledger.burn.ended) == {"settled": 1, "lifted": 1}
    assert ledger.burn.path.endswith("V2 H7")


def test_a_text_that_never_had_brackets_has_no_line_of_them() -> None:
    session = stages()["a text in three parts"]
    assert showing_brackets.ledger(session.state.texts.documents[0], "").burn is None
    assert "No brackets" in words(shown(session, OBSERVERS))


def test_the_burn_down_is_told_in_words_beside_the_line() -> None:
    html = shown(stages()["brackets settled"], JAPANESE)
    assert "4 opened, 1 settled, 1 lifted; at most 4 at once, 2 now." in words(html)
    assert 'aria-hidden="true"' in html.split("<svg")[1].split(">")[0]


# Who may do what


@pytest.mark.parametrize(
    ("audience", "offered"),
    [
        (JAPANESE, {"bracket", "reword", "withdraw", "link"}),
        (CHINESE, {"bracket", "amend", "leave", "agree"}),
        (KOREANS, {"bracket", "amend", "sponsor", "agree"}),
        (THE_MODERATORS, {"gavel", "link", "move"}),
        (OBSERVERS, set()),
    ],
)
def test_each_reader_is_offered_what_the_rules_allow_it(audience: Audience, offered: set[str]) -> None:
    assert rows(stages()["a text in three parts"], audience)["1"].may == offered


def test_a_holder_lifts_the_proposer_accepts_others_may_join_and_the_chair_bridges() -> None:
    session = stages()["words in brackets"]
    found = {who: rows(session, who)["1"].spans[-1].may for who in (CHINESE, JAPANESE, KOREANS, THE_MODERATORS)}
    assert found == {
        CHINESE: {"word", "accept", "lift"},
        JAPANESE: {"word", "accept", "hold"},
        KOREANS: {"word", "accept", "lift"},
        THE_MODERATORS: {"bridge", "set_aside"},
    }
    assert rows(session, OBSERVERS)["1"].spans[-1].may == frozenset()


def test_the_chair_is_offered_to_set_aside_the_hold_of_who_is_not_there_any_more() -> None:
    session = stages()["words in brackets"].copy()
    assert "set its hold aside" not in shown(session, THE_MODERATORS)
    session.done((KOREA, seats.LeaveSeat("Goodbye.")))
    assert "ROK: nobody is there, set its hold aside" in shown(session, THE_MODERATORS)
    assert "set its hold aside" not in shown(session, JAPANESE)


def test_while_a_text_is_frozen_or_put_aside_nothing_is_offered() -> None:
    for row in rows(stages()["no text on the table"], JAPANESE).values():
        assert row.may == frozenset()


def test_only_the_chair_writes_a_chairs_text_and_delegations_comment_by_draft() -> None:
    session = stages()["a chair's text"]
    assert 'value="propose_paragraph"' not in shown(session, JAPANESE)
    assert 'value="comment_text"' in shown(session, JAPANESE)
    assert 'value="propose_paragraph"' in shown(session, THE_MODERATORS)
    assert rows(session, JAPANESE)["1"].may == {"comment"}
    assert [(draft, len(said)) for draft, said in rows(session)["1"].comments] == [(2, 1), (1, 1)]
    assert words(shown(session, OBSERVERS)).startswith("Chair’s text, draft 2")


def test_amendments_stand_in_the_order_in_which_they_are_put_with_what_they_change() -> None:
    found = rows(stages()["amendments on the table"], KOREANS)["3"].amendments
    assert [(one.title, one.place, sorted(one.may)) for one in found] == [
        ("Delete the paragraph", 1, ["accept"]),
        ("Alter the wording", 2, ["accept"]),
    ]
    html = shown(stages()["amendments on the table"], OBSERVERS)
    assert "<del>each coast </del><ins>every state </ins>" in html
    assert "Add behind 2" in words(html)


def test_an_amendment_whose_paragraph_was_reworded_says_so() -> None:
    session = stages()["amendments on the table"].copy()
    session.done((KOREA, texts.ReviseParagraph("p3", FUND + " So be it.", 1)))
    assert all(one.stale for one in rows(session)["3"].amendments)
    assert "the paragraph was reworded since" in words(shown(session, JAPANESE))


def test_versions_say_whose_words_came_in_and_how() -> None:
    session = stages()["brackets settled"]
    [last, first] = rows(session)["1"].steps
    assert (last.how, last.version.author) == ("brackets settled with a bridge of", "")
    assert (first.how, first.version.author) == ("proposed by", "JPN")
    [new] = [one for one in rows(session)["1"].changes if one.kind == "in"]
    assert (new.text.strip(), new.author) == ("twice a year", "")


# What is private


def test_drafts_are_read_by_their_own_side_alone() -> None:
    session = stages()["a text in three parts"]
    assert "Ours alone, for now." in shown(session, JAPANESE, "drafts")
    for audience in (CHINESE, KOREANS, THE_MODERATORS):
        assert "Ours alone" not in shown(session, audience, "drafts")
        assert "Ours alone" not in shown(session, audience)
    assert "The chair’s thought." in shown(session, THE_MODERATORS, "drafts")


def test_others_drafts_change_nothing_of_what_one_sees() -> None:
    session = stages()["words in brackets"]
    more = session.copy().done((CHINA, drafting.KeepDraft("Another thought.")))
    for audience in (JAPANESE, KOREANS, THE_MODERATORS, OBSERVERS):
        assert shown(session, audience) == shown(more, audience)
        if audience != OBSERVERS:
            assert shown(session, audience, "drafts") == shown(more, audience, "drafts")


# The wall


def wall(session: Session) -> dict[str, object]:
    return dict(showing_wall.wall(fold(visible(session.entries, OBSERVERS)), "text"))


def test_a_short_undisputed_text_stands_on_the_wall_whole() -> None:
    session = live().done((M1, agenda.StartItem("i4")), (JAPAN, texts.ProposeParagraph(HOTLINE)))
    assert wall(session)["lines"] == [("1", HOTLINE, "JPN")]


def test_the_wall_shows_the_paragraph_last_worked_on_with_its_brackets() -> None:
    session = live().done((M1, agenda.StartItem("i4")), (JAPAN, texts.ProposeParagraph(HOTLINE)))
    session.done((CHINA, texts.ProposeParagraph(VISITS)), at=session.now + SECOND)
    session.done(
        (CHINA_MOD, brackets.PutBrackets("p1", 1, "every month", alternative="often")), at=session.now + SECOND
    )
    assert getattr(wall(session)["focus"], "number", "") == "1"
    session.done((JAPAN, brackets.PutBrackets("p2", 1, "at any time")), at=session.now + SECOND)
    assert getattr(wall(session)["focus"], "number", "") == "2"
    session.done((M1, bridging.OfferBridge("b1", "each quarter")), at=session.now + SECOND)
    session.done((JAPAN, amendments.TableAmendment("delete", "p2", seen=1)), at=session.now + SECOND)
    html = panels.render(
        panels.PANELS["stage"], "projector", OBSERVERS, fold(visible(session.entries, OBSERVERS)), NAMES, None
    )
    assert "JPN cannot accept at any time" in words(html)
    assert "2 brackets open: 1, 2" in words(html)
    assert "Delete the paragraph JPN" in words(html)
    assert "<form" not in html


# Pace


def test_sixty_paragraphs_with_forty_brackets_are_rendered_at_once() -> None:
    session = live().done((M1, agenda.StartItem("i4")))
    for number in range(60):
        session.when((JAPAN, CHINA, KOREA)[number % 3], texts.ProposeParagraph(f"Article {number}. {HOTLINE}"))
    for number in range(40):
        put = brackets.PutBrackets(f"p{number + 1}", 1, "every month", alternative="often")
        session.when((JAPAN, CHINA, KOREA)[(number + 1) % 3], put)
    assert len(session.state.texts.documents[0].open_brackets) == 40
    shown(session, JAPANESE)
    view = fold(visible(session.entries, JAPANESE))
    began = time.process_time()
    html = panels.render(panels.PANELS["text"], "delegate", JAPANESE, view, NAMES, None)
    assert time.process_time() - began < 1  # ten times what it takes; more means that something grows with its square
    assert len(html) < 400_000


def test_of_a_paragraph_worded_again_and_again_the_last_versions_are_shown() -> None:
    session = live().done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Wording 1.")))
    session.done(*((JAPAN, texts.ReviseParagraph("p1", f"Wording {n + 1}.", n)) for n in range(1, 20)))
    [row] = rows(session).values()
    assert [step.number for step in row.steps] == list(range(20, 8, -1))
    assert row.steps[-1].changes == showing_versions.against("Wording 8.", "Wording 9.")
    assert "8 earlier versions no longer shown" in shown(session, OBSERVERS)
    assert len(shown(session, OBSERVERS)) < 60_000
