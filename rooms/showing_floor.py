"""What the screens show of the floor: who speaks, who follows, what waits, what was said, and what one person can do.

Pure, like `showing`: everything here reads only the fold it is given.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rooms import running_order, showing_decisions, showing_people
from rooms.domain import calls, floor, replies, turns
from rooms.domain.podium import Request, Spoken, Statement
from rooms.domain.points import APPEALED, RULED
from rooms.domain.seats import Person, head_of
from rooms.domain.sight import MODERATORS, OFFICIAL_KINDS, OFFICIALS, THE_MODERATORS, Audience
from rooms.domain.state import RoomState

# The kinds of speech that make sense in each kind of item, the usual one first. The rules take any; the screens offer
# these.
TALK = ("statement", "question", "reply", "proposal", "procedural")
# Statements on a screen at once, sent anew with each that is made; a page of its own has those before.
READ_AT_ONCE = 25
FITTING: Mapping[str, tuple[str, ...]] = {
    "opening": ("statement", "procedural"),
    "national_perspective": ("perspective", "question", "procedural"),
    "military_perspective": ("perspective", "question", "procedural"),
    "expert_presentation": ("perspective", "question", "reply", "procedural"),
    "drafting": ("proposal", "statement", "question", "reply", "procedural"),
    "decision": ("statement", "question", "procedural"),
    "summary": ("statement", "question", "procedural"),
    "closing": ("statement", "procedural"),
    "hot_wash": ("statement", "question", "reply"),
}


# Where the list stands, in words.
LIST_WORDS = {
    "open": "the list is open",
    "closed_to_new_names": "closed to new names",
    "exhausted": "the list is exhausted",
    "closed": "the list is closed",
}


def fitting_kinds(view: RoomState) -> tuple[str, ...]:
    """The kinds of speech that are offered now, the usual one first."""
    running = view.agenda.running
    if running is None:
        return TALK
    kinds = FITTING.get(running.kind, TALK)
    return ("perspective", *TALK) if running.rotation and "perspective" not in kinds else kinds


# One person


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for this person's delegation to reply. `by` is the seat that is on the list to do so."""

    id: str
    delegation: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Stance:
    """What distinguishes one person's own panel from another's; equal stances see the same. `place` is the place on
    the speakers' list, 0 for none, `announced` whether the chair has said that this one follows; `request` and `right`
    are the seat's own names on the list and among the rights of reply. `kind` is that of the speech being made. `vote`
    is "due" or "given" on a ruling. `asked_how` says what the voice of a delegation is asked (see
    `showing_decisions.asked_of`), `answer` what it has said, `passed` that it has passed once, `called_later` that the
    roll has yet to come to it; `named` is the seat that the head has named as voice. `delegate` is whether the person
    may take a seat; `heads` the seats to which one may pass on that one answers for the delegation."""

    seat: str = ""
    delegation: str = ""
    has_floor: bool = False
    kind: str = ""
    place: int = 0
    announced: bool = False
    request: str = ""
    right: str = ""
    may_ask: bool = False
    may_reply: bool = False
    has_spoken: bool = False
    asked: tuple[Asked, ...] = ()
    vote: str = ""
    may_appeal: bool = False
    may_point: bool = False
    must_answer: bool = False
    answer: str = ""
    asked_how: str = ""
    passed: bool = False
    called_later: bool = False
    named: str = ""
    delegate: bool = False
    time_up: bool = False
    muted: bool = False
    heads: tuple[str, ...] = ()

    @property
    def to_answer(self) -> Asked | None:
        """The question to which this one can ask for the floor now: the oldest that no colleague replies to."""
        if self.has_floor or self.request:
            return None
        return next((one for one in self.asked if not one.by), None)


