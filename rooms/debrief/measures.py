"""The measures of a session: one pass over the record, then counting.

`report` is given entries that its reader may see and never decides sight or attribution itself. What a delegation
keeps to itself (its channel, its private positions, its pack) is not counted even where the entries hold it.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rooms.debrief import (
    against,
    decision_points,
    findings,
    meetings,
    perceived,
    promises,
    reactions,
    short_view,
    text_history,
    washed,
)
from rooms.debrief.decisions_told import ANSWERS
from rooms.debrief.notes import Notes, taken
from rooms.debrief.reading import GIST, Clock, Reading, reader_of
from rooms.debrief.report import (
    AgendaLine,
    Answered,
    CallReport,
    Delegation,
    Filed,
    IssueReport,
    ItemRule,
    ParagraphReport,
    Path,
    Put,
    Report,
    Rules,
    Said,
    SpeakingLine,
    Spread,
    StandAside,
    StatementLine,
    TextReport,
)
from rooms.domain import attribution
from rooms.domain.calls import Call, adoption_of, rule_in_words
from rooms.domain.documents import Document, Paragraph, numbered
from rooms.domain.items import Item
from rooms.domain.labels import is_joint, is_provisional, label_of, stands, status_line
from rooms.domain.prepared import Issue
from rooms.domain.record import Entry
from rooms.domain.state import RoomState
from rooms.domain.wording import runs

OFFICIALS = "officials"  # the kind of an item whose floor only officials and the chair read of


def report(entries: Sequence[Entry]) -> Report:
    """Everything that is counted about a session, over the entries that the reader may see."""
    notes = taken(entries)
    state = notes.state
    delegations = _delegations(notes)
    names = {one.code: one.name for one in delegations}
    calls = tuple(_call(call, notes, names) for call in state.decisions.calls)
    documents = tuple(_text(document, calls, notes, names) for document in state.texts.documents)
    issues = tuple(_issue(issue, notes, delegations) for issue in state.prepared.issues)
    statements = tuple(notes.statements)
    speaking = _speaking(notes, delegations, statements)
    clock = Clock(state.room.started_at, state.room.closed_at or state.at, notes.pauses)
    items = _agenda(notes, clock)
    reading = Reading(
        state,
        clock,
        reader_of(entries),
        names,
        {one.cursor: one for one in notes.timeline},
        tuple(one.code for one in delegations if one.seated),
    )
    promised, ends = promises.promises(notes.of_promises, reading), against.landed(state)
    return Report(
        title=state.room.title,
        scenario=state.prepared.scenario_title,
        moment=state.prepared.moment,
        status=state.room.status,
        opened_at=state.room.opened_at,
        started_at=state.room.started_at,
        closed_at=state.room.closed_at,
        live_ms=clock.into_ms(clock.until),
        paused_ms=sum(until - since for since, until in notes.pauses) - notes.adjourned_ms,
        adjourned_ms=notes.adjourned_ms,
        headline=findings.headline([one for one in calls if not one.amendment], documents),
        rules=_rules(notes),
        delegations=delegations,
        issues=issues,
        calls=calls,
        texts=documents,
        agenda=items,
        speaking=speaking,
        statements=statements,
        said=_said(statements),
        timeline=tuple(notes.timeline),
        limits=findings.limits(
            delegations,
            issues,
            closed=state.room.status == "closed",
            protected=[
                i.attribution for i in items if i.actual_ms is not None and i.attribution != attribution.ON_THE_RECORD
            ],
            names_speakers=notes.names_speakers,
            unwritten=sum(speech.how != "said" and speech.speech not in notes.gists for speech in notes.speeches),
        )
        + findings.not_inferred(
            caucuses_told=reading.knows_caucuses,
            whole=reading.reader.whole,
            of_chair=reading.reader.of_chair,
            news=bool(state.news.pieces),
            gists=sum(one.statement.startswith(GIST) for one in statements),
        ),
        names_speakers=notes.names_speakers,
        histories=text_history.histories(notes.of_texts, reading),
        meetings=meetings.meetings(notes.of_meetings, reading, speaking, issues, _knows_floor(reading, items)),
        reactions=reactions.reactions(notes.of_reactions, reading),
        promises=promised,
        decision_points=decision_points.decision_points(notes.of_points, reading, calls),
        one_page=short_view.one_page(notes.of_short, notes.timeline),
        quotes=short_view.quotes(notes.of_short, statements),
        stood=tuple(notes.pauses),
        perceptions=perceived.measured(entries, state, issues),
        wash=washed.measured(entries, state),
        mandates=against.mandates(state, delegations, issues, ends),
        papers=against.papers(state, delegations, promised, ends),
        in_fact=against.in_fact(state),
    )


def _delegations(notes: Notes) -> tuple[Delegation, ...]:
    return tuple(
        Delegation(one.code, one.name, one.full_name, one.hue, one.pattern, one.code in notes.seated)
        for one in notes.state.prepared.delegations
    )


def _rule_of(item: Item, notes: Notes) -> str:
    """The rule under which an item began, or is to begin."""
    return notes.items_under.get(item.id) or item.attribution or notes.state.room.attribution


def _rules(notes: Notes) -> Rules:
    state = notes.state
    under = ((item, _rule_of(item, notes)) for item in state.agenda.items)
    own = tuple(
        ItemRule(item.id, item.title, rule, attribution.in_full_words(rule))
        for item, rule in under
        if rule != state.room.attribution
    )
    words = attribution.in_full_words(state.room.attribution)
    plan = state.prepared
    return Rules(plan.format_name, state.room.attribution, words, plan.decision_rule, plan.output, own, plan.summary)


# Positions


def _issue(issue: Issue, notes: Notes, delegations: Sequence[Delegation]) -> IssueReport:
    filed = {one.code: notes.filed[issue.id, one.code] for one in delegations if (issue.id, one.code) in notes.filed}
    paths = tuple(_path(code, each) for code, each in filed.items())
    at_start = _spread([path.first.place for path in paths])
    at_end = _spread([path.last.place for path in paths])
    return IssueReport(
        issue.id,
        issue.title,
        issue.question,
        issue.axis,
        tuple((option.id, option.label) for option in issue.options),
        paths,
        tuple(one.code for one in delegations if one.seated and one.code not in filed),
        at_start,
        at_end,
        findings.issue(paths, len(issue.options), at_start, at_end),
    )


def _path(code: str, filed: Sequence[Filed]) -> Path:
    steps = [after.place - before.place for before, after in pairwise(filed)]
    return Path(
        code,
        tuple(filed),
        filed[0],
        filed[-1],
        changes=len(steps),
        moves=sum(step != 0 for step in steps),
        moved=sum(steps),
        travelled=sum(map(abs, steps)),
    )


def _spread(places: Sequence[int]) -> Spread | None:
    if not places:
        return None
    lowest, highest = min(places), max(places)
    return Spread(len(places), len(set(places)), lowest, highest, highest - lowest + 1)


# Decisions and texts


# How an amendment is put that has no words of its own.
WITHOUT_WORDS = {"delete": "To take the paragraph out.", "move": "To move the paragraph."}
# What somebody did who said nothing, where nobody was asked to join.
UNSAID = {"silence": "did not object", "vote": "did not vote"}


def _call(call: Call, notes: Notes, names: Mapping[str, str]) -> CallReport:
    answers = tuple(_answered(call, code, names) for code in call.electorate)
    return CallReport(
        call.id,
        call.document,
        call.title,
        call.rule,
        _put(call, notes.state),
        call.status,
        findings.result(call.status, answers, call.rule, call.tally),
        answers,
        call.opened_at,
        call.ended_at,
        notes.called[call.id],
        call.kind,
        bool(call.subject),
        rule_in_words(call),
    )


def _put(call: Call, state: RoomState) -> tuple[Put, ...]:
    document = state.texts.document(call.document)
    amendment = document.amendment(call.subject) if document else None
    otherwise = WITHOUT_WORDS.get(amendment.kind, "") if amendment else ""
    return tuple(Put(n, paragraph, text or otherwise) for n, (paragraph, text) in enumerate(call.paragraphs, start=1))


def _answered(call: Call, code: str, names: Mapping[str, str]) -> Answered:
    given = call.answers.get(code)
    if call.method == "secret":
        words = "voted in secret" if code in call.dropped else "did not vote"
        return Answered(code, names.get(code, code), "secret", words, "", None)
    kind = given.kind if given else "silent"
    words = ANSWERS[kind] if given else UNSAID.get(call.kind, ANSWERS[kind])
    return Answered(
        code, names.get(code, code), kind, words, given.reason if given else "", given.at if given else None
    )


def _text(document: Document, calls: Sequence[CallReport], notes: Notes, names: Mapping[str, str]) -> TextReport:
    by = adoption_of(notes.state, document.id)
    adopting = next((one for one in calls if by and one.call == by.id), None)
    answers = adopting.answers if adopting else ()
    return TextReport(
        document.id,
        document.title,
        f"{label_of(notes.state, document)}. {status_line(notes.state, document)}",
        document.status,
        tuple(_paragraph(document, n, *one, names) for n, one in enumerate(numbered(document), start=1)),
        len(document.paragraphs) - len(document.standing),
        adopting.ended_at if adopting else None,
        _outcome(document, notes.state),
        tuple(
            StandAside(adopting.call, document.id, document.title, one.delegation, one.name, one.reason)
            for one in answers
            if adopting and one.answer == "stand_aside"
        ),
    )


def _outcome(document: Document, state: RoomState) -> str:
    if document.status != "adopted":
        return "shelved" if document.status == "shelved" else ""
    if not stands(state, document):
        return "failed"
    if is_provisional(state, document):
        return "waiting"
    return "agreed" if is_joint(state, document) else "by_vote"


def _paragraph(
    document: Document, n: int, called: str, paragraph: Paragraph, names: Mapping[str, str]
) -> ParagraphReport:
    proposer = paragraph.proposer
    name = names.get(proposer, proposer) or "The chair"
    text = "".join(one.text for one in runs(document, paragraph))
    return ParagraphReport(n, called, paragraph.id, text, proposer, name, paragraph.version)


# Time


def _knows_floor(reading: Reading, items: Sequence[AgendaLine]) -> bool:
    """Whether the record tells of every speech whose it was."""
    apart = any(one.kind == OFFICIALS and one.actual_ms is not None for one in items)
    return reading.reader.whole and (reading.reader.of_chair or not apart)


def _agenda(notes: Notes, clock: Clock) -> tuple[AgendaLine, ...]:
    return tuple(_agenda_line(item, notes, clock) for item in notes.state.agenda.items)


def _agenda_line(item: Item, notes: Notes, clock: Clock) -> AgendaLine:
    began = notes.items_began.get(item.id)
    ended_at = notes.items_ended.get(item.id)
    stretches = notes.items_ran.get(item.id, [])
    actual = None if began is None else sum(clock.ran_ms(since, until) for since, until in stretches)
    return AgendaLine(
        item.id,
        item.title,
        item.kind,
        _rule_of(item, notes),
        item.status,
        item.minutes,
        notes.extended.get(item.id, 0),
        actual,
        began[0] if began else None,
        ended_at,
        item.note,
        began[1] if began else None,
    )


def _speaking(
    notes: Notes, delegations: Sequence[Delegation], statements: Sequence[StatementLine]
) -> tuple[SpeakingLine, ...]:
    total = sum(speech.spoken_ms for speech in notes.speeches)
    lines = []
    for one in delegations:
        own = [speech.spoken_ms for speech in notes.speeches if speech.delegation == one.code]
        made = sum(line.delegation == one.code for line in statements)
        share = sum(own) / total if total else None
        lines.append(SpeakingLine(one.code, one.name, sum(own), len(own), made, share))
    return tuple(lines)


def _said(statements: Sequence[StatementLine]) -> Said:
    by_chair = sum(one.kind in attribution.CHAIR_KINDS for one in statements)
    named = sum(bool(one.delegation) for one in statements)
    withdrawn = sum(one.withdrawn for one in statements)
    return Said(len(statements), by_chair, named, len(statements) - by_chair - named, withdrawn)
