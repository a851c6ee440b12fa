"""The pages of the editor: which part of a document each one edits, and the fields of its entries.

A page edits one table (`entries` empty) or one list of tables. The whole of format 2 stands here once: forms, the
check of an imported zip and the list of pages all follow it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from delegations import words
from delegations.editing.document import Json, issues
from delegations.editing.fields import (
    MOST_ROWS,
    Answers,
    Around,
    Choice,
    Choices,
    Field,
    Flag,
    Key,
    Lines,
    Named,
    Number,
    OptionsByIssue,
    Prose,
    Text,
    When,
)
from delegations.editing.rows import Rows, Sources
from delegations.words import AgendaKind, Attribution, CaucusExistence, DecisionRule, Horizon, PackItemKind, SeatKind

SOURCES: Final = Sources("sources", "Where this comes from", "Every sentence says so, also what you made up.")
TEXT: Final = Prose("text", "Text")


def _fixed(choices: Named) -> Any:
    return lambda around, entry: choices


def _delegations(around: Around, entry: Json) -> Named:
    return around.delegations


def _everybody(around: Around, entry: Json) -> Named:
    return [("all", "Everybody"), *around.delegations]


def _options(around: Around, entry: Json) -> Named:
    return [(key, f"{key}: {label}") for key, label in around.options(entry.get("issue", ""))]


@dataclass(frozen=True)
class Page:
    """`name` is its address, `file` the file of the folder, `entries` the list in it; `called` one entry in words."""

    name: str
    title: str
    hint: str
    file: str
    fields: tuple[Field, ...]
    entries: str = ""
    called: str = ""
    named_by: str = ""
    code: str = ""  # of the delegation whose pack it belongs to
    part: str = ""  # of the file, where it edits one table within it

    def table(self, document: Json) -> Json:
        """The table that holds what this page edits, made where it is not there yet."""
        if self.code:
            pack: Json = document["packs"].setdefault(self.code, {"who": ""})
            return pack
        whole: Json = document[self.file.removesuffix(".toml")]
        return whole.setdefault(self.part, {}) if self.part else whole

    def list(self, document: Json) -> list[Json]:
        found: list[Json] = self.table(document).setdefault(self.entries, [])
        return found

    def place(self, entry: Json, number: int) -> str:
        """How the code that reads folders names this entry in its sentences; `number` counts from 1."""
        label = entry.get(self.named_by) if self.named_by else None
        word = {"delegations": "delegation"}.get(self.entries, self.entries)
        word = word.replace("_", " ") if self.code else word
        return f"{self.file}, {word} '{label}'" if isinstance(label, str) and label else f"{self.file}, {word} {number}"


COVER: Final = Page(
    "cover",
    "Cover",
    "What the library shows. A moment and a place make an exercise: what comes after it nobody at the table knows.",
    "scenario.toml",
    (
        Text("title", "Title"),
        Key("slug", "Short name", "In addresses: small letters, digits, hyphens. Another name makes another exercise."),
        Text("moment", "Moment", "Place and date, such as “Tokyo, 3-4 December 1997”."),
        Prose("summary", "Summary", "One or two sentences."),
        Choices("papers", "Papers it draws on", choices=lambda around, entry: around.papers),
        Flag("outline", "An outline", "Not to be played yet, whatever is written."),
        Flag("frame", "A frame to fill", "Made for others to fill in; what it lacks is not held against it."),
    ),
)
RULES: Final = Page(
    "rules",
    "Rules of the table",
    "The format of the meeting. Everybody sees it beside the table.",
    "scenario.toml",
    (
        Text("name", "Name of the format", most=words.LABEL),
        Choice("attribution", "Attribution", choices=_fixed(Attribution.choices)),
        Choice("decision", "Decision", choices=_fixed(DecisionRule.choices)),
        Text("output", "Ends in", "Such as “chair's summary” or “joint statement”.", most=words.LABEL),
        Number("speech_seconds", "Seconds for a speech", least=10, most=words.MOST_SPEECH_SECONDS),
        Flag("points_of_order", "Points of order may be raised"),
        Flag("votes", "The chair may put texts and amendments to the vote", unless_said=True),
        Choice(
            "caucus_existence",
            "Caucuses",
            required=False,
            none="as usual: announced",
            choices=_fixed(CaucusExistence.choices),
        ),
        Flag("caucus_readable_by_chair", "The chair may read caucuses"),
        Flag("caucus_at_any_time", "Delegations may ask for a caucus at any time, not only in an informal period"),
        Lines("rules", "What a student must know", "Plain sentences, one a line."),
    ),
    part="format",
)
SEAT: Final = (
    Choice("kind", "Kind", choices=_fixed(SeatKind.choices)),
    Text("title", "Title", most=words.LABEL),
    Text("id", "Name in files", "May stay empty.", most=words.KEY),
)
DELEGATIONS: Final = Page(
    "delegations",
    "Delegations",
    "Who sits at the table, in the order of the table. Colour and pattern together tell them apart.",
    "scenario.toml",
    (
        Text("code", "Monogram", "2 to 6 capital letters, such as PRC.", most=6),
        Text("name", "Name", most=words.LABEL),
        Text("full_name", "Full name"),
        Number("hue", "Colour", "0 to 9", most=words.MARKS - 1),
        Number("pattern", "Pattern", "0 to 9", most=words.MARKS - 1),
        Flag("optional", "Optional", "The exercise also works without it."),
        Rows("seats", "Seats", called="seat", fields=SEAT),
    ),
    "delegations",
    "delegation",
    "code",
)
PARAGRAPH: Final = (Text("heading", "Heading", "May stay empty.", required=False), TEXT, SOURCES)
BRIEF: Final = Page(
    "brief",
    "Situation brief",
    "What everybody knows: about two pages, dated to the moment of the exercise.",
    "brief.toml",
    PARAGRAPH,
    "paragraph",
    "paragraph",
    "id",
)
OPTION: Final = (
    Text("label", "Label", "A few words.", most=words.LABEL),
    Prose("detail", "Detail", "One sentence."),
    Text("id", "Letter", "May stay empty.", most=words.KEY),
)
ISSUES: Final = Page(
    "issues",
    "Issues",
    "Each is a question with three to six answers, in order from one end to the other.",
    "issues.toml",
    (
        Text("title", "Title"),
        Text("question", "Question", most=words.LOCATOR),
        Text("axis", "What the order means", "From ... to ...", most=words.LOCATOR),
        Rows("option", "Options, in order", called="option", fields=OPTION),
        SOURCES,
        Key("id", "Short name", "Packs name the issue by it. May stay empty."),
    ),
    "issue",
    "issue",
    "id",
)
AGENDA: Final = Page(
    "agenda",
    "Agenda",
    "What is done when, and for how long. The moderator of a room can always change it.",
    "agenda.toml",
    (
        Text("title", "Title"),
        Choice("kind", "Kind", choices=_fixed(AgendaKind.choices)),
        Number("minutes", "Minutes", least=1, most=words.MOST_MINUTES),
        Choice("issue", "On the issue", required=False, none="none", choices=lambda around, entry: around.issues),
        Choices("presenters", "Who presents, one per delegation", choices=_fixed(SeatKind.choices)),
        Choices("may_speak", "Who may take the floor", "Nobody ticked: everybody.", choices=_fixed(SeatKind.choices)),
        Choice(
            "attribution",
            "Attribution",
            required=False,
            none="as at the whole table",
            choices=_fixed(Attribution.choices),
        ),
        Key("id", "Short name", "Injects name the item by it. May stay empty."),
    ),
    "item",
    "item",
    "id",
)
INJECTS: Final = Page(
    "injects",
    "Injects",
    "News that the moderator may hand out. Players must not know that it exists.",
    "injects.toml",
    (
        Text("title", "Title"),
        Prose("text", "Text", "As it is handed out."),
        Text("from", "From", "Such as “Wire service” or “Your capital”."),
        Choices("to", "To", required=True, choices=_everybody),
        When("when", "When"),
        Prose("objective", "Objective", "What it is meant to bring about."),
        Prose("expected", "Expect", "What a good delegation does."),
        Prose("contingency", "If not", "What the moderator does then."),
        SOURCES,
        Key("id", "Short name", "May stay empty."),
    ),
    "inject",
    "inject",
    "id",
)
HISTORY: Final = Page(
    "history",
    "What in fact happened",
    "For the debrief, each paragraph with a public source.",
    "history.toml",
    PARAGRAPH,
    "paragraph",
    "paragraph",
    "id",
)
ROADMAP: Final = Page(
    "roadmap",
    "Road map",
    "Where a paper draws one: who does what for whom, track by track. An exercise may go without.",
    "roadmap.toml",
    (
        Text("track", "Track", most=words.LABEL),
        Choice("horizon", "Term", choices=_fixed(Horizon.choices)),
        TEXT,
        Choices("actors", "Who does it", required=True, choices=_delegations),
        Choices("counterpart", "For whom", required=True, choices=_delegations),
        SOURCES,
        Key("id", "Short name", "May stay empty.", made_from="track"),
    ),
    "measure",
    "measure",
    "id",
)
COMMON: Final = (COVER, RULES, DELEGATIONS, BRIEF, ISSUES, AGENDA, INJECTS, HISTORY, ROADMAP)

POSITION: Final = (
    Choice("issue", "Issue", choices=lambda around, entry: around.issues),
    Number("priority", "Rank", "1 is the most important.", least=1, most=MOST_ROWS),
    Choice("preferred", "You prefer", choices=_options),
    Choices("acceptable", "You can live with", "The preferred one among them.", required=True, choices=_options),
    Choices("red_lines", "Red lines", required=True, choices=_options),
    Prose("text", "Why"),
    Prose("conditions", "On these terms", required=False),
    Prose("fallback", "If you cannot get it", required=False),
    SOURCES,
)
CONSTITUENCY: Final = (
    Text("name", "Name"),
    Number("weight", "Weight", "Of 100, which all of them share.", least=1, most=words.WEIGHTS),
    TEXT,
    OptionsByIssue("accepts", "Accepts"),
    OptionsByIssue("punishes", "Punishes"),
    SOURCES,
)
QUESTION: Final = (
    Prose("question", "Question"),
    Answers("answers", "Answers", "Three or four; mark the right one."),
    Prose("why", "Why it is right"),
    SOURCES,
)
PLAIN: Final = (TEXT, SOURCES)
# The sections of a pack, in the order in which it is read: kind, title, hint, fields, what names an entry.
SECTIONS: Final[tuple[tuple[str, str, str, tuple[Field, ...], str], ...]] = (
    (PackItemKind.INTEREST, "Interests", "What you want, in this order.", PLAIN, ""),
    (PackItemKind.RED_LINE, "Red lines", "What you must never accept.", PLAIN, ""),
    ("position", "Positions", "Where you stand, issue by issue.", POSITION, "issue"),
    (PackItemKind.KNOWS, "What only you know", "What you know and others do not.", PLAIN, ""),
    (
        PackItemKind.RELATION,
        "Relations",
        "How you stand to each of the others.",
        (Choice("to", "To", choices=lambda around, entry: around.others), TEXT, SOURCES),
        "to",
    ),
    (PackItemKind.CONSTITUENCY, "Constituencies", "Who must be satisfied at home.", CONSTITUENCY, "name"),
    (PackItemKind.CONSTRAINT, "Constraints", "What binds you.", PLAIN, ""),
    (PackItemKind.TALKING_POINT, "Talking points", "What you can say; the first stands on the first page.", PLAIN, ""),
    (
        PackItemKind.FIGURE,
        "Facts and figures",
        "Numbers exactly as the source has them.",
        (Text("label", "What", most=words.LOCATOR), Prose("value", "How much"), SOURCES),
        "label",
    ),
    (PackItemKind.RECOMMENDATION, "Recommendations", "What the paper recommends to you: all of it.", PLAIN, ""),
    (PackItemKind.QUESTION, "Check yourself", "Five questions that a reader of the pack can answer.", QUESTION, ""),
)

CALLED: Final = {PackItemKind.KNOWS.value: "line"}


def pack_pages(code: str, name: str) -> tuple[Page, ...]:
    """The first is the pack's own: who the delegation is."""
    file = f"packs/{code}.toml"
    who = (Prose("who", "Who you are", "A paragraph that a student reads first."),)
    first = Page(f"pack-{code}", name or code, "What this delegation alone will read.", file, who, code=code)
    return (
        first,
        *(
            Page(
                f"pack-{code}-{kind}",
                title,
                hint,
                file,
                fields,
                str(kind),
                CALLED.get(kind, kind.replace("_", " ")),
                named_by,
                code,
            )
            for kind, title, hint, fields, named_by in SECTIONS
        ),
    )


def all_pages(document: Json) -> Iterator[Page]:
    yield from COMMON
    for one in document["scenario"].get("delegations", []):
        yield from pack_pages(one["code"], one.get("name", ""))


def find_page(document: Json, name: str) -> Page | None:
    return next((page for page in all_pages(document) if page.name == name), None)


def around(document: Json, *, code: str, papers: Named) -> Around:
    """What entries may name; `code`: the delegation whose pack is edited, or nothing."""
    named = [(one["code"], one.get("name") or one["code"]) for one in document["scenario"].get("delegations", [])]
    return Around(
        document=document,
        delegations=named,
        others=[one for one in named if one[0] != code],
        issues=[(one.get("id", ""), one.get("title") or one.get("id", "")) for one in issues(document)],
        agenda=[(one.get("id", ""), one.get("title") or one.get("id", "")) for one in document["agenda"]["item"]],
        papers=papers,
    )