def stance_of(view: RoomState, person: Person) -> Stance:
    """A person's stance in the room, as far as the fold they may see tells."""
    if not person.admitted:
        return Stance(seat=person.seat, delegation=person.delegation, delegate=person.role == "delegate")
    now, call, speech = view.floor, calls.open_call(view), view.floor.speech
    listed, right = now.request_from_seat(person.seat), now.reply_from_seat(person.seat)
    has_floor = bool(speech and speech.seat == person.seat)
    may_speak = _may_speak(view, person)
    has_spoken = now.speak_once and (floor.item_of(view), person.seat) in now.once
    asked_how, answer = showing_decisions.asked_of(view, person)
    heads = showing_people.other_heads(view, person)
    return Stance(
        seat=person.seat,
        delegation=person.delegation,
        has_floor=has_floor,
        kind=speech.kind if speech and has_floor else "",
        time_up=bool(speech and has_floor and speech.time_up),
        place=now.queue.index(listed) + 1 if listed else 0,
        announced=any(one.recognised for one in (listed, right) if one),
        request=listed.id if listed else "",
        right=right.id if right else "",
        may_ask=now.list_open and may_speak and not has_spoken,
        may_reply=may_speak and not has_floor and not right and not replies.has_replied(view, person.seat),
        has_spoken=has_spoken,
        asked=tuple(_asked(view, person)) if may_speak else (),
        vote=_vote(view, person),
        may_appeal=bool(view.orders.open and view.orders.open.status == RULED and _attends(view, person)),
        may_point=view.prepared.points_of_order and view.orders.open is None and _attends(view, person),
        must_answer=asked_how not in ("", "silence"),
        answer=answer,
        asked_how=asked_how,
        passed=bool(call and asked_how == "roll" and person.delegation in call.answers),
        called_later=showing_decisions.called_later(view, person),
        named=view.decisions.voices.get(person.delegation, "") if heads else "",
        delegate=True,
        muted=person.muted,
        heads=heads,
    )


def _attends(view: RoomState, person: Person) -> bool:
    """Whether somebody on a seat takes part in what happens on the floor now."""
    return not floor.is_restricted(view) or person.kind in OFFICIAL_KINDS


def _may_speak(view: RoomState, person: Person) -> bool:
    running = view.agenda.running
    return _attends(view, person) and (not running or not running.may_speak or person.kind in running.may_speak)


def _asked(view: RoomState, person: Person) -> Iterator[Asked]:
    for question in view.questions.put_to(person.delegation):
        tied = next((one.seat for one in view.floor.queue if one.id == question.request), "")
        yield Asked(question.id, question.delegation, _text_of(view, question.statement), tied)


def _text_of(view: RoomState, statement: str) -> str:
    """What a question asks, if it was put in writing and stands on the screen still."""
    made = next((one for one in view.floor.transcript if statement and one.id == statement), None)
    return made.text if made and not made.withdrawn else ""


def _vote(view: RoomState, person: Person) -> str:
    """Whether somebody has a vote on a ruling to give: due, given, or nothing."""
    point = view.orders.open
    if point is None or point.status != APPEALED or person.delegation not in point.electorate:
        return ""
    if person.delegation in point.votes:
        return "given"
    return "due" if head_of(view, person.delegation) == person.seat else ""


def apart(view: RoomState, audience: Audience) -> bool:
    """Whether the officials meet without this audience, which learns only that they do."""
    return floor.is_restricted(view) and audience.groups.isdisjoint((OFFICIALS, MODERATORS))


