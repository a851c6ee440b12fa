"""What each kind of viewer knows, kept per process and caught up from the log. All of it can be lost and made again.

A `Picture` is frozen: the full state of a room at a seq and, for every audience asked for, the fold of what that
audience may see. Catching up reads the new events once, for all of them. A room with a long record is opened from the
snapshot that `kept_pictures` has of it; whom nobody looks through any more rests, and costs nothing until asked again.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from django.db import transaction

from rooms import kept_pictures, log
from rooms.domain.fold import apply, fold
from rooms.domain.record import Entry
from rooms.domain.replacing import replace
from rooms.domain.seats import Seats
from rooms.domain.sight import OBSERVERS, Audience
from rooms.domain.state import RoomState
from rooms.kept_once import Once
from rooms.kept_pictures import EVERY
from rooms.models import FORGOTTEN, Participant

# In entries, as `tapes` counts: a simulation day of 200 rooms. A room beyond it is opened again when somebody looks.
KEPT = 1_000_000
LEAST = 1_000  # what the shortest room weighs: its exercise and its people
RECENT_KEPT = 500  # entries a client that was away a moment can still get without the database

Resting = Mapping[Audience, tuple[int, RoomState]]


@dataclass(frozen=True, slots=True)
class Picture:
    """`code` of the room; `seq` and `link` (hash) of the head; `state` with everything; `views` by audience; `recent`
    the last entries; `addressed` every group that an entry was for. `resting`: views that nobody looks through, each
    as it stood at a seq. `settled`: the seq at which all this was last put in order, see `keeping`. `named`: the people
    of whom it is known that all their `names` are here."""

    code: str = ""
    seq: int = 0
    link: str = ""
    state: RoomState = field(default_factory=RoomState)
    views: Mapping[Audience, RoomState] = field(default_factory=dict)
    recent: tuple[Entry, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    addressed: frozenset[str] = frozenset()
    resting: Resting = field(default_factory=dict)
    settled: int = 0
    named: Seats | None = None

    def view(self, audience: Audience) -> RoomState:
        return self.views[audience]

    @property
    def of_all(self) -> RoomState | None:
        """What everybody in the room may see, if somebody here looks at that."""
        return self.views.get(OBSERVERS)

    def has_views_for(self, audience: Audience) -> bool:
        """Whether all that this audience's screen is made from has been folded."""
        return all(one in self.views for one in audience.looks_through)

    def shows(self, audiences: Iterable[Audience]) -> bool:
        """Whether it can be shown to these audiences as it is: their folds are in it, and everybody's name."""
        return all(map(self.has_views_for, audiences)) and _knows_names(self)


def with_theirs(audiences: Iterable[Audience]) -> set[Audience]:
    """The audiences with all others that their screens are made from."""
    return {one for audience in audiences for one in audience.looks_through}


def advanced(picture: Picture, entries: Sequence[Entry], link: str, state: RoomState | None = None) -> Picture:
    """The picture after more entries; `state` is the state after them, where it is known already."""
    if not entries:
        return picture
    views = picture.views
    for entry in entries:
        views = _seen(views, entry)
    state = fold(entries, picture.state) if state is None else state
    recent = (*picture.recent, *entries)[-RECENT_KEPT:]
    addressed, seq = _addressed(picture.addressed, entries), entries[-1].seq
    return replace(picture, seq=seq, link=link, state=state, views=views, recent=recent, addressed=addressed)


def _seen(views: Mapping[Audience, RoomState], entry: Entry) -> Mapping[Audience, RoomState]:
    """The views after one more entry. Audiences that have seen the same so far share one view, and it is made once."""
    made: dict[int, RoomState] = {}  # by the id of the view before, which `views` keeps alive
    after = dict(views)
    for audience, view in views.items():
        if audience.sees(entry):
            known = made.get(id(view))
            after[audience] = made[id(view)] = apply(view, entry) if known is None else known
    return after


def _addressed(groups: frozenset[str], entries: Iterable[Entry]) -> frozenset[str]:
    new = {group for entry in entries for group in entry.audience if group not in groups}
    return groups | new if new else groups


