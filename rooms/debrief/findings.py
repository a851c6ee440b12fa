"""Sentences that the numbers allow, and no more: the headline, what a text may be called, what is missing.

Counts and ranges only. Nothing here grades anybody, and no text is called by a stronger name than it has earned.
"""

from collections.abc import Iterable, Sequence

from rooms.debrief import wording
from rooms.debrief.report import Answered, CallReport, Delegation, IssueReport, Path, Spread, StandAside

# What a text adopted without objection may be called, by the output the format ends in (rulebook 12). The two
# strongest are here without their strong name: see STRONG.
LABELS = {
    "chair's summary": "Points of consensus for the chair's summary (binding nobody)",
    "director's summary": "Points of consensus for the director's summary (binding nobody)",
    "chairman's statement": "Text of a chairman's statement, to which no delegation objected (binding nobody)",
    "press communique": "Press communiqué, adopted without objection",
    "concept paper": "Concept paper, adopted without objection",
}
# Outputs that claim to be adopted by all: the name is theirs only if every delegation joined expressly.
STRONG = {
    "joint statement": ("Joint statement, adopted by all delegations", "Text for a joint statement"),
    "dated action plan": ("Dated action plan, adopted by all delegations", "Text for an action plan"),
}
PROTECTED = {
    "not_for_attribution": "for items that are not for attribution",
    "chatham_house": "for items under the Chatham House Rule",
}


def label(output: str, status: str, answers: Sequence[Answered]) -> str:
    """What a text may be called, by the format's output, its status and how the delegations answered."""
    if status == "under_decision":
        return "Draft, put to the delegations and not decided"
    if status != "adopted":
        return "Draft, not adopted"
    if output in STRONG:
        strong, weak = STRONG[output]
        all_joined = bool(answers) and all(one.answer == "join" for one in answers)
        return strong if all_joined else f"{weak}, adopted without objection; not all delegations joined it"
    return LABELS.get(output, "Text adopted without objection")


def headline(calls: Sequence[CallReport], asides: Sequence[StandAside]) -> str:
    """The outcome of the session in one sentence."""
    adopted = [call for call in calls if call.status == "adopted"]
    if len(adopted) == 1:
        return _one_adopted(adopted[0])
    if adopted:
        return _several_adopted(adopted, asides)
    if not calls:
        return "No text was put to the delegations."
    objectors = _names(one for call in calls for one in call.answers if one.answer == "object")
    if calls[-1].status == "open":
        return "No text has been adopted so far: a call is still open."
    if objectors:
        return f"No text was adopted: {wording.listed(objectors)} objected."
    return "No text was adopted: the chair took the call back."


def _names(answers: Iterable[Answered]) -> list[str]:
    """The delegations behind these answers, each once, in order."""
    return list(dict.fromkeys(wording.within(one.name) for one in answers))


def _one_adopted(call: CallReport) -> str:
    size = f"a text of {wording.counted(len(call.put), 'paragraph')}"
    joined = [one for one in call.answers if one.answer == "join"]
    asides = _names(one for one in call.answers if one.answer == "stand_aside")
    silent = _names(one for one in call.answers if one.answer == "silent")
    if joined:
        words = f"{wording.counted(len(joined), 'delegation')} adopted {size}"
    else:
        words = f"{size} was adopted without objection, and no delegation joined it expressly"
    words += f"; {wording.listed(asides)} stood aside" if asides else ""
    words += f"; {wording.listed(silent)} did not answer" if silent else ""
    return wording.sentence(words)


def _several_adopted(adopted: Sequence[CallReport], asides: Sequence[StandAside]) -> str:
    paragraphs = wording.counted(sum(len(call.put) for call in adopted), "paragraph")
    words = f"{wording.counted(len(adopted), 'text')} were adopted, {paragraphs} in all"
    names = list(dict.fromkeys(wording.within(one.name) for one in asides))
    words += f"; {wording.listed(names)} stood aside at least once" if names else ""
    return wording.sentence(words)


def result(status: str, answers: Sequence[Answered]) -> str:
    """What became of a call."""
    if status == "objection":
        return wording.sentence(
            f"not adopted: {wording.listed(_names(a for a in answers if a.answer == 'object'))} objected"
        )
    return {
        "open": "The call is still open.",
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
    lines.extend(_unfiled(seated, issues))
    if unwritten:
        left = "left no text" if unwritten == 1 else "left no texts"
        lines.append(
            wording.sentence(
                f"{wording.counted(unwritten, 'speech', 'speeches')} {left}: only what was typed or noted down is in"
                " the record"
            )
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


def _unfiled(seated: Sequence[Delegation], issues: Sequence[IssueReport]) -> list[str]:
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
