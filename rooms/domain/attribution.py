"""Attribution: what may be read of a session by others than the moderator, once it is closed.

While the room is live, those in it know who speaks. The rule binds everything afterwards: replay for others, debrief,
export, API, search. `afterwards` is applied to entries that `sight.visible` has already chosen; it decides nothing
about sight, and it never edits what somebody said. So it cannot help where a speaker names themselves, or where the
chair thanks one by name: people keep the rule in their words, the software keeps it in everything around them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from rooms.domain import (
    capitals,
    caucus_sittings,
    caucuses,
    chairs_text,
    floor,
    forgetting,
    gists,
    hot_wash,
    muting,
    news,
    notes,
    offices,
    orders,
    points,
    presence,
    questions,
    reinviting,
    replies,
    rotation,
    seats,
    speakers,
    speeches,
    statements,
    turns,
)
from rooms.domain.agenda import ItemEnded, ItemSkipped
from rooms.domain.record import CLOCK, Entry
from rooms.domain.replacing import replace
from rooms.domain.room import SessionClosed
from rooms.domain.sight import RESTRICTED, Audience, visible
from rooms.domain.statements import CHAIR, CORRECTION

ON_THE_RECORD = "on_the_record"
OFF_THE_RECORD = "off_the_record"
CHAIR_KINDS = (CHAIR, CORRECTION)  # the kinds of statement that the chair makes

# rule -> (its name, what it means to who reads it)
RULES: dict[str, tuple[str, str]] = {
    ON_THE_RECORD: (
        "On the record",
        "what is said may be quoted, with the names of who said it and of the delegation.",
    ),
    "not_for_attribution": (
        "Not for attribution",
        "what is said may be used as the words of “a participant”; no person and no delegation may be named.",
    ),
    "chatham_house": ("Chatham House", "what is said may be used; who said it, and who else was here, may not."),
    OFF_THE_RECORD: (
        "Off the record",
        "nothing that is said may be used; only that a discussion took place, its title and its length.",
    ),
}

ON_THE_FLOOR = (
    *(floor, speakers, turns, speeches, statements, gists),
    *(questions, replies, points, orders, rotation),
)
FLOOR_EVENTS: tuple[type, ...] = (
    caucus_sittings.CaucusReported,
    *(row[0] for one in ON_THE_FLOOR for row in one.EVENTS.values()),
)
SAID = (statements.StatementMade, caucus_sittings.CaucusReported)
# What a delegation says of a chair's text; nobody signs it, and it is no part of the text.
SAID_OF_A_TEXT = chairs_text.Commented
ANSWERS = (questions.ReplyTied, questions.QuestionReplied, questions.QuestionDropped)
# Words between some of the room, and who asked whom for them: nobody's afterwards but on the record.
ASIDE_EVENTS: tuple[type, ...] = (
    *(caucuses.CaucusProposed, caucuses.CaucusTopicSet, caucuses.CaucusCountered, caucuses.CaucusAccepted),
    *(caucuses.CaucusDeclined, caucuses.CaucusLapsed, caucus_sittings.SaidInCaucus, caucus_sittings.BroadcastMade),
    *(caucus_sittings.ReportDrafted, caucus_sittings.ReportAgreed, notes.NoteSent, notes.NoteAnswered),
    *(notes.NotePutAside, notes.WordSent, notes.RefusalNoted, news.NewsSeen, news.NewsAnswered),
    capitals.CapitalWord,
)
# That a caucus met, and who was in it: told as far as it was announced, but not of an item off the record.
CAUCUS_EVENTS: tuple[type, ...] = (
    *(caucuses.CaucusBegan, caucuses.CaucusExtended, caucuses.CaucusTimeUp, caucuses.CaucusLeft),
    caucuses.CaucusClosed,
)
PEOPLE_EVENTS: tuple[type, ...] = (
    *(row[0] for one in (seats, offices, muting, reinviting, presence, forgetting) for row in one.EVENTS.values()),
    *(capitals.CapitalAppointed, capitals.CapitalReleased),
)
# How somebody behaved, and whether their phone slept: it would tell who cannot have spoken, and is nobody's afterwards.
CONDUCT_EVENTS: tuple[type, ...] = (
    *(row[0] for one in (muting, presence) for row in one.EVENTS.values()),
    hot_wash.RoleLeft,
)
STATEMENT = "statement"
REQUEST = "request"
# Which ids an event of the floor carries: field -> what it is the id of. A question is known by its speech; a point
# of order is a call for the floor, too, and counted with them.
IDS = {"statement": STATEMENT, "request": REQUEST, "requests": REQUEST, "before": REQUEST, "speech": REQUEST}
IDS |= {"again": REQUEST, "question": REQUEST, "point": REQUEST}


def name_of(rule: str) -> str:
    """The rule's name, as in a heading."""
    return RULES[rule][0]


