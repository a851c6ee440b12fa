"""Snapshots of the fold: a room that is opened from one is the room, and one that is not to be trusted is none."""

import random
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rooms import keeping, kept_pictures, log
from rooms.actions import act
from rooms.domain.fold import fold
from rooms.domain.forgetting import ForgetPerson
from rooms.domain.record import Entry
from rooms.domain.sight import Audience, visible
from rooms.domain.state import RoomState
from rooms.folds import Folds, Picture
from rooms.kept_pictures import Snapshot
from rooms.management.commands.rehearse import FOLDER
from rooms.models import FORGOTTEN, KeptPicture, Participant, Room
from tests.rooms.kit import Played, live_played
from tests.rooms.rehearsed import Heard, audiences_of

pytestmark = pytest.mark.django_db

SHORT = 40  # entries after which these rooms have a snapshot
Change = Callable[[KeptPicture], None]


def process() -> Folds:
    """What a server process remembers that has just started."""
    return Folds(every=SHORT)


def looked_at(folds: Folds, room: Room, audiences: Iterable[Audience]) -> Picture:
    """The picture at the head, kept as a server keeps it outside a transaction."""
    return folds.keep(room.pk, folds.at_head(room.pk, audiences))


def look(folds: Folds, *connected: str) -> list[int]:
    here = {room_id: connected for room_id in folds.all_kept()}
    return keeping.look(folds, here, every=SHORT)


@dataclass
class Copied:
    """A rehearsal's record, written into a room of its own as far as one likes."""

    room: Room
    record: list[Entry]
    written: int = 0
    link: str = ""

    def upto(self, seq: int) -> None:
        rows = []
        for entry in self.record[self.written : seq]:
            self.link = log.chained(self.link, self.room.code, entry)
            rows.append(log.row_of(entry, self.link))
        self.written = seq
        with transaction.atomic():
            log.bring_in(self.room, rows, fold(self.record[:seq]))

    def is_told_by(self, picture: Picture) -> None:
        entries = self.record[: self.written]
        assert (picture.seq, picture.link) == (self.written, self.link)
        assert picture.state == fold(entries)
        for one, view in picture.views.items():
            assert view == fold(visible(entries, one)), one.name


def copied(heard: Heard) -> Copied:
    room = Room.objects.create(code="COPIED", title=heard.script.title)
    Participant.objects.bulk_create(
        Participant(room=room, pid=pid, name=pid, role=one.role) for pid, one in heard.state.seats.people.items()
    )
    return Copied(room, heard.record)


# Equal to the fold of the record


@pytest.mark.django_db(transaction=True)  # as rehearsals are played
@pytest.mark.parametrize("name", sorted(path.stem for path in Path(FOLDER).glob("*.toml")))
def test_every_rehearsal_opened_from_a_snapshot_is_what_its_record_tells(
    hear: Callable[[str], Heard], name: str
) -> None:
    heard = hear(name)
    there, audiences = copied(heard), audiences_of(heard.state)
    drawn = random.Random(name)  # the same everywhere
    first, second = sorted(drawn.sample(range(SHORT, len(there.record)), 2))
    there.upto(first)
    one = process()
    looked_at(one, there.room, drawn.sample(audiences, 5))
    looked_at(one, there.room, drawn.sample(audiences, 5))
    assert look(one) == [there.room.pk]
    there.upto(second)
    other = process()
    there.is_told_by(looked_at(other, there.room, drawn.sample(audiences, 3)))
    look(other)  # of what the first one knew, too
    there.upto(len(there.record))
    fresh = looked_at(process(), there.room, audiences)
    there.is_told_by(fresh)
    for folds in (one, other):
        assert looked_at(folds, there.room, audiences).views == fresh.views


def long_played() -> Played:
    """A room with more than enough entries for a snapshot."""
    played = live_played()
    for n in range(SHORT):
        played.do("JPN-MFA", "say_in_delegation", text=f"Between us, {n}.")
    played.do("moderator", "chair_statement", text="For all of you.")
    return played


def everybody(played: Played) -> tuple[Audience, ...]:
    return audiences_of(fold(log.read(played.room.pk)))


def kept(played: Played) -> KeptPicture:
    """Its snapshot, with the views of all that it can have."""
    folds = process()
    looked_at(folds, played.room, everybody(played))
    assert look(folds) == [played.room.pk]
    return KeptPicture.objects.get()


def snapshot_of(played: Played) -> Snapshot | None:
    played.room.refresh_from_db()
    return kept_pictures.find(played.room.pk, played.room.code, played.room.head)


