"""Snapshots of the fold, so that a room with a long record opens at once: one row per room, written in the background.

Never a truth. One is used only if exactly this code made it, if this installation sealed it, and if the record still
has the same hash at its seq; otherwise it is as if there were none, and the room is folded from its first event. Rows
may be deleted at any time. No names are in it: they stand with the participants, so that they can be forgotten.
"""

import hashlib
import io
import logging
import pickle
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.crypto import constant_time_compare, salted_hmac

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState
from rooms.models import Event, KeptPicture

logger = logging.getLogger(__name__)

EVERY = 500  # entries between two snapshots of a room: folding so many takes about fifteen milliseconds
DOMAIN = "rooms.domain"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was known when a record had `seq` entries, the last with the hash `link`; `views` by audience, `addressed`
    every group that an entry was for."""

    seq: int
    link: str
    state: RoomState
    views: Mapping[Audience, RoomState]
    addressed: frozenset[str]


@cache
def maker() -> str:
    """The digest (hex) of the code that folds and of the Python that runs it: a snapshot of any other is ignored."""
    here = Path(__file__).parent
    made = hashlib.sha256(sys.version.encode())
    for path in (Path(__file__), *sorted((here / "domain").glob("*.py"))):
        made.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()


def find(room_id: int, code: str, upto: int) -> Snapshot | None:
    """The snapshot of a room's record, chained under `code`, that can be gone on from; None if there is none, or none
    to be trusted, or one of what lies beyond `upto`."""
    there = Event.objects.filter(room_id=OuterRef("room_id"), seq=OuterRef("seq"), hash=OuterRef("link"))
    rows = KeptPicture.objects.filter(Exists(there), room_id=room_id, seq__lte=upto, made_by=maker())
    row = rows.values_list("seq", "link", "seal", "body").first()
    if row is None:
        return None
    seq, link, seal, body = row[0], row[1], row[2], bytes(row[3])
    if not constant_time_compare(seal, _seal(room_id, code, seq, link, body)):
        logger.warning("the snapshot of room %s is not ours; the room is folded anew", room_id)
        return None
    try:
        return Snapshot(seq, link, *_unpacked(body))
    except Exception as error:  # whatever it is, the record is still there to be folded
        logger.warning("the snapshot of room %s cannot be read (%s)", room_id, type(error).__name__)
        return None


def keep(room_id: int, code: str, snapshot: Snapshot) -> None:
    """Write a snapshot in the place of the one there is."""
    body = _packed(snapshot)
    seal = _seal(room_id, code, snapshot.seq, snapshot.link, body)
    written = {"seq": snapshot.seq, "link": snapshot.link, "made_by": maker(), "seal": seal, "body": body}
    KeptPicture.objects.update_or_create(room_id=room_id, defaults=written)


def reached(room_ids: list[int]) -> dict[int, int]:
    """Up to which seq rooms have a snapshot by this code."""
    return dict(KeptPicture.objects.filter(room_id__in=room_ids, made_by=maker()).values_list("room_id", "seq"))


def _seal(room_id: int, code: str, seq: int, link: str, body: bytes) -> str:
    told = f"{room_id} {code} {seq} {link} {maker()} ".encode() + body
    return salted_hmac("rooms.kept_pictures", told, algorithm="sha256").hexdigest()


def _packed(snapshot: Snapshot) -> bytes:
    told = (snapshot.state, dict(snapshot.views), snapshot.addressed)
    return zlib.compress(pickle.dumps(told, pickle.HIGHEST_PROTOCOL), level=1)


def _unpacked(body: bytes) -> tuple[RoomState, Mapping[Audience, RoomState], frozenset[str]]:
    state, views, addressed = _OnlyStates(io.BytesIO(zlib.decompress(body))).load()
    if not isinstance(state, RoomState) or not isinstance(views, dict) or not isinstance(addressed, frozenset):
        raise pickle.UnpicklingError("not a picture")
    return state, views, addressed


class _OnlyStates(pickle.Unpickler):
    """Makes what states are made of and nothing else, should a seal ever be forged."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith(f"{DOMAIN}.") else None
        if not isinstance(found, type) or not is_dataclass(found):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a state")
        return found
