"""What the later parts of a report hold: who met whom, injects, commitments, decision points, the short view and
quotes; `report_texts` has the history of texts. Frozen records, as in `report`: no sums and no sentences of their own.

As there, instants are ms since 1970 UTC, a *cursor* opens the record at the moment it names, and a delegation is named
by its code, "" for the chair or for nobody. `…_ms` are lengths; where not said otherwise only time in which the session
ran. A count is None where the reader's record cannot tell it; 0 always means that there was none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `kind` is one of `timeline.KINDS`."""

    cursor: int
    at: int
    kind: str
    sentence: str
    delegation: str
    item: str


# Who met whom


@dataclass(frozen=True, slots=True)
class Sitting:
    """A caucus that met. `delegations` were there from its beginning, `left` went before its end. `how` it ended, ""
    while it sits; `reports` open the lines it brought back, where the record tells that they are its own."""

    caucus: str
    delegations: tuple[str, ...]
    names: tuple[str, ...]
    announced: bool
    began_at: int
    cursor: int
    ended_at: int | None
    ended_cursor: int | None
    how: str
    ms: int
    left: tuple[str, ...]
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """How often two delegations sat in one caucus, and for how long together; `cursors` open each sitting."""

    first: str
    second: str
    times: int
    ms: int
    cursors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """What a delegation that sat at the table took part in. `met`: how many others it sat in a caucus with; `calls`
    were put to it, `answered` it answered; `filed`: public positions; `even_ms`: what each seated delegation would have
    had of all time with the floor, had it been even, and `beyond_ms` how far above (below: negative) it was."""

    delegation: str
    name: str
    sittings: int
    ms: int
    met: int
    floor_ms: int
    even_ms: int
    beyond_ms: int
    speeches: int
    statements: int
    filed: int
    calls: int
    answered: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who took no part in something. `kind`: caucus, floor, positions or calls; `known` False where the record cannot
    tell, and then nobody is named."""

    kind: str
    sentence: str
    known: bool
    delegations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Who turned to whom: `kind` is question, reply or right_of_reply; `cursors` open each."""

    first: str
    second: str
    kind: str
    times: int
    cursors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """`pairs`: every two delegations that sat at the table, also those that never met aside. `all_told`: no caucus can
    have met that this record does not tell of; else all counts of caucuses are of those that it tells of."""

    sittings: tuple[Sitting, ...] = ()
    pairs: tuple[Pair, ...] = ()
    presence: tuple[Presence, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    all_told: bool = True


# Injects


@dataclass(frozen=True, slots=True)
class Response:
    """What a delegation told the chair that it does about news; `ms` after it came, by the clock on the wall."""

    delegation: str
    name: str
    text: str
    at: int
    cursor: int
    ms: int


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What followed within ten minutes by the clock on the wall: `kind` is moves (a preferred option changed),
    brackets (opened), caucuses (began) or calls (opened). A sequence, never a cause."""

    kind: str
    times: int
    cursors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InjectReport:
    """An inject, for who knows of injects; a piece of news with `inject` "" and `number` 0 for who only got that.
    `planned` and `to_words` are said in words, `into_ms` is how far into the session it was released. `seats` somebody
    sat on got it when it was released, `seen` of these read it, half of them within `median_ms` by the clock on the
    wall; all None where the record cannot tell. `responses` None in the same way."""

    inject: str
    number: int
    title: str
    sender: str
    to: tuple[str, ...]
    to_words: str
    planned: str
    objective: str
    expected: str
    contingency: str
    status: str
    released_at: int | None
    cursor: int | None
    into_ms: int | None
    seats: int | None
    seen: int | None
    median_ms: int | None
    responses: tuple[Response, ...] | None
    contingency_at: int | None
    contingency_cursor: int | None
    outcome: str
    closed_at: int | None
    closed_cursor: int | None
    after: tuple[Afterwards, ...]


# Commitments


@dataclass(frozen=True, slots=True)
class CommitmentReport:
    """`label` is what the room called it (C3); `waits_for` the labels of what it waits for. `place` counts the steps
    of the road map from 1, None for what is linked with nothing. `moved_cursor` opens what became of it last;
    `claims` how often it was claimed done. `overdue`: it was at some moment; `withheld`: it was held back at some
    moment; `verified`: it is."""

    commitment: str
    label: str
    act: str
    actor: str
    actor_name: str
    beneficiary: str
    beneficiary_name: str
    verifier: str
    verifier_name: str
    standard: str
    track: str
    horizon: str
    date: str
    status: str
    document: str
    paragraph: str
    drawn_at: int
    cursor: int
    moved_at: int
    moved_cursor: int
    claims: int
    overdue: bool
    overdue_cursor: int | None
    withheld: bool
    withheld_cursor: int | None
    verified: bool
    verified_cursor: int | None
    place: int | None
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of a kind; `which` are their labels."""

    kind: str
    times: int
    which: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one delegation does and receives, as on the road map: `given` and `received` of it are claimed done or
    verified; others wait for `first` of its commitments while these wait for nothing."""

    delegation: str
    name: str
    gives: int
    given: int
    receives: int
    received: int
    first: int


@dataclass(frozen=True, slots=True)
class Given:
    """How many commitments one delegation has to another, "" for all others; `done` of them claimed or verified."""

    actor: str
    beneficiary: str
    times: int
    done: int
    which: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """`second` waits for `first`, or goes with it in parallel; labels. `kind` parallel, after or verification; `met`:
    it need not wait any more; `cursor` opens where they were linked."""

    first: str
    second: str
    kind: str
    met: bool
    cursor: int


@dataclass(frozen=True, slots=True)
class Warned:
    """`kind`: circle, unpromised, front_loaded, no_verifier or no_text; `about` are labels."""

    kind: str
    sentence: str
    about: tuple[str, ...]
    delegations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """`order`: the steps of the road map, each a tuple of labels that can begin once those before are done. Dropped
    commitments are in `commitments` and `by_status` and nowhere else."""

    commitments: tuple[CommitmentReport, ...] = ()
    by_status: tuple[Tally, ...] = ()
    by_link: tuple[Tally, ...] = ()
    by_horizon: tuple[Tally, ...] = ()
    by_track: tuple[Tally, ...] = ()
    balance: tuple[Share, ...] = ()
    to_whom: tuple[Given, ...] = ()
    order: tuple[tuple[str, ...], ...] = ()
    waits: tuple[Wait, ...] = ()
    warnings: tuple[Warned, ...] = ()

    @property
    def standing(self) -> tuple[CommitmentReport, ...]:
        """All but the dropped."""
        return tuple(one for one in self.commitments if one.status != "dropped")


# Decision points


@dataclass(frozen=True, slots=True)
class Knew:
    """What one delegation had when something was decided. `people` sat for it, on `seats`: the eyes to look through;
    `filed` issues on which it had a public position; `news` that had reached it, also with everybody, `caucuses`
    it had sat in and `instructions` its capital had sent: None where the reader may not know."""

    delegation: str
    name: str
    people: int
    seats: tuple[str, ...]
    filed: int
    news: int | None
    caucuses: int | None
    instructions: int | None


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """A call when it opened, or a capital's answer. `kind`: consensus, silence, vote or ratification; `what` was
    decided on, in words; `delegation` whose capital answered, "" for a call; `status` and `result` what came of it. At
    that moment, just before it: `into_ms` of the session had run, `paragraphs` stood in the text, `brackets` were open
    in it, `filed` of `issues` times delegations had a public position, `seated` delegations had somebody at the table.
    `news` had gone to everybody. `cursor` opens it, `ended_cursor` its end."""

    kind: str
    call: str
    document: str
    what: str
    delegation: str
    at: int
    cursor: int
    into_ms: int
    paragraphs: int
    brackets: int
    issues: int
    filed: int
    seated: int
    status: str
    result: str
    ended_at: int | None
    ended_cursor: int | None
    news: int
    knew: tuple[Knew, ...]


# The short view and quotes


@dataclass(frozen=True, slots=True)
class OnePage:
    """`rule` says in words how `moments` were chosen out of `of` lines of the timeline."""

    rule: str = ""
    of: int = 0
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """`statement` and `cursor` as in the report's statements; `why` says by which part of the rule it was chosen."""

    statement: str
    cursor: int
    at: int
    speaker: str
    delegation: str
    item_title: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """`rule` says in words how `chosen` were chosen out of `of` statements."""

    rule: str = ""
    of: int = 0
    chosen: tuple[Quote, ...] = ()
