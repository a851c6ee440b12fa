"""A room made in memory, by the rules, and written down in one go: a thousand people in a second, fifty thousand
events in half a minute. The record is as the one door writes it: chained, in order, with the rows beside it.
"""

import itertools
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db import transaction

from delegations.models import Scenario
from delegations.snapshot import snapshot
from rooms import access, forms, keeping, log
from rooms.domain.fold import Tick, decide, next_deadline, record
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.room import OpenRoom
from rooms.domain.seats import JoinRoom
from rooms.domain.sight import audience_of
from rooms.domain.state import RoomState
from rooms.kept_pictures import EVERY
from rooms.models import Participant, Room
from rooms.process import folds

SCENARIO = "neacd-vii-tokyo-1997"
SPEECHES_A_PARAGRAPH, PARAGRAPHS = 4, 25  # a text is on the table; nobody proposes to it for ever
EVERY_MS = 2_000  # between two commands of a long session
SENTENCE = (
    "My delegation thanks the chair and recalls that a dialogue of this kind lives by small steps that can be kept:"
    " a line that is answered, an exercise that is announced, a promise that two can check. ({number})"
)


def plan_of(seats: int = 0) -> dict[str, Any]:
    """The scenario; with `seats`, each delegation has so many, so that more people may speak than in a class."""
    plan: dict[str, Any] = snapshot(Scenario.objects.get(slug=SCENARIO))
    for one in plan["delegations"] if seats else ():
        kinds = one["seats"]
        more = ({**kinds[n % len(kinds)], "id": f"{one['code']}-X-{n}"} for n in range(len(kinds), seats))
        one["seats"] = [*kinds, *more][:seats]
    return plan


class Draft:
    """A room before it is written down. `at` is the instant (ms) of what is done next."""

    def __init__(self, title: str, plan: dict[str, Any], at: int | None = None) -> None:
        self.room = Room.objects.create(code=access.new_code(), title=title)
        self.at = time.time_ns() // 1_000_000 if at is None else at
        self.state = RoomState()
        self.entries: list[Entry] = []
        self.people: list[Participant] = []
        self.plan = plan
        codes = tuple(one["code"] for one in plan["delegations"])
        self.do("", OpenRoom(title, plan, codes, plan["format"]["attribution"], True, True))

    def do(self, actor: str, command: Any) -> None:
        """Carry a command out; whatever is due by then comes first, as the clock would have it."""
        while (due := next_deadline(self.state)) is not None and due <= self.at:
            ticked = self.state.count
            self._write(CLOCK, Tick(), due)
            if self.state.count == ticked:
                break
        self._write(actor, command, self.at)

    def _write(self, actor: str, command: Any, at: int) -> None:
        at = max(at, self.state.at)
        self.state, written = record(self.state, actor, decide(self.state, actor, command, at), at)
        self.entries += written

    def join(self, name: str, role: str, seat: str = "") -> Participant:
        pid = f"p-{len(self.people):08x}"
        one = Participant(room=self.room, pid=pid, name=name, role=role)
        self.people.append(one)
        self.do(pid, JoinRoom(role, seat))
        return one

    def keep(self) -> None:
        """Write it down."""
        with transaction.atomic():
            Participant.objects.bulk_create(self.people)
            log.append(self.room.pk, self.room.code, "", self.entries, self.state)
        if self.state.count >= EVERY:
            self._settle()

    def _settle(self) -> None:
        """Leave the snapshot that a server keeps in which a room was played; here with the views of the chair and of
        the first on a seat alone."""
        people = list(self.state.seats.people.values())
        first = [next((one for one in people if one.role == role), None) for role in ("moderator", "delegate")]
        folds.at_head(self.room.pk, [audience for one in first if (audience := audience_of(one))])
        keeping.look(folds, {})


def converse(draft: Draft, chair: str, delegates: list[str], issues: list[dict[str, Any]], events: int) -> None:
    """Go on with the session until its record has so many events: speeches from the list, words within delegations
    and to the chair, positions, a text. `delegates` take their turns in the given order."""
    for actor, command in conversation(chair, delegates, issues):
        if draft.state.count >= events:
            return
        draft.at += EVERY_MS
        with suppress(Refused):  # who has the floor already does not ask for it
            draft.do(actor, command)


def conversation(chair: str, delegates: list[str], issues: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Who does what, for ever. Some of it is refused: who has the floor already asks for it."""
    turns, wishes = itertools.cycle(delegates), itertools.cycle(_wishes(issues))
    for number in itertools.count(1):
        for actor, name, fields in _round(number, chair, [next(turns) for _ in range(4)], next(wishes)):
            yield actor, forms.command_from(name, fields)


def _wishes(issues: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["id"], option) for one in issues for option in one["options"]]


def _round(number: int, chair: str, who: list[str], wish: tuple[str, str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    first, second, third, fourth = who
    words = SENTENCE.format(number=number)
    yield first, "ask_for_floor", {"kind": "statement"}
    yield second, "ask_for_floor", {"kind": "question"}
    yield third, "say_in_delegation", {"text": words[:90]}
    yield chair, "next_speaker", {"seen": ""}
    yield first, "make_statement", {"text": words}
    yield fourth, "note_to_chair", {"text": words[:60]}
    yield chair, "next_speaker", {"seen": ""}
    yield second, "yield_floor", {}
    if number <= len(who) * PARAGRAPHS:
        yield third, "declare_position", {"issue": wish[0], "preferred": wish[1], "reason": words[:80], "public": True}
    if number % SPEECHES_A_PARAGRAPH == 0 and number <= SPEECHES_A_PARAGRAPH * PARAGRAPHS:
        yield fourth, "propose_paragraph", {"text": words}
