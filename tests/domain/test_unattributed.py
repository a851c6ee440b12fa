"""After the session nobody can tell who spoke: random sessions under each of the four rules, read by others.

Who said what is exchanged, in the record and by the rules themselves; what was said off the record is taken out. What
others may read afterwards stays the same entry for entry, and with it all that is made of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rooms.domain import (
    adjourning,
    agenda,
    calls,
    capitals,
    caucus_sittings,
    caucus_terms,
    chairs_text,
    decisions,
    floor,
    gists,
    ground_rules,
    hot_wash,
    non_papers,
    orders,
    replies,
    room,
    speakers,
    statements,
    texts,
)
from rooms.domain.attribution import (
    ASIDE_EVENTS,
    CAUCUS_EVENTS,
    CHAIR_KINDS,
    CONDUCT_EVENTS,
    FLOOR_EVENTS,
    IDS,
    OFF_THE_RECORD,
    ON_THE_RECORD,
    PEOPLE_EVENTS,
    SAID_OF_A_TEXT,
    readable,
)
from rooms.domain.fold import EVENTS, Tick, fold
from rooms.domain.ground_rules import ATTRIBUTION_RULES
from rooms.domain.record import CLOCK, Entry
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience

from .moves import Move, at_random, moves, play_one, staged
from .play import ANNOUNCED, CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, Session
from .test_noninterference import SEATS, fates
from .twins import DROP

PROTECTED = tuple(rule for rule in ATTRIBUTION_RULES if rule != ON_THE_RECORD)
WASH = (hot_wash.NoteAdded, hot_wash.NoteTakenDown, hot_wash.MomentTakenUp)
LATER = (gists.GistLogged, statements.StatementWithdrawn)  # what is noted of a speech or a statement at any time
READERS: tuple[Audience, ...] = (OBSERVERS, THE_MODERATORS, *SEATS)
# Everybody of a delegation as somebody of another.
OTHERS = {
    **{JAPAN: CHINA, CHINA: KOREA, KOREA: JAPAN, JAPAN_MOD: CHINA_MOD, CHINA_MOD: JAPAN_MOD},
    **{"JPN": "PRC", "PRC": "ROK", "ROK": "JPN"},
    **{"JPN-MFA": "PRC-MFA", "PRC-MFA": "ROK-MFA", "ROK-MFA": "JPN-MFA", "JPN-MOD": "PRC-MOD", "PRC-MOD": "JPN-MOD"},
}


WHOSE_IS_NOBODYS_BUSINESS = (*FLOOR_EVENTS, *ASIDE_EVENTS, *CONDUCT_EVENTS, SAID_OF_A_TEXT)
GOES_ON: Mapping[str, Any] = {"paused": room.ResumeSession(), "adjourned": adjourning.ReconveneSession()}


def exchange(session: Session, one: str, other: str) -> Session:
    """Question and reply, right of reply, a point of order, speeches of which only a line is kept, a caucus that
    reports, a statement that is withdrawn: between two delegations, one of them always first."""
    people = session.state.seats.people
    here, there = people[one], people[other]
    session.done((M1, floor.CallOn(here.seat, "question")))
    session.done((one, statements.MakeStatement("Why?", there.delegation)))
    question = session.state.questions.pending[-1].id
    session.done((other, replies.ReplyToQuestion(question)), (M1, floor.NextSpeaker()))
    session.done((other, statements.MakeStatement("Because.")), (one, replies.AskRightOfReply(there.delegation)))
    session.done((M1, floor.NextSpeaker()), (one, floor.YieldFloor()))
    session.done((M1, gists.LogGist(session.state.floor.spoken[-1].id, "They differ.")))
    session.done((M1, floor.CallOn(there.seat)), (one, orders.RaisePoint("Off the subject.")))
    point = session.state.orders.open
    assert point
    session.done((M1, orders.RuleOnPoint(point.id, False)), (other, orders.AppealRuling(point.id)))
    session.done((one, orders.VoteOnRuling(point.id, True)), (M1, orders.CloseAppeal(point.id)))
    session.done((M1, orders.GoOn(point.id)), (other, statements.MakeStatement("As I said.")))
    session.done((one, speakers.AskForFloor()), (M1, floor.NextSpeaker()), (one, statements.MakeStatement("Oh.")))
    session.done((one, statements.WithdrawStatement(session.state.floor.transcript[-1].id)))
    session.done((one, caucus_terms.ProposeCaucus((there.delegation,), "Fish")))
    caucus = list(session.state.caucuses.known)[-1]
    session.done((other, caucus_terms.AcceptCaucus(caucus)), (one, caucus_sittings.SayInCaucus(caucus, "Well?")))
    session.done((other, caucus_sittings.DraftReport(caucus, "We agree.")), (one, caucus_sittings.AgreeReport(caucus)))
    return session.done((M1, caucus_sittings.CallBack()))


def begun(rule: str, item: str, **rules: Any) -> Session:
    """A session under a rule, in an item or between items."""
    session = staged(**rules).done((M1, ground_rules.SetAttribution(rule)))
    return session.done((M1, agenda.StartItem(item))) if item else session


def closed(session: Session) -> list[Entry]:
    """The whole record, the session closed by whoever presides."""
    session.refusal = None
    if session.state.room.status != "closed":
        chair, goes_on = session.state.room.chair, GOES_ON.get(session.state.room.status)
        session.done(*([(chair, goes_on)] if goes_on else []), (CLOCK, Tick()))
        call = calls.open_call(session.state)
        session.done(*([(chair, decisions.WithdrawCall(call.id))] if call else []), (chair, room.CloseSession("Bye.")))
    return session.entries


def read(entries: Sequence[Entry], reader: Audience) -> list[Entry]:
    result = readable(entries, reader, assesses=False)
    fold(result)
    return result


@pytest.mark.parametrize("rules", [{}, ANNOUNCED], ids=["hidden", "announced"])
@pytest.mark.parametrize("item", ["", "i1"], ids=["between items", "in an item"])
@pytest.mark.parametrize("rule", PROTECTED)
def test_two_delegations_may_as_well_have_changed_places(rule: str, item: str, rules: Mapping[str, Any]) -> None:
    one = closed(exchange(begun(rule, item, **rules), JAPAN, CHINA))
    other = closed(exchange(begun(rule, item, **rules), CHINA, JAPAN))
    for reader in READERS:
        assert read(one, reader) == read(other, reader), reader.name


def test_on_the_record_it_is_told_who_was_in_which_place() -> None:
    one = closed(exchange(begun(ON_THE_RECORD, "i1"), JAPAN, CHINA))
    other = closed(exchange(begun(ON_THE_RECORD, "i1"), CHINA, JAPAN))
    assert read(one, OBSERVERS) != read(other, OBSERVERS)


def played(rule: str, drawn: Sequence[Move], *, often: bool = False) -> list[Entry]:
    """A random session that begins under a rule with an exchange, and goes on under whichever comes. `often`: the chair
    tries to change it every now and then."""
    session = exchange(begun(rule, ""), JAPAN, CHINA)
    for number, move in enumerate(drawn):
        play_one(session, move)
        if often and number % 6 == 5:
            session.refusal = None
            other = ATTRIBUTION_RULES[move.n % len(ATTRIBUTION_RULES)]
            session.when(session.state.room.chair, ground_rules.SetAttribution(other))
    return closed(session)


def is_protected(entry: Entry) -> bool:
    """Whether who is behind it is nobody's business afterwards. Everybody knows who chairs."""
    if isinstance(entry.event, statements.StatementMade) and entry.event.kind in CHAIR_KINDS:
        return False
    rule = entry.event.rule if isinstance(entry.event, gists.GistLogged) else entry.attribution
    return rule != ON_THE_RECORD and isinstance(entry.event, WHOSE_IS_NOBODYS_BUSINESS)


