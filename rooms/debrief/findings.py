"""Sentences that the numbers allow, and no more: the headline, what is missing.

Counts and ranges only. Nothing here grades anybody. What a text may be called is said by `outputs` alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from rooms.debrief import wording
from rooms.debrief.report import Answered, CallReport, Delegation, IssueReport, Path, Spread, TextReport

PROTECTED = {
    "not_for_attribution": "for items that are not for attribution",
    "chatham_house": "for items under the Chatham House Rule",
}


# What was not adopted by consensus is never said to be.
ADOPTED_BY = {"vote": "adopted by vote", "silence": "adopted under silence"}
NOT_ADOPTED = {
    "broken": "the silence was broken",
    "stopped": "the silence was objected to",
    "rejected": "rejected by vote",
    "vetoed": "vetoed",
    "no_quorum": "no quorum",
    "void": "the ballot was void",
}


def headline(calls: Sequence[CallReport], texts: Sequence[TextReport]) -> str:
    """The outcome of the session in one sentence. `calls`: on whole texts, not on amendments."""
    adopted = [call for call in calls if call.status == "adopted"]
    if len(adopted) == 1:
        return _one_adopted(adopted[0], texts)
    if adopted:
        return _several_adopted(adopted, texts)
    if not calls:
        return "No text was put to the delegations."
    objectors = _names(one for call in calls for one in call.answers if one.answer == "object")
    if calls[-1].status in ("open", "counting"):
        return "No text has been adopted so far: a call is still open."
    if objectors:
        return f"No text was adopted: {wording.listed(objectors)} objected."
    if calls[-1].status != "withdrawn":
        return f"No text was adopted: {NOT_ADOPTED[calls[-1].status]}."
    return "No text was adopted: the chair took the call back."


def _names(answers: Iterable[Answered]) -> list[str]:
    """The delegations behind these answers, each once, in order."""
    return list(dict.fromkeys(wording.within(one.name) for one in answers))


def _one_adopted(call: CallReport, texts: Sequence[TextReport]) -> str:
    size = f"a text of {wording.counted(len(call.put), 'paragraph')}"
    joined = [one for one in call.answers if one.answer == "join"]
    asides = _names(one for one in call.answers if one.answer == "stand_aside")
    silent = _names(one for one in call.answers if one.answer == "silent" and call.rule not in ADOPTED_BY)
    if call.rule in ADOPTED_BY:
        words = f"{size} was {ADOPTED_BY[call.rule]}"
    elif joined:
        words = f"{wording.counted(len(joined), 'delegation')} adopted {size}"
    else:
        words = f"{size} was adopted without objection, and no delegation joined it expressly"
    words += f"; {wording.listed(asides)} stood aside" if asides else ""
    words += f"; {wording.listed(silent)} did not answer" if silent else ""
    words += _at_home([one.outcome for one in texts if one.document == call.document], "it")
    return wording.sentence(words)


def _at_home(outcomes: Sequence[str], which: str = "") -> str:
    """What capitals have to do with it: of an only text as “it”, of several by their number."""
    failed, waiting = outcomes.count("failed"), outcomes.count("waiting")
    words = f"; not every capital confirmed {which or f'{wording.number(failed)} of them'}" if failed else ""
    return words + (f"; {which or wording.number(waiting)} still waited for the capitals" if waiting else "")


def _several_adopted(adopted: Sequence[CallReport], texts: Sequence[TextReport]) -> str:
    paragraphs = wording.counted(sum(len(call.put) for call in adopted), "paragraph")
    words = f"{wording.counted(len(adopted), 'text')} were adopted, {paragraphs} in all"
    names = list(dict.fromkeys(wording.within(one.name) for text in texts for one in text.stand_asides))
    words += f"; {wording.listed(names)} stood aside at least once" if names else ""
    words += _at_home([one.outcome for one in texts])
    return wording.sentence(words)


def result(status: str, answers: Sequence[Answered], rule: str = "", tally: Mapping[str, int] | None = None) -> str:
    """What became of a call."""
    if tally and status in ("adopted", *NOT_ADOPTED) and status != "void":
        counts = f"{tally['yes']} yes, {tally['no']} no, {tally['abstain']} abstained, {tally.get('absent', 0)} absent"
        return wording.sentence(f"{ADOPTED_BY['vote'] if status == 'adopted' else NOT_ADOPTED[status]}: {counts}")
    if status == "adopted" and rule in ADOPTED_BY:
        return wording.sentence(ADOPTED_BY[rule])
    if status in ("objection", "broken", "stopped"):
        return wording.sentence(
            f"not adopted: {wording.listed(_names(a for a in answers if a.answer == 'object'))} objected"
        )
    return {
        "open": "The call is still open.",
        "counting": "The ballots were not counted yet.",
        "void": "No decision: too few ballots were cast to be counted in secret.",
        "adopted": "Adopted: no delegation objected.",
        "withdrawn": "The chair took the call back.",
    }[status]


def issue(paths: Sequence[Path], options: int, at_start: Spread | None, at_end: Spread | None) -> str:
    """What happened on an issue, in one or two sentences."""
    if at_start is None or at_end is None:
        return "No delegation filed a public position."
    moved = [path for path in paths if path.moves]
    filed = wording.counted(len(paths), "delegation")
    moves = wording.number(len(moved)) if moved else "none"
    words = f"{filed} filed a position, {moves} moved to another option"
    spans = f"The preferred options covered {at_start.width} of {options} places at first, {at_end.width} at the end."
    return f"{wording.sentence(words)} {spans}"


def limits(
    delegations: Sequence[Delegation],
    issues: Sequence[IssueReport],
    *,
    closed: bool,
    protected: Iterable[str],
    names_speakers: bool,
    unwritten: int,
) -> tuple[str, ...]:
    """What the reader must know before believing a number. `protected`: the rules other than on the record under
    which an item ran; `unwritten`: speeches that left no text."""
    seated = [one for one in delegations if one.seated]
    lines = [
        f"{wording.sentence(wording.counted(len(seated), 'delegation'))[:-1]} took part: counts and ranges, no more."
    ]
    if not closed:
        lines.append("The session is not closed; everything here is as it stood at the last entry.")
    if not names_speakers:
        lines.extend(_redacted(sorted(set(protected))))
    empty = [wording.within(one.name) for one in delegations if not one.seated]
    if empty:
        lines.append(f"Nobody sat for {wording.listed(empty)}.")
    lines.extend(unfiled(seated, issues))
    if unwritten:
        left = "left no text" if unwritten == 1 else "left no texts"
        lines.append(
            wording.sentence(
                f"{wording.counted(unwritten, 'speech', 'speeches')} {left}: only what was typed or noted down is in"
                " the record"
            )
        )
    return tuple(lines)


def not_inferred(*, caucuses_told: bool, whole: bool, of_chair: bool, news: bool, gists: int) -> tuple[str, ...]:
    """What no reader should conclude, and what is in no record. `caucuses_told`: of every caucus; `whole`: nothing
    protected was left out; `news`: some came; `gists`: speeches known by the one line that somebody noted down."""
    lines = [
        "One session of one group: what another group would do cannot be inferred from it.",
        "What came before or after something is told as a sequence; that one brought about the other is in no record.",
        "What was said without the floor, or by word of mouth in a caucus, nobody wrote down; a caucus leaves its"
        " members, its length and the line that it brought back.",
    ]
    if not caucuses_told:
        lines.append("Caucuses that were not announced, or met off the record, are in no count.")
    if gists:
        speeches = wording.counted(gists, "speech", "speeches")
        known = "is" if gists == 1 else "are"
        lines.append(wording.sentence(f"{speeches} {known} known by one line that somebody noted down"))
    if news:
        seen = "That news was read means that a screen showed it and somebody said so."
        lines.append(seen if whole and of_chair else "Who read the news and who answered it is not in this record.")
    if not whole:
        lines.append(
            "Notes, telegrams and what was said aside are left out, and with them some of what each side knew."
        )
    return tuple(lines)


def _redacted(protected: Sequence[str]) -> list[str]:
    lines = [f"Speaking time is not shown by delegation {PROTECTED[rule]}." for rule in protected if rule in PROTECTED]
    if lines:
        lines.append(
            "A statement whose speaker may not be named stands at the end of its item; its words are not edited."
        )
    if "off_the_record" in protected:
        lines.append("Of what was off the record, only that it took place and how long is shown.")
    return lines


def unfiled(seated: Sequence[Delegation], issues: Sequence[IssueReport]) -> list[str]:
    """What has to be said of positions that nobody filed."""
    if not issues:
        return []
    lines = ["Only public positions are counted; first and last mean the first and the last one filed."]
    for one in seated:
        missing = sum(one.code in each.silent for each in issues)
        if missing:
            where = (
                ""
                if missing == len(issues)
                else f" on {wording.number(missing)} of {wording.counted(len(issues), 'issue')}"
            )
            lines.append(wording.sentence(f"{wording.within(one.name)} filed no public position{where}"))
    return lines