def test_a_room_with_a_snapshot_reads_only_what_came_after_it() -> None:
    played = long_played()
    seq = kept(played).seq
    played.do("JPN-MFA", "say_in_delegation", text="The last.")
    audiences = everybody(played)
    with CaptureQueriesContext(connection) as asked:
        picture = looked_at(process(), played.room, audiences)
    read = [one["sql"] for one in asked if 'FROM "rooms_event"' in one["sql"] and "data" in one["sql"]]
    assert len(read) == 1
    assert f'"seq" > {seq}' in read[0]
    assert picture.state == fold(log.read(played.room.pk))


def test_a_short_room_is_not_asked_about() -> None:
    played = live_played()
    with CaptureQueriesContext(connection) as asked:
        Folds().at_head(played.room.pk)
    assert not [one for one in asked if "keptpicture" in one["sql"]]


def test_without_the_row_the_room_is_the_same() -> None:
    played = long_played()
    before = looked_at(process(), played.room, everybody(played))
    kept(played).delete()
    assert looked_at(process(), played.room, everybody(played)).views == before.views


# What is not trusted


def _word(row: KeptPicture) -> None:
    changed = zlib.decompress(bytes(row.body)).replace(b"For all of you.", b"For some alone.")
    row.body = zlib.compress(changed)


def _sealed_elsewhere(row: KeptPicture) -> None:
    row.seal = "0" * 64


def _by_other_code(row: KeptPicture) -> None:
    row.made_by = "0" * 64


def _of_another_record(row: KeptPicture) -> None:
    row.link = "0" * 64


def _of_another_moment(row: KeptPicture) -> None:
    row.seq -= 1
    row.link = row.room.events.get(seq=row.seq).hash


def _of_what_is_not_written_yet(row: KeptPicture) -> None:
    row.seq += 1


@pytest.mark.parametrize(
    "change",
    [
        *(_word, _sealed_elsewhere, _by_other_code, _of_another_record, _of_another_moment),
        _of_what_is_not_written_yet,
    ],
)
def test_a_snapshot_that_was_touched_is_none(change: Change) -> None:
    played = long_played()
    row = kept(played)
    assert snapshot_of(played) is not None
    change(row)
    row.save()
    assert snapshot_of(played) is None
    picture = looked_at(process(), played.room, everybody(played))
    assert picture.state.floor.transcript[-1].text == "For all of you."
    assert picture.state == fold(log.read(played.room.pk))


def test_the_snapshot_of_another_room_is_none() -> None:
    played, other = long_played(), live_played()
    row = kept(played)
    KeptPicture.objects.filter(pk=row.pk).update(room=other.room)
    # Even where the other record had the same hash at that place.
    other.room.events.filter(seq=row.seq).update(hash=row.link)
    assert snapshot_of(other) is None


def test_with_another_key_it_is_none(settings: Any) -> None:
    played = long_played()
    kept(played)
    settings.SECRET_KEY = "another installation's key, long enough to be one"
    assert snapshot_of(played) is None


@pytest.mark.parametrize("strange", [Decimal(1), Played, print, Path("/")], ids=str)
def test_nothing_is_made_of_a_snapshot_but_states(strange: Any) -> None:
    played = long_played()
    row = kept(played)
    state = RoomState(room=strange)
    kept_pictures.keep(played.room.pk, played.room.code, Snapshot(row.seq, row.link, state, {}, frozenset()))
    assert snapshot_of(played) is None


# What is in it


def test_names_are_not_in_it_and_a_forgotten_one_does_not_come_back() -> None:
    played = live_played()
    played.join("late", "observer", name="Wilhelmina Namesworth")
    for n in range(SHORT):
        played.do("JPN-MFA", "say_in_delegation", text=f"Only words, {n}.")
    body = zlib.decompress(bytes(kept(played).body))
    assert b"Only words, 39." in body
    assert b"Namesworth" not in body
    played.do("moderator", "close_session")
    act(played.room.pk, played.pid("moderator"), ForgetPerson(played.pid("late")))
    picture = looked_at(process(), played.room, everybody(played))
    assert picture.names[played.pid("late")] == FORGOTTEN
    assert "Wilhelmina Namesworth" not in picture.names.values()


def test_a_later_one_takes_its_place() -> None:
    played = long_played()
    first = kept(played)
    for n in range(SHORT):
        played.do("JPN-MFA", "say_in_delegation", text=f"Once more, {n}.")
    second = kept(played)
    assert (second.pk, second.seq) == (first.pk, first.seq + SHORT)


def test_it_goes_with_its_room() -> None:
    played = long_played()
    kept(played)
    room = Room.objects.filter(pk=played.room.pk)
    played.room.events.all().delete()
    played.room.participants.all().delete()
    room.delete()
    assert not KeptPicture.objects.exists()
