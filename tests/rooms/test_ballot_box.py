"""Secret ballots in the database: what two sessions with swapped votes leave behind is the same to the byte, but for
the numbers in the box; and a box that nobody counted is counted by the clock."""

import json
from itertools import permutations
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from rooms import actions, ballot_box, clock, log, panels
from rooms.debrief import exports
from rooms.debrief.measures import report
from rooms.domain.attribution import afterwards
from rooms.domain.fold import fold
from rooms.domain.refused import Refused
from rooms.domain.sight import audience_of, visible
from rooms.domain.voting import BallotsClosed, VoteDecided
from rooms.models import Agreement, BallotBox, Event, Room
from rooms.process import folds
from tests.domain.play import MINUTE, NOON
from tests.rooms.kit import Played, open_played

from .painted import paint_personal

pytestmark = pytest.mark.django_db

SEATS = ("JPN-MFA", "PRC-MFA", "ROK-MFA")
# What a database numbers and dates by itself, in any room.
OF_THE_DATABASE = {"id", "room_id", "created_at", "joined_at", "code", "hash", "head_hash", "pid", "actor"}


def called(monkeypatch: pytest.MonkeyPatch, **rule: Any) -> Played:
    """A room that votes in secret, with its clock as in any other such room."""
    monkeypatch.setattr(actions, "now_ms", lambda: NOON)
    played = open_played()
    played.do("moderator", "start_session", at=NOON)
    played.do("moderator", "open_document", title="Draft", at=NOON)
    played.do("JPN-MFA", "propose_paragraph", text="Calm seas.", at=NOON)
    plain = {"minutes": 5, "threshold": "simple", "base": "voting", "quorum": 2, "method": "secret"}
    played.do("moderator", "call_vote", at=NOON, **{**plain, **rule})
    return played


def vote(played: Played, votes: tuple[str, ...]) -> None:
    """All vote, in this order, each twice by mistake, one in a wrong shape before."""
    for number, (seat, choice) in enumerate(zip(SEATS, votes, strict=False)):
        with pytest.raises(Refused):
            played.do(seat, "cast_ballot", f"wrong-{number}", NOON + number, call="c1", vote="loudly")
        played.do(seat, "cast_ballot", f"vote-{number}", NOON + number, call="c1", vote=choice)
        played.do(seat, "cast_ballot", f"vote-{number}", NOON + number, call="c1", vote=choice)
        with pytest.raises(Refused):
            played.do(seat, "cast_ballot", f"again-{number}", NOON + number, call="c1", vote=choice)


def stored(played: Played) -> str:
    """Every row of every table of rooms that belongs to this one, without what the database numbers by itself."""
    known = {person.pid: who for who, person in played.people.items()}
    rows: list[Any] = []
    for model in apps.get_app_config("rooms").get_models():
        if "room" not in {field.name for field in model._meta.get_fields()} or model is BallotBox:
            continue
        for row in model._default_manager.filter(room=played.room).order_by("pk").values():
            kept = {name: value for name, value in row.items() if name not in OF_THE_DATABASE}
            actor = known.get(str(row.get("actor", row.get("pid", ""))), "")
            rows.append((model.__name__, actor, kept))
    text = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    for pid, who in known.items():
        text = text.replace(pid, who)
    return text


def shown(played: Played) -> str:
    """Every screen of everybody in the room, and the debrief that each can take away."""
    entries = log.read(played.room.pk)
    known = {person.pid: who for who, person in played.people.items()}
    pieces = []
    for person in fold(entries).seats.people.values():
        audience = audience_of(person)
        assert audience is not None
        seen = visible(entries, audience)
        view, screen = fold(seen), panels.screen_of(person)
        pieces.append(panels.paint(screen, audience, view, known))
        pieces.append(paint_personal(screen, audience, view, known, person))
        after = afterwards(seen)
        pieces.append({"debrief": str(exports.as_json(report(after), after, exports.PARTICIPANTS))})
    text = json.dumps(pieces, ensure_ascii=False, sort_keys=True)
    for pid, who in known.items():
        text = text.replace(pid, who)
    return text