def in_full_words(rule: str) -> str:
    """The rule as every screen shows it: its name and what it asks of the reader."""
    name, meaning = RULES[rule]
    return f"{name}: {meaning}"


def is_over(entries: Iterable[Entry]) -> bool:
    """Whether the session of this record has been closed: from then on the rule binds."""
    return any(isinstance(entry.event, SessionClosed) for entry in entries)


def readable(entries: Sequence[Entry], audience: Audience, *, assesses: bool) -> list[Entry]:
    """What an audience may read of a whole record now: what it may see, and once the session is closed, within the
    rule. `assesses`: it keeps the assessment record. Page, API, socket and export all ask here."""
    seen = visible(entries, audience)
    return afterwards(seen) if is_over(entries) and not assesses else seen


def afterwards(entries: Sequence[Entry]) -> list[Entry]:
    """The record as others may read it, by the rule in force on each entry.

    - On the record: unchanged.
    - Not for attribution, Chatham House: what a delegation said keeps its words and its kind and loses person, seat
      and delegation. It moves to the end of its agenda item, at the instant the item ended, several in the order of a
      digest of their words: neither place nor time nor length of speech then points to the speaker. What was said
      outside any item moves to the end of the session in the same way. All else that happened on the floor (who asked
      for it, who had it, for how long, who asked whom, who raised a point of order) is left out, because it would say
      who was speaking. A gist that somebody kept of a speech is treated like a statement, by the rule under which the
      speech was given: the last one of each speech that left nothing in writing.
    - Off the record: what was said, also by the chair, and all that happened on the floor is left out. The agenda
      still tells that a discussion took place, its title and its length.
    - A statement that was withdrawn under any of these rules is left out. The rule of the *statement* decides about
      its withdrawal, whenever that came: a later withdrawal would name the delegation that had spoken.
    - What delegations say of a chair's text is said, too: it stays without its delegation, and stands where the next
      draft was issued, or at the end of the session; of an item off the record it is left out.
    - Caucuses: what a caucus reported is kept as the words of a caucus, as above; that it met, and who was in it, as
      far as that was announced, is told unless the item was off the record. What was said in it, who asked whom for
      it, notes to the chair and the chair's answers, what a delegation and its capital wrote to each other are left
      out: they were nobody else's, and nobody quotes them. So is who was muted, and who was away for a while.
    - A note of the hot wash, which nobody signed, moves like a statement: where in an item it stood would tell who had
      left by then. One from after the session stays in its place: nobody comes or goes any more. Off the record it is
      left out; so is, under any rule but the first, one that the chair took down. A moment that was taken up is told
      unless that was off the record.
    - The chair's own words keep their speaker and their moment: everybody knows who chairs.
    - Formal acts are documents and stay: the agenda, public positions, paragraphs, brackets and amendments, calls and
      answers, dissent, what capitals answer, commitments, outputs, the life of the room. They are signed by
      delegations, so the person who pressed the button is left out; so is the reason that somebody gave on leaving the
      table, which is something said.

    Numbers are given anew (seq, statements, names on the list), since a gap or a count would tell how much was left
    out and where; request ids go. The fold of the result never fails.
    """
    withdrawn = {one.event.statement for one in entries if isinstance(one.event, statements.StatementWithdrawn)}
    withdrawn |= {one.event.note for one in entries if isinstance(one.event, hot_wash.NoteTakenDown)}
    quotable, last_gists = _quotable(entries), _last_gists(entries)
    by_chair = _by_chair(entries)
    kept: list[Entry] = []
    unnamed: list[Entry] = []
    drafts: dict[int, str] = {}
    issued: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry.event, chairs_text.DraftIssued):
            issued[entry.event.document] = entry.event.draft
        if isinstance(entry.event, SAID_OF_A_TEXT):
            drafts[entry.seq] = _draft(entry.event.document, issued.get(entry.event.document, 1))
        if _is_anonymous(entry, withdrawn) or _is_unnamed_gist(entry, last_gists):
            unnamed.append(entry)
        elif _stays(entry, withdrawn, quotable):
            kept.append(_without_person(entry, by_chair))
    return _numbered(_merged(kept, unnamed, drafts))


