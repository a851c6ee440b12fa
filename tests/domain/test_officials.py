"""An officials' session: what is said in it changes nothing of what experts, observers and the lobby see and can do,
then or later."""

from collections.abc import Sequence

from hypothesis import given

from rooms.domain import agenda, floor, gists, orders, replies, seats, speakers, speeches, statements, turns
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, WAITING, audience_of, members_of, on_seat, visible

from .moves import Move, at_random, moves, staged
from .play import IN_USE, JAPAN, M1, Session
from .play import WAITING as EXPERT
from .test_noninterference import fates
from .twins import ALTER, DROP, Step, Twin, outcome, reworded, script, sight_of, told

ON_THE_FLOOR = {
    *(name for one in (floor, speakers, turns, speeches, statements, gists, replies, orders) for name in one.COMMANDS),
}
APART = (
    *(OBSERVERS, WAITING, *(members_of(code) for code in IN_USE)),
    *(on_seat(seat, seat[:3], officials=False) for seat in ("JPN-EXP-1", "PRC-EXP-1")),
)


def apart() -> Session:
    """The live cast, with an expert of Japan at the table, when the officials begin to talk among themselves."""
    return staged().done(
        (M1, seats.AdmitPerson(EXPERT)),
        (M1, agenda.AddItem("Apart", "officials", 20)),
        (M1, agenda.StartItem("added-1")),
    )


def is_among_officials(step: Step) -> bool:
    """Whether something was done on the floor of which only officials and the chair were told."""
    done = isinstance(step.outcome, list) and step.outcome != []
    return done and step.name in ON_THE_FLOOR and not any(told(step.outcome, one) for one in APART)


def again(twin: Session, steps: Sequence[Step], fate: Sequence[str]) -> None:
    """The same, with what officials said dropped or in other words."""
    for number, step in enumerate(steps):
        twin.refusal, what = None, fate[number % len(fate)] if is_among_officials(step) else ""
        if what == DROP:
            twin.now = step.at
            continue
        twin.when(step.actor, reworded(step.command) if what == ALTER else step.command, step.at)
        audience = audience_of(step.before.seats.people.get(step.actor))
        if audience in APART:
            assert told(outcome(twin), audience) == told(step.outcome, audience), step


def test_a_speech_of_the_officials_never_goes_on_at_the_table() -> None:
    """Not even if the chair ends it, ends the item, calls somebody and takes that back within a millisecond."""
    session = apart().done((M1, floor.CallOn("JPN-MFA")), (M1, floor.EndSpeech("or1")))
    session.done((M1, agenda.StartItem("i1", "added-1")), (JAPAN, speakers.AskForFloor()), (M1, floor.NextSpeaker()))
    session.when(M1, speeches.UndoNext("r1")).then(speeches.TurnUndone("r1", "JPN", "", 0))


@at_random
@given(drawn=moves(), later=moves(), fate=fates)
def test_who_is_not_among_officials_sees_and_does_the_same_whatever_they_said(
    drawn: list[Move], later: list[Move], fate: list[str]
) -> None:
    session = apart()
    steps = script(session, drawn, ("start_item", "end_item", "suspend_item", "close_session"))
    running = session.state.agenda.running
    ending = (
        [(session.state.room.chair, agenda.EndItem(running.id))]
        if running and session.state.room.status == "live"
        else []
    )
    session.done(*ending)
    ended_at = session.now
    steps_later = script(session, later)

    twin = Twin()
    for entry in apart().entries:
        twin.given(entry.event, actor=entry.actor, at=entry.at)
    again(twin, steps, fate)
    twin.refusal = None
    twin.done(*ending, at=ended_at)
    again(twin, steps_later, fate)
    for audience in APART:
        assert sight_of(twin.entries, audience) == sight_of(session.entries, audience), audience.name
        assert fold(visible(twin.entries, audience)) == fold(visible(session.entries, audience))