def action(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """What a delegate's own panel needs besides the stance: the open call, the point of order, the kinds of speech that
    fit now, whom one may reply to or ask."""
    kinds, speech = fitting_kinds(view), view.floor.speech
    heard = replies.heard_here(view) - {audience.delegation}
    return {
        **showing_decisions.answering(view),
        "point": view.orders.open,
        "kinds": kinds,
        "fitting": kinds[0],
        "running": view.agenda.running,
        "apart": apart(view, audience),
        "others_heard": [one for one in view.prepared.delegations if one.code in heard],
        "delegations": view.prepared.delegations,
        "interrupted": bool(speech and speech.interrupted_at is not None),
    }


# Everybody


def table(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The floor: who speaks, who waits, with each delegation's speaking time so far beside its name in the queue; what
    waits for a reply; the point of order before the chair; and for the chair what can be done with all that."""
    now, following, chairs = view.floor, view.floor.following, audience == THE_MODERATORS
    status, questions = now.list_status(floor.item_of(view)), list(_questions(view))
    return {
        "apart": apart(view, audience),
        "speech": now.speech,
        "seen": now.speech.id if now.speech else "",
        "interrupted": bool(now.speech and now.speech.interrupted_at is not None),
        "following": following,
        "somebody_follows": following is not None,
        "announced": following if following and following.recognised else None,
        "queue": list(_rows(view, now.queue, chairs=chairs)),
        "somebody_waits": bool(now.queue),
        "rights": list(_rows(view, now.replies, chairs=chairs)),
        "list_status": status,
        "list_words": LIST_WORDS[status],
        "point": view.orders.open,
        "waiting_questions": questions,
        "call": calls.open_call(view),
        **running_order.place_on_agenda(view),
        **(_for_the_chair(view, questions) if chairs else {}),
    }


def _for_the_chair(view: RoomState, questions: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What can be done next, and with the list as a whole."""
    now = view.floor
    return {
        "unbalanced": turns.balanced(view) != tuple(request.id for request in now.queue),
        "undo": now.turn if now.speech and now.turn and now.turn.speech == now.speech.id else None,
        "to_reply": next((row for row in questions if row["seat"]), None),
        "kinds": fitting_kinds(view),
        "taken_seats": [seat for one in view.prepared.delegations for seat in one.seats if _present(view, seat.id)],
    }


def _rows(view: RoomState, waiting: tuple[Request, ...], *, chairs: bool) -> Iterator[Mapping[str, Any]]:
    """Each name that waits, with what its delegation has spoken; `up` is before whom the chair can move it."""
    for place, request in enumerate(waiting):
        yield {
            "id": request.id,
            "request": request,
            "spoken_ms": view.floor.spoken_ms.get(request.delegation, 0),
            "up": waiting[place - 1].id if place and chairs else "",
        }


def _questions(view: RoomState) -> Iterator[Mapping[str, Any]]:
    """The questions that wait for a reply, each with the seat that would be called to give it ("" if nobody could)."""
    for question in view.questions.pending:
        tied = next((one.seat for one in view.floor.queue if one.id == question.request), "")
        seat = tied or head_of(view, question.to)
        speaks = view.floor.speech is not None and view.floor.speech.seat == seat
        free = seat if _present(view, seat) and not speaks else ""
        yield {"question": question, "seat": free, "tied": tied, "text": _text_of(view, question.statement)}


def _present(view: RoomState, seat_id: str) -> bool:
    return bool(view.seats.may_speak(seat_id))


def gist_due(view: RoomState, _audience: Audience) -> Any:
    """What the transcript reads of the running speech."""
    speech = view.floor.speech
    return (speech.id, speech.delegation, speech.gist) if speech else None


def transcript(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """What was said last, in writing and by word of mouth, oldest first, and how many statements came before. Nothing
    once the session is closed: what was said is then read in the debrief, within the attribution rule."""
    made = view.floor.statements + view.floor.restricted_statements
    last = view.floor.transcript[-READ_AT_ONCE:]
    closed = view.room.status == "closed"
    return {
        "said": [] if closed else _said(last, view.floor.spoken, cut=made > len(last)),
        "earlier": made - len(last),
        "speech": None if closed else view.floor.speech,
    }


def _said(written: tuple[Statement, ...], spoken: tuple[Spoken, ...], *, cut: bool) -> list[Statement | Spoken]:
    """In the order in which it was said. Where earlier statements are left out, so are the speeches between them."""
    since = written[0].at if written and cut else 0
    return sorted((*written, *(one for one in spoken if one.at >= since)), key=lambda one: one.at)


# What panels read beside the slices of the state that they name


def question_texts(view: RoomState, _audience: Audience) -> Any:
    return tuple(_text_of(view, question.statement) for question in view.questions.pending)


def is_interrupted(view: RoomState, _audience: Audience) -> Any:
    return view.floor.speech is not None and view.floor.speech.interrupted_at is not None