def _quotable(entries: Iterable[Entry]) -> set[str]:
    """The statements that were made, the questions that were put, and the notes that were written on the record."""
    on_record = [entry.event for entry in entries if entry.attribution == ON_THE_RECORD]
    made = {event.statement for event in on_record if isinstance(event, statements.StatementMade)}
    written = {event.note for event in on_record if isinstance(event, hot_wash.NoteAdded)}
    return made | written | {event.question for event in on_record if isinstance(event, questions.QuestionPut)}


def _last_gists(entries: Iterable[Entry]) -> set[int]:
    """Which entries hold the last gist of a speech that left nothing in writing; or one that no speech is known of."""
    last, alone, in_writing = dict[str, int](), set[int](), set[str]()
    for entry in entries:
        if isinstance(entry.event, gists.GistLogged) and entry.event.speech:
            last[entry.event.speech] = entry.seq
        elif isinstance(entry.event, gists.GistLogged):
            alone.add(entry.seq)
        elif isinstance(entry.event, floor.SpeechEnded) and entry.event.how == floor.SAID:
            in_writing.add(entry.event.speech)
    return alone | {seq for speech, seq in last.items() if speech not in in_writing}


def _is_unnamed_gist(entry: Entry, last_gists: set[int]) -> bool:
    """A gist that may be used without saying whose words it gives."""
    event = entry.event
    return (
        isinstance(event, gists.GistLogged)
        and event.rule not in (ON_THE_RECORD, OFF_THE_RECORD)
        and entry.seq in last_gists
    )


def _by_chair(entries: Sequence[Entry]) -> set[int]:
    """Which entries somebody brought about who was a moderator at that moment, or the clock."""
    joined = (entry.event for entry in entries if isinstance(entry.event, seats.PersonJoined))
    chairs, found = {CLOCK, *(event.person for event in joined if event.role == "moderator")}, set[int]()
    for entry in entries:
        event = entry.event
        if isinstance(event, offices.ModeratorAppointed):
            chairs.add(event.person)
        if entry.actor in chairs:
            found.add(entry.seq)
        if isinstance(event, offices.ModeratorSteppedDown):
            chairs.discard(event.person)
    return found


def _is_anonymous(entry: Entry, withdrawn: set[str]) -> bool:
    """A delegation's words that may be used without saying whose they are."""
    event = entry.event
    if isinstance(event, SAID_OF_A_TEXT):
        return entry.attribution not in (ON_THE_RECORD, OFF_THE_RECORD)
    if isinstance(event, hot_wash.NoteAdded):
        protected = entry.attribution not in (ON_THE_RECORD, OFF_THE_RECORD)
        return protected and bool(event.item) and event.note not in withdrawn
    return (
        isinstance(event, SAID)
        and entry.attribution not in (ON_THE_RECORD, OFF_THE_RECORD)
        and _kind_of(event) not in CHAIR_KINDS
        and event.statement not in withdrawn
    )


def _kind_of(event: Any) -> str:
    if isinstance(event, SAID_OF_A_TEXT):
        return event.paragraph
    return caucus_sittings.REPORT if isinstance(event, caucus_sittings.CaucusReported) else str(event.kind)


def _stays(entry: Entry, withdrawn: set[str], quotable: set[str]) -> bool:
    event = entry.event
    if isinstance(event, statements.StatementWithdrawn):
        return event.statement in quotable
    if isinstance(event, hot_wash.NoteTakenDown):
        return event.note in quotable
    if isinstance(event, gists.GistLogged):
        return event.rule == ON_THE_RECORD
    if isinstance(event, ANSWERS):  # who had asked is protected by the rule under which that was asked
        return event.question in quotable and entry.attribution == ON_THE_RECORD
    if entry.attribution == ON_THE_RECORD:
        return True
    if isinstance(event, (*ASIDE_EVENTS, *CONDUCT_EVENTS, SAID_OF_A_TEXT)):
        return False
    if isinstance(event, (*CAUCUS_EVENTS, hot_wash.MomentTakenUp)):
        return entry.attribution != OFF_THE_RECORD
    if isinstance(event, hot_wash.NoteAdded):
        return entry.attribution != OFF_THE_RECORD and not event.item and event.note not in withdrawn
    if not isinstance(event, FLOOR_EVENTS):
        return True
    if isinstance(event, SAID):
        return (
            _kind_of(event) in CHAIR_KINDS and entry.attribution != OFF_THE_RECORD and event.statement not in withdrawn
        )
    return False


