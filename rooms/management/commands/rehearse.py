"""`manage.py rehearse FILE_or_NAME [--speed N] [--room CODE] [--as USERNAME] [--address URL]`: play a scripted session.

Without --speed the whole session is played at once, at the script's own instants from now on. With it the session
runs for people to watch, N times faster than the script; the room then runs ahead of the clock on the wall, and its
clocks with it, so 1 is the speed at which everything looks as in class. Says what happens; plays nothing itself.

--address is for whoever serves at that address: instead of every step it tells the links to watch by, and then what
to look at.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from rooms import access, log, rehearsal
from rooms.actions import now_ms
from rooms.domain import codec
from rooms.models import Participant, Room

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "rehearsals"
SLOWEST = 1.0  # slower than the wall's clock, and the server would meet the deadlines before the script does
GIST = 72  # characters of what somebody says
ACCOUNT = "moderator"  # made where there is none; without a password, it signs in by a one-time link


class Command(BaseCommand):
    help = "Play a scripted session through the same door as everybody, at once or for people to watch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("script", metavar="FILE_or_NAME", help=f"a file, or one of: {', '.join(_names())}")
        parser.add_argument("--speed", type=float, metavar="N", help="play in time, N times faster (1 or more)")
        parser.add_argument("--room", metavar="CODE", help="play in a room that waits in its lobby")
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="whose room it is")
        parser.add_argument(
            "--address", metavar="URL", default="", help="tell how to watch it at this URL, not each step"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        speed = options["speed"]
        if speed is not None and speed < SLOWEST:
            raise CommandError("The speed is 1 or more: 1 plays as slowly as people do.")
        try:
            script = rehearsal.parse(_file_of(options["script"]))
            stage = self._stage(script, options["room"], options["username"])
            wait = rehearsal.at_speed(stage.start, speed) if speed else rehearsal.at_once
            if options["address"]:
                self._show(script, stage, wait, options["address"], speed or 1)
            else:
                self._report(script, stage, wait)
        except rehearsal.Stopped as stopped:
            raise CommandError(str(stopped)) from stopped

    def _stage(self, script: rehearsal.Rehearsal, code: str | None, username: str | None) -> rehearsal.Stage:
        if code:
            return rehearsal.existing_stage(script, code)
        return rehearsal.fresh_stage(script, _user(username), now_ms())

    def _report(self, script: rehearsal.Rehearsal, stage: rehearsal.Stage, wait: Callable[[int], None]) -> None:
        """Play it, and tell each step."""
        self._tell_where(script, stage.room)
        try:
            for played in rehearsal.play(script, stage, wait):
                self._tell(played, stage.start)
        except KeyboardInterrupt:
            self.stdout.write(f"\nStopped. Room {stage.room.code} stays as it is; its moderator can go on.")
            return
        self._tell_end(stage.room)

    def _show(
        self,
        script: rehearsal.Rehearsal,
        stage: rehearsal.Stage,
        wait: Callable[[int], None],
        address: str,
        speed: float,
    ) -> None:
        """Play it, and tell how it can be watched: the links, once the first delegate sits, and what to look at."""
        told = False
        for played in rehearsal.play(script, stage, wait):
            step = played.step
            if step and step.do == rehearsal.JOIN and not told:
                self._tell_links(script, stage.room, stage.known.pids[step.who], address, speed)
                told = True
            if step and step.note:
                self.stdout.write(f"  {_clock(played.at - stage.start)}  {step.note}")
        self._tell_end(stage.room)

    def _tell_links(self, script: rehearsal.Rehearsal, room: Room, pid: str, address: str, speed: float) -> None:
        delegate = room.participants.select_related("room").get(pid=pid)
        wall = access.join(room, "Projector", "projector")
        minutes = round(sum(rehearsal.watched(step.after_ms) for step in script.steps) / 60_000 / speed)
        self.stdout.write(
            f"\n  “{script.title}” is played in room {room.code}, in about {minutes} minutes. Watch it as"
        )
        for who, path in (
            ("the chair, once you are signed in", reverse("rooms:chair", args=[room.code])),
            (f"a delegate, {delegate.name}", _seat_of(delegate)),
            ("the projector", _seat_of(wall)),
            ("an observer, who joins", reverse("rooms:join", args=[room.code])),
        ):
            self.stdout.write(f"    {who}\n      {address}{path}")
        self.stdout.write("")

    def _tell_where(self, script: rehearsal.Rehearsal, room: Room) -> None:
        self.stdout.write(f"“{script.title}” in room {room.code}: {len(script.steps)} steps")
        self.stdout.write(f"  join   {reverse('rooms:join', args=[room.code])}")
        self.stdout.write(f"  chair  {reverse('rooms:chair', args=[room.code])}")

    def _tell(self, played: rehearsal.Played, start: int) -> None:
        step, time = played.step, _clock(played.at - start)
        if step is None:
            names = ", ".join(codec.name_of(entry.event) for entry in played.entries)
            self.stdout.write(f"{time}       clock      {names}")
            return
        if step.note:
            self.stdout.write(f"\n  {step.note}\n")
        self.stdout.write(f"{time}  {step.number:>3}  {step.who:<10} {step.do}{_gist(step)}{_refusal(played)}")

    def _tell_end(self, room: Room) -> None:
        room.refresh_from_db()
        fault = log.verify(room)
        if fault:
            raise CommandError(f"The record does not hold: {fault.reason}.")
        self.stdout.write(f"Played to the end: {room.head} events in the record, and its chain holds.")


def _seat_of(participant: Participant) -> str:
    """The path that opens somebody's seat in any browser."""
    return reverse("rooms:come_back", args=[participant.room.code, participant.pid, access.ticket_of(participant)])


def _names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _file_of(name: str) -> Path:
    """The script of a file name, or of one of our own by its bare name."""
    path, own = Path(name), FOLDER / f"{name}.toml"
    if path.is_file():
        return path
    if own.is_file():
        return own
    raise CommandError(f"There is no rehearsal “{name}”. Name a file, or one of: {', '.join(_names())}.")


def _user(username: str | None) -> Any:
    """Whose room it will be: the one named, else the first account; on a new installation one is made."""
    users = get_user_model().objects
    if username:
        user = users.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        return user
    return users.order_by("pk").first() or users.create_user(ACCOUNT)


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1_000, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _gist(step: rehearsal.Step) -> str:
    """What is said, or what the step is about, in one line."""
    text = str(step.fields.get("text") or step.fields.get("reason") or step.fields.get("words") or "")
    if text:
        line = " ".join(text.split())
        return f"  “{line[:GIST]}{'…' if len(line) > GIST else ''}”"
    # What a reference stands for is plain from the step before it.
    return "".join(f"  {value}" for value in step.fields.values() if value != "" and not str(value).startswith("@"))


def _refusal(played: rehearsal.Played) -> str:
    return f"  — refused, as it must be: {played.refused.code}" if played.refused else ""