def _stood(picture: Picture, audience: Audience, nothing: RoomState) -> tuple[int, RoomState]:
    """A view that an audience's can go on from, with the seq at which it stood: its own, that of another which has
    seen exactly the same, because the groups that only one of them is in were never addressed; or nothing yet."""
    if audience in picture.resting:
        return picture.resting[audience]
    groups = audience.groups & picture.addressed
    for other, view in picture.views.items():
        if other.groups & picture.addressed == groups:
            return picture.seq, view
    alike = (stood for other, stood in picture.resting.items() if other.groups & picture.addressed == groups)
    return next(alike, (0, nothing))


def _with_views(picture: Picture, room_id: int, audiences: Iterable[Audience]) -> Picture:
    """The picture with views for audiences that it has none for: caught up from where each stood, or folded from the
    first event, all of them in one reading."""
    nothing = RoomState()
    stood = {one: _stood(picture, one, nothing) for one in audiences if one not in picture.views}
    if not stood:
        return picture
    entries = _since(picture, room_id, min(seq for seq, _view in stood.values()))
    views: Mapping[Audience, RoomState] = {}
    for seq in sorted({seq for seq, _view in stood.values()}):
        same = {one: view for one, (at, view) in stood.items() if at == seq}
        for entry in entries:
            same = dict(_seen(same, entry)) if entry.seq > seq else same
        views = {**views, **same}
    if len(entries) > RECENT_KEPT:  # read anew, they share no word with what is here
        once = Once([picture.state, *picture.views.values()])
        views = {one: once.of(view) for one, view in views.items()}
    resting = {one: rests for one, rests in picture.resting.items() if one not in views}
    return replace(picture, views={**picture.views, **views}, resting=resting)


def _since(picture: Picture, room_id: int, seq: int) -> Sequence[Entry]:
    """The entries after a seq up to where the picture stands."""
    if seq == picture.seq:
        return ()
    if picture.recent and picture.recent[0].seq <= seq + 1:
        return [entry for entry in picture.recent if entry.seq > seq]
    return log.read(room_id, seq, picture.seq)


def _opened(room_id: int, code: str, head: int) -> Picture:
    """What is known of a room that this process has not looked at: its snapshot, or nothing."""
    kept = kept_pictures.find(room_id, code, head)
    if kept is None:
        return Picture(code)
    resting = {one: (kept.seq, view) for one, view in kept.views.items()}
    picture = Picture(code, kept.seq, kept.link, kept.state, addressed=kept.addressed)
    return replace(picture, resting=resting, settled=kept.seq)


def _knows_names(picture: Picture) -> bool:
    """Whether it has everybody's name, and none that has been forgotten."""
    seats = picture.state.seats
    return seats is picture.named or (
        seats.people.keys() <= picture.names.keys() and all(picture.names[pid] == FORGOTTEN for pid in seats.forgotten)
    )


def _with_names(picture: Picture, room_id: int) -> Picture:
    if not _knows_names(picture):
        names = dict(Participant.objects.filter(room_id=room_id).values_list("pid", "name"))
        picture = replace(picture, names=names)
    if picture.named is picture.state.seats or not _knows_names(picture):
        return picture
    return replace(picture, named=picture.state.seats)  # not gone through again for everybody who comes


def whole(picture: Picture, room_id: int) -> Picture:
    """The picture with all its views, none resting, and each distinct part of them once."""
    everything = _with_views(picture, room_id, picture.resting)
    once = Once()
    views = {one: once.of(view) for one, view in everything.views.items()}
    return replace(everything, state=once.of(everything.state), views=views)


def _together(held: Picture, picture: Picture) -> Picture:
    """Two pictures of the same seq as one that can be shown to whom either could."""
    views = {**held.views, **picture.views}
    resting = {one: rests for one, rests in {**held.resting, **picture.resting}.items() if one not in views}
    recent = max(held.recent, picture.recent, key=len)
    settled, names = max(held.settled, picture.settled), {**held.names, **picture.names}
    return replace(picture, views=views, names=names, recent=recent, resting=resting, settled=settled)


def _handed_on(held: Picture, older: Picture) -> Picture:
    """A newer picture, in which the views that only an older one has rest as they stood there: else whoever makes them
    would begin anew as often as somebody says something meanwhile, and in a long room never come to an end."""
    stood = {one: (older.seq, view) for one, view in older.views.items() if one not in held.views}
    newer = {one: rests for one, rests in stood.items() if one not in held.resting or held.resting[one][0] < rests[0]}
    return replace(held, resting={**held.resting, **newer}) if newer else held