def by_others(entry: Entry) -> Entry:
    """The same words, by others."""
    event = entry.event
    changed = {one.name: _by_others(getattr(event, one.name)) for one in fields(event)}
    return replace(entry, actor=OTHERS.get(entry.actor, entry.actor), event=replace(event, **changed))


def _by_others(value: Any) -> Any:
    if isinstance(value, str):
        return OTHERS.get(value, value)
    return tuple(map(_by_others, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("rule", ATTRIBUTION_RULES)
@at_random
@given(drawn=moves())
def test_who_said_it_changes_nothing_of_what_others_read(rule: str, drawn: list[Move]) -> None:
    entries = played(rule, drawn)
    disguised = [by_others(entry) if is_protected(entry) else entry for entry in entries]
    for reader in READERS:
        assert read(disguised, reader) == read(entries, reader), reader.name


@at_random
@given(drawn=moves())
def test_what_begins_on_the_floor_under_one_rule_ends_under_it(drawn: list[Move]) -> None:
    """Else who asked on the record could be told to be who then spoke off it."""
    rules: dict[str, set[str]] = {}
    for entry in played(ON_THE_RECORD, drawn, often=True):
        if isinstance(entry.event, FLOOR_EVENTS) and not isinstance(entry.event, LATER):
            for field in IDS:
                ids = getattr(entry.event, field, ())
                for one in ids if isinstance(ids, tuple) else (ids,):
                    rules.setdefault(one, set()).add(entry.attribution)
    assert [one for one, under in rules.items() if one and len(under) > 1] == []


@at_random
@given(rule=st.sampled_from(("chatham_house", "not_for_attribution")), drawn=moves(), data=st.data())
def test_two_statements_in_an_item_may_be_each_others(rule: str, drawn: list[Move], data: st.DataObject) -> None:
    entries = played(rule, drawn)
    withdrawn = {one.event.statement for one in entries if isinstance(one.event, statements.StatementWithdrawn)}
    said = [n for n, one in enumerate(entries) if _is_unnamed(one) and one.event.statement not in withdrawn]
    assume(len(said) > 1)
    one, other = data.draw(st.lists(st.sampled_from(said), min_size=2, max_size=2, unique=True))
    here, there = entries[one].event, entries[other].event
    if (here.item, entries[one].attribution) != (there.item, entries[other].attribution):
        return  # between items the rule may have changed
    if entries[one].audience != entries[other].audience:
        return  # of officials among themselves
    swapped = list(entries)
    swapped[one] = replace(entries[one], event=replace(here, kind=there.kind, text=there.text))
    swapped[other] = replace(entries[other], event=replace(there, kind=here.kind, text=here.text))
    for reader in READERS:
        assert read(swapped, reader) == read(entries, reader)


def _is_unnamed(entry: Entry) -> bool:
    event = entry.event
    return isinstance(event, statements.StatementMade) and event.delegation != "" and is_protected(entry)


@at_random
@given(drawn=moves(), fate=fates)
def test_nothing_is_missing_where_something_off_the_record_is_taken_out(drawn: list[Move], fate: list[str]) -> None:
    entries = played(OFF_THE_RECORD, drawn)
    left = [one for one in entries if not (_is_off_the_record(one) and fate[one.seq % len(fate)] == DROP)]
    assert len(left) < len(entries) or DROP not in fate
    for reader in READERS:
        assert read(left, reader) == read(entries, reader), reader.name


def _is_off_the_record(entry: Entry) -> bool:
    rule = entry.event.rule if isinstance(entry.event, gists.GistLogged) else entry.attribution
    return rule == OFF_THE_RECORD and isinstance(entry.event, WHOSE_IS_NOBODYS_BUSINESS)


# Each event deliberately: what others read of it afterwards


# Signed by a delegation or the chair, or done by the house: they stay, and lose who pressed the button.
DOCUMENTS = {
    "agenda": (
        "item_attribution_set item_started item_ended item_time_up item_extended item_skipped "
        "item_added item_moved item_suspended item_resumed"
    ),
    "amendments": "tabled cosponsored left reworded ranked accepted adopted rejected withdrawn passed_on",
    "brackets": ("opened alternative_added held hold_lifted bridge_offered consented hold_set_aside settled ended"),
    "capitals": "set",
    "commitments": (
        "drawn accepted changed dropped linked unlinked term_set due_set fell_due went_overdue "
        "claimed verified disputed suspended resumed waived"
    ),
    "decisions": (
        "voice_named consensus_called answer_given consensus_reached consensus_blocked "
        "call_withdrawn silence_proposed silence_stopped silence_broken silence_extended "
        "silence_kept adoption_announced vote_called vote_cast passed_over ballots_closed "
        "vote_decided ballot_dropped ballots_counted"
    ),
    "forks": "made",
    "dissent": "entered reservation_confirmed reservation_fell withdrawn",
    "outputs": "issued statement_read_out reading_objected objection_lifted",
    "papers": "circulated",
    "positions": "declared",
    "perceptions": "opened counted",
    "sharing": "part_shared",
    "wash": "began phase_turned ended roles_counted",
    "ratification": ("instructions_sought capital_answered constituencies_answered deadline_set lapsed text_reopened"),
    "room": (
        "opened session_started session_paused session_resumed session_closed admission_set "
        "session_adjourned session_reconvened attribution_set forked"
    ),
    "seats": "head_named",
    "texts": (
        "document_opened paragraph_proposed paragraph_revised paragraph_withdrawn sponsor_left "
        "document_shelved document_taken_up sponsor_joined agreement_given "
        "agreement_taken_back paragraph_agreed paragraph_reopened paragraph_moved "
        "paragraph_linked mode_set draft_issued"
    ),
}
# Addressed to some, whose own they stay; nobody else ever reads them.
OWN = {
    "capitals": "briefed",
    "channels": "said_in_delegation",
    "checks": "question_answered",
    "commitments": "measures_prepared",
    "drafts": "kept dropped",
    "injects": "prepared added armed held skipped released contingency_played closed",
    "news": "delivered",
    "notes": "bookmarked",
    "positions": "noted note_taken_back",
    "perceptions": "given received",
    "sharing": "material_shared",
    "room": "pack_delivered history_prepared origin_named",
}


def test_of_every_event_it_is_decided_what_others_read_of_it_afterwards() -> None:
    spelled = {
        f"{matter}.{name}" for each in (DOCUMENTS, OWN) for matter, names in each.items() for name in names.split()
    }
    treated = (*WHOSE_IS_NOBODYS_BUSINESS, *CAUCUS_EVENTS, *PEOPLE_EVENTS, *WASH)
    assert spelled == {name for name, row in EVENTS.items() if row[0] not in treated}


def on_paper(session: Session, one: str, other: str) -> Session:
    """A chair's text on which two delegations comment, a non-paper, words to and from a capital: one always first."""
    there = session.state.seats.people[one].delegation
    session.done((M1, texts.OpenDocument("One text", "chairs")), (M1, texts.ProposeParagraph("They meet.")))
    session.done((one, chairs_text.CommentText("Where?", "p1")), (other, chairs_text.CommentText("Too early.")))
    session.done((one, non_papers.CirculateNonPaper("Thoughts", "What if?")), (one, capitals.WriteToCapital("May we?")))
    session.done((M1, capitals.WriteFromCapital(there, "You may.")), (M1, chairs_text.IssueDraft()))
    session.done((M1, texts.ReviseParagraph("p1", "They meet at sea.", 1)), (one, chairs_text.CommentText("Better.")))
    return session.done((M1, chairs_text.IssueDraft()), (one, chairs_text.CommentText("Yes.", "p1")))


@pytest.mark.parametrize("item", ["", "i1"], ids=["between items", "in an item"])
@pytest.mark.parametrize("rule", PROTECTED)
def test_nobody_can_tell_afterwards_who_commented_circulated_or_wrote_home(rule: str, item: str) -> None:
    one = closed(on_paper(begun(rule, item), JAPAN, CHINA))
    other = closed(on_paper(begun(rule, item), CHINA, JAPAN))
    for reader in READERS:
        assert read(one, reader) == read(other, reader), reader.name


@pytest.mark.parametrize("rule", PROTECTED)
def test_a_comment_stays_with_its_draft_and_nothing_else_of_it(rule: str) -> None:
    entries = read(closed(on_paper(begun(rule, ""), JAPAN, CHINA)), OBSERVERS)
    [document] = fold(entries).texts.documents
    said = [(entry.event.delegation, entry.actor) for entry in entries if isinstance(entry.event, SAID_OF_A_TEXT)]
    if rule == OFF_THE_RECORD:
        assert document.comments == ()
        return
    assert said == [("", "")] * 4
    told = [(one.draft, one.paragraph, one.text) for one in document.comments]
    assert sorted(told) == [(1, "", "Too early."), (1, "p1", "Where?"), (2, "", "Better."), (3, "p1", "Yes.")]
    instants = {entry.at for entry in entries if isinstance(entry.event, SAID_OF_A_TEXT)}
    assert instants <= {
        entry.at for entry in entries if isinstance(entry.event, chairs_text.DraftIssued | room.SessionClosed)
    }


def test_on_the_record_a_comment_keeps_its_delegation() -> None:
    entries = read(closed(on_paper(begun(ON_THE_RECORD, ""), JAPAN, CHINA)), OBSERVERS)
    [document] = fold(entries).texts.documents
    assert [one.delegation for one in document.comments] == ["JPN", "PRC", "JPN", "JPN"]