def test_two_sessions_with_swapped_votes_leave_the_same_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    traces = set()
    for votes in permutations(("yes", "no", "abstain")):
        played = called(monkeypatch)
        vote(played, votes)
        traces.add((stored(played), shown(played)))
        assert not BallotBox.objects.filter(room=played.room).exists(), "once counted, the box is gone"
    assert len(traces) == 1


def test_before_the_count_no_row_but_the_box_depends_on_the_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    traces, boxes = set(), set()
    for votes in (("yes", "yes"), ("no", "abstain"), ("abstain", "yes")):
        played = called(monkeypatch)
        vote(played, votes)
        traces.add((stored(played), shown(played)))
        boxes.add(BallotBox.objects.values_list("yes", "no", "abstain").get(room=played.room))
    assert len(traces) == 1
    assert boxes == {(2, 0, 0), (0, 1, 1), (1, 0, 1)}


def test_the_box_names_nobody() -> None:
    assert {field.name for field in BallotBox._meta.get_fields()} == {"id", "room", "call", "yes", "no", "abstain"}


def test_a_text_adopted_in_secret_is_an_agreement_without_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    played = called(monkeypatch)
    vote(played, ("yes", "yes", "no"))
    agreement = Agreement.objects.get(room=played.room)
    assert (agreement.rule, agreement.answers, agreement.electorate) == ("vote", [], ["JPN", "PRC", "ROK"])


def test_a_crash_between_the_last_ballot_and_the_count_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    played = called(monkeypatch)
    with monkeypatch.context() as crashing:
        crashing.setattr(ballot_box, "waits", lambda _entries: False)  # the process dies right after the ballot
        vote(played, ("yes", "no", "yes"))
    assert BallotBox.objects.filter(room=played.room).exists()
    room = Room.objects.get(pk=played.room.pk)
    assert room.next_deadline is not None
    assert room.next_deadline <= NOON + 2
    folds.forget_all()
    clock.beat([], NOON + MINUTE)
    clock.beat([], NOON + MINUTE)
    kinds = [entry.event for entry in log.read(room.pk) if isinstance(entry.event, BallotsClosed | VoteDecided)]
    assert kinds == [BallotsClosed("c1"), VoteDecided("c1", "d1", "adopted", 2, 1, 0, 0)]
    assert not BallotBox.objects.filter(room=room).exists()
    assert Room.objects.get(pk=room.pk).next_deadline is None


def test_a_vote_that_ends_by_the_clock_is_counted_with_what_is_in_the_box(monkeypatch: pytest.MonkeyPatch) -> None:
    played = called(monkeypatch)
    vote(played, ("yes", "no"))
    clock.beat([], NOON + 5 * MINUTE)
    last = log.read(played.room.pk)[-1]
    assert (last.actor, last.event) == ("clock", VoteDecided("c1", "d1", "void", 0, 0, 0, 3))
    assert not BallotBox.objects.filter(room=played.room).exists()


def test_a_withdrawn_vote_leaves_no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    played = called(monkeypatch)
    vote(played, ("yes",))
    played.do("moderator", "withdraw_call", call="c1", at=NOON + 9)
    assert not BallotBox.objects.filter(room=played.room).exists()


def test_a_refused_ballot_is_not_in_the_box_and_nowhere_told(monkeypatch: pytest.MonkeyPatch) -> None:
    played = called(monkeypatch)
    head = Event.objects.filter(room=played.room).count()
    for choice in ("yes", "no", "loudly"):
        with pytest.raises(Refused):
            played.do("JPN-MOD", "cast_ballot", call="c1", vote=choice, at=NOON)
    assert Event.objects.filter(room=played.room).count() == head
    assert not BallotBox.objects.filter(room=played.room).exists()