def _weight(picture: Picture) -> int:
    return max(LEAST, picture.seq)


class Folds:
    """The pictures of the rooms this process has lately touched: `most` entries of them. `every`: rooms of so many
    entries may have a snapshot."""

    def __init__(self, every: int = EVERY, most: int = KEPT) -> None:
        self._every, self._most = every, most
        self._pictures: OrderedDict[int, Picture] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def kept(self, room_id: int) -> Picture | None:
        """What is known without asking the database; may be behind."""
        return self._pictures.get(room_id)

    def all_kept(self) -> dict[int, Picture]:
        """The same of every room."""
        with self._lock:
            return dict(self._pictures)

    def keep(self, room_id: int, picture: Picture) -> Picture:
        """Remember a picture of what is committed, unless a newer one is there already."""
        with self._lock:
            held = self._pictures.get(room_id)
            if held is not None and held.seq > picture.seq:
                held = _handed_on(held, picture)
                self._put(room_id, held)
                return held
            if held is not None and held.seq == picture.seq:
                picture = _together(held, picture)
            self._put(room_id, picture)
            while self._weight > self._most and len(self._pictures) > 1:
                self._weight -= _weight(self._pictures.popitem(last=False)[1])
        return picture

    def _put(self, room_id: int, picture: Picture) -> None:
        held = self._pictures.get(room_id)
        self._weight += _weight(picture) - (_weight(held) if held else 0)
        self._pictures[room_id] = picture
        self._pictures.move_to_end(room_id)

    def settle(self, room_id: int, whole: Picture, awake: Collection[Audience]) -> None:
        """Go on from `whole`, what this process knows made of fewer parts: the views of `awake` are looked through, all
        others rest."""
        held = self.kept(room_id)
        since = [entry for entry in held.recent if entry.seq > whole.seq] if held else []
        if held is None or len(since) != held.seq - whole.seq:
            return  # much has happened meanwhile, or the room was let go: the next time
        looked_through = {one: view for one, view in whole.views.items() if one in awake}
        moved = advanced(replace(whole, views=looked_through), since, held.link)
        asked_for_meanwhile = {one: view for one, view in held.views.items() if one not in whole.views}
        views = {**asked_for_meanwhile, **moved.views}
        resting = {one: rests for one, rests in held.resting.items() if one not in views}  # some handed on meanwhile
        for one, view in whole.views.items():
            if one not in views and resting.get(one, (0,))[0] <= whole.seq:
                resting[one] = (whole.seq, view)
        settled = replace(held, state=moved.state, views=views, resting=resting, settled=whole.seq)
        with self._lock:
            if self._pictures.get(room_id) is held:
                self._put(room_id, settled)

    def forget_all(self) -> None:
        """Begin as a fresh process does."""
        with self._lock:
            self._pictures.clear()
            self._weight = 0

    def upto(self, room_id: int, code: str, head: int) -> Picture:
        """The full state at a head that this transaction has seen, with the views there are; nothing is kept."""
        held = self._pictures.get(room_id)
        picture = held or (_opened(room_id, code, head) if head >= self._every else Picture(code))
        if head > picture.seq:
            entries, link = log.read_with_hash(room_id, picture.seq)
            picture = advanced(picture, entries, link)
        return picture

    def at_head(self, room_id: int, audiences: Iterable[Audience] = ()) -> Picture:
        """The picture at the head of the log as this transaction sees it. With audiences, it can be shown to them;
        without, it is for deciding, which needs no names."""
        picture = self.upto(room_id, *log.head_of(room_id))
        audiences = with_theirs(audiences)
        if audiences:
            picture = _with_names(_with_views(picture, room_id, audiences), room_id)
        # Inside a transaction we may be looking at our own uncommitted events: not for keeping.
        if not transaction.get_connection().in_atomic_block:
            picture = self.keep(room_id, picture)
            if audiences and not picture.shows(audiences):
                # Another thread has kept a newer one meanwhile, made for others: look at that for ours.
                return self.at_head(room_id, audiences)
        return picture
