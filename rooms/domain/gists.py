"""Gists: the one line that a moderator or rapporteur keeps of a speech that was given by word of mouth.

A gist is bound by the attribution rule under which the speech was given, whenever it is written down.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, ground_rules, roles, sight
from rooms.domain.podium import Spoken, window
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

LONGEST = 300  # characters: a line, not minutes


@dataclass(frozen=True, slots=True)
class GistLogged:
    """What somebody kept of a speech: a later one of the same speech takes its place. `person` is who spoke, `rule` the
    attribution rule under which it was said."""

    speech: str
    person: str
    seat: str
    delegation: str
    kind: str
    text: str
    item: str
    rule: str


@dataclass(frozen=True, slots=True)
class LogGist:
    """A moderator or rapporteur writes down in one line what was said in a speech that runs, or has ended without a
    statement in writing. Writing it again replaces it."""

    speech: str
    text: str


def log_gist(state: "RoomState", actor: str, command: LogGist, _at: int) -> list[Any]:
    roles.keeper(state, actor)
    roles.open_room(state)
    if command.speech.startswith(sight.RESTRICTED):
        roles.moderator(state, actor)  # a rapporteur does not hear an officials' session
    if not command.text:
        raise Refused("text_needed", "Write in one line what was said.", field="text")
    if len(command.text) > LONGEST:
        raise Refused("too_long", f"A gist is one line: {LONGEST} characters at most.", field="text")
    text = " ".join(command.text.split())
    speech = state.floor.speech
    if speech and speech.id == command.speech:
        who = (speech.id, speech.person, speech.seat, speech.delegation, speech.kind)
        return [GistLogged(*who, text, floor.item_of(state), ground_rules.rule_in_force(state))]
    spoken = next((one for one in state.floor.spoken if one.id == command.speech), None)
    if spoken is None:
        raise Refused(
            "no_such_speech",
            "That speech is too far back, or was put on the record in writing. Choose another, or correct the record.",
        )
    who = (spoken.id, spoken.person, spoken.seat, spoken.delegation, spoken.kind)
    return [GistLogged(*who, text, spoken.item, spoken.rule)]


def _logged(state: "RoomState", event: GistLogged, entry: Entry) -> "RoomState":
    speech, spoken = state.floor.speech, state.floor.spoken
    if event.speech and speech and speech.id == event.speech:
        return floor.changed(state, speech=replace(speech, gist=event.text), turn=None)
    if event.speech and any(one.id == event.speech for one in spoken):
        return floor.changed(
            state, spoken=tuple(replace(one, gist=event.text) if one.id == event.speech else one for one in spoken)
        )
    # In a record that does not tell who spoke, the gist stands alone.
    who = (event.speech, event.person, event.seat, event.delegation, event.kind)
    alone = Spoken(*who, entry.at, 0, event.item, event.rule, event.text)
    return floor.changed(state, spoken=window((*spoken, alone), alone.id))


EVENTS = {"floor.gist_logged": (GistLogged, sight.on_the_floor("speech"), _logged)}
COMMANDS = {"log_gist": (LogGist, log_gist)}
