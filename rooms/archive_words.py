"""What an archive says of itself, in words: which record it holds, what was left out, how to check it by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of a room's record an archive holds: `title` to choose it by, `record` its name, `holds` a sentence,
    `left_out` sentences, `people` what the read-me says of names."""

    title: str
    record: str
    holds: str
    left_out: tuple[str, ...]
    people: str


NEVER: Final = (
    "Links, tickets, passwords, and when people had a connection: in no archive.",
    "Names that have been forgotten.",
)
NAMES: Final = """people.json     who the people are whom the events call by id, with the role they had at the end;
                a name that was forgotten is empty
"""
SCOPES: Final[Mapping[str, Scope]] = {
    "participants": Scope(
        "Within the attribution rule",
        "within the attribution rule (participants)",
        "It holds what anybody who watched the session may read of it now.",
        (
            "Who spoke, wherever the attribution rule protects it; then also when, and who asked for the floor.",
            "What was said off the record.",
            "What delegations wrote among themselves, to the chair, to their capitals and in caucuses; their packs.",
            "All names of people: the events call them by id.",
            NEVER[0],
        ),
        "",
    ),
    "assessment": Scope(
        "Assessment record",
        "assessment record (moderator)",
        "It holds what the moderator may read, with names, whatever rule people spoke under: do not hand it on.",
        (
            "What delegations wrote among themselves, and in caucuses that the chair does not read.",
            "Answers given under seal: only what was counted of them is in the record.",
            *NEVER,
        ),
        NAMES,
    ),
    "everything": Scope(
        "Everything",
        "everything (who keeps the installation)",
        "It holds every private word of every delegation, and sealed answers with who gave them: keep it like the "
        "database itself, and give it to nobody who may not read all of that.",
        NEVER,
        NAMES,
    ),
}

READ_ME: Final = """{title}
The record of one session as an archive, packed by {made_by}.

Which record
{record}. {holds}
Attribution rule of the session: {attribution}
Left out:
{left_out}

The files
manifest.json   what this is: room, scope, number of events, hash of the last one, SHA-256 of every other file
events.jsonl    the events in order, one JSON object a line
dictionary.json what each kind of event means, and its fields
{people}
An event has: seq (counted from 1), at (milliseconds since 1970 UTC), name and version (its kind), actor (the id of
who brought it about; "clock" for what its time brought about; empty where that is not told), audience (the groups who
could see it), attribution (the rule in force), data (its fields), request_id, hash.

How to check it by hand
The {events} events are a chain: each hash covers the event and the hash before it. For each line, in order:
1. Read the object. Put "hash" aside, and add "room" with the value "{code}".
2. Write it as JSON again: keys sorted at every depth, no spaces, UTF-8; in strings escape only the quote, the
   backslash and control characters (\\n, \\t, \\r, \\b, \\f, else \\u00XX). A line of the file is spelled so already.
3. Put the hash of the line before in front of it, as 64 letters and digits; nothing for the first line.
4. The SHA-256 of that, in hexadecimal, is the hash you put aside.
The last hash is the head: {head}
In Python:

    import hashlib, json
    link = ""
    for line in open("events.jsonl", encoding="utf-8"):
        event = json.loads(line)
        told = event.pop("hash")
        event["room"] = "{code}"
        body = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        link = hashlib.sha256((link + body).encode()).hexdigest()
        assert link == told, f"event {{event['seq']}} is not what was written"
    print(link)

What this proves: that nothing was changed, left out or moved since the head was computed. Who computed it, it does
not prove: whoever has the file can change it and compute every hash again. Compare the head with the one that the
sender tells you in another way, or with one that was noted when the session ended. No hash but the manifest's covers
names.

`manage.py verify_record FILE` does all this; `manage.py import_record FILE`, or "Bring in a record" on the page
"Your rooms", makes a room of it that can be replayed.
"""