def _without_person(entry: Entry, by_chair: set[int]) -> Entry:
    """The entry without the person behind it, unless the rule lets them be known or the event is about them."""
    if entry.attribution == ON_THE_RECORD:
        return entry
    if isinstance(entry.event, seats.SeatLeft):
        return replace(entry, event=replace(entry.event, reason=""))
    if isinstance(entry.event, PEOPLE_EVENTS):
        return entry
    return entry if entry.seq in by_chair else replace(entry, actor="")


def _draft(document: str, draft: int) -> str:
    return f"{document} {draft}"


def _merged(kept: list[Entry], unnamed: list[Entry], drafts: Mapping[int, str]) -> list[Entry]:
    """The kept entries, with the unnamed words before the end of the item, the draft or the session they belong to.
    `drafts`: to which draft a comment is, by entry."""
    waiting: dict[str, list[Entry]] = {}
    for entry in sorted(unnamed, key=_digest):
        waiting.setdefault(drafts.get(entry.seq) or entry.event.item, []).append(entry)
    merged: list[Entry] = []
    for entry in kept:
        if isinstance(entry.event, chairs_text.DraftIssued):
            before = _draft(entry.event.document, entry.event.draft - 1)
            merged.extend(_said_at(waiting.pop(before, []), entry.at))
        if isinstance(entry.event, ItemEnded | ItemSkipped):  # a suspended item may be broken off
            merged.extend(_said_at(waiting.pop(entry.event.item, []), entry.at))
        if isinstance(entry.event, SessionClosed):
            merged.extend(_rest(waiting, entry.at))
            waiting = {}
        merged.append(entry)
    # A record that stops before the session was closed: still nothing of when it was said.
    merged.extend(_rest(waiting, kept[-1].at if kept else 0))
    return merged


def _digest(entry: Entry) -> str:
    return sha256(f"{_kind_of(entry.event)}\n{entry.event.text}".encode(errors="surrogatepass")).hexdigest()


def _rest(waiting: dict[str, list[Entry]], at: int) -> list[Entry]:
    return [entry for item in sorted(waiting) for entry in _said_at(waiting[item], at)]


def _said_at(unnamed: list[Entry], at: int) -> list[Entry]:
    return [_without_speaker(entry, at) for entry in unnamed]


def _without_speaker(entry: Entry, at: int) -> Entry:
    # Nor is it told under which rule, hence in which item, somebody got round to writing a gist down.
    rule = entry.event.rule if isinstance(entry.event, gists.GistLogged) else entry.attribution
    return replace(entry, at=at, actor="", attribution=rule, event=_unnamed(entry.event))


def _unnamed(event: Any) -> Any:
    if isinstance(event, caucus_sittings.CaucusReported):
        return replace(event, caucus="", delegations=())
    if isinstance(event, SAID_OF_A_TEXT):
        return replace(event, delegation="")
    if isinstance(event, gists.GistLogged):
        event = replace(event, speech="")
    if isinstance(event, hot_wash.NoteAdded):  # nobody signed it
        return event
    return replace(event, person="", seat="", delegation="")


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Entries, statements and names on the list counted anew, in the order in which they now stand."""
    given: dict[tuple[str, str], str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    numbered: list[Entry] = []
    for seq, entry in enumerate(entries, start=1):
        event = entry.event
        if isinstance(event, FLOOR_EVENTS):
            event = _with_new_ids(event, given, counts)
        numbered.append(replace(entry, seq=seq, event=event, request_id=""))
    return numbered


def _with_new_ids(event: Any, given: dict[tuple[str, str], str], counts: Counter[tuple[str, str]]) -> Any:
    changed: dict[str, Any] = {}
    for field, kind in IDS.items():
        old = getattr(event, field, "")
        several = old if isinstance(old, tuple) else (old,)
        for one in several:
            if one and (kind, one) not in given:
                apart = RESTRICTED if one.startswith(RESTRICTED) else ""  # officials' sessions count for themselves
                counts[apart, kind] += 1
                given[kind, one] = f"{apart}{kind[0]}{counts[apart, kind]}"
        if old:
            new = tuple(given[kind, one] for one in several)
            changed[field] = new if isinstance(old, tuple) else new[0]
    return replace(event, **changed)
