"""A debrief as it is printed, whatever it is printed with: its first page, and the sections that its reader is given,
in the order of the debrief's own page. Pure: whoever asks hands over a report cut to what may be read.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from delegations.citations import cite_work
from rooms.debrief import headings, wording
from rooms.debrief.contents import Section as Place
from rooms.debrief.contents import contents
from rooms.debrief.cut import may_stand
from rooms.debrief.pictures import every
from rooms.debrief.report import Report
from rooms.domain.state import RoomState
from rooms.exporting import report_against, report_beside, report_course
from rooms.exporting.blocks import Block, Listing, Material, Paper, Section, Words

ASSESSMENT: Final = "Assessment record: names kept, do not hand on"
WITHIN: Final = "Within the attribution rule"
# By the ids of `contents`; what is not here belongs to the page alone.
TELLS: Final[Mapping[str, tuple[Callable[[Material], str], Callable[[Material], Iterator[Block]]]]] = {
    "outcome": (lambda m: headings.outcome_heading(m.report), report_course.outcome),
    "one-page": (lambda m: headings.agenda_heading(m.report), report_course.one_page),
    "decisions": (lambda m: headings.calls_heading(m.report), report_course.decisions),
    "positions": (lambda m: headings.positions_heading(m.report), report_course.positions),
    "packages": (lambda m: headings.packages_heading(m.bases), report_against.packages),
    "texts": (lambda m: headings.texts_history_heading(m.report), report_course.texts),
    "caucuses": (lambda m: headings.meetings_heading(m.report), report_course.caucuses),
    "floor": (lambda m: headings.speaking_heading(m.report), report_course.floor),
    "commitments": (lambda m: headings.promises_heading(m.report), report_beside.commitments),
    "injects": (lambda m: headings.injects_heading(m.report), report_beside.injects),
    "perceptions": (lambda m: headings.perceptions_heading(m.report), report_beside.perceptions),
    "mandates": (lambda m: headings.mandates_heading(m.report), report_against.mandates),
    "papers": (lambda m: headings.papers_heading(m.report), report_against.papers),
    "history": (lambda _: "What the governments did", report_against.history),
    "wash": (lambda m: m.report.wash.finding, report_beside.wash),
    "timeline": (lambda _: "How it went", report_course.timeline),
    "rules": (lambda _: "The rules they had", report_beside.rules),
    "limits": (lambda _: "What this cannot tell", report_beside.limits),
    "forks": (lambda _: "This session has others beside it", report_beside.forks),
}


def of_report(
    report: Report,
    state: RoomState,
    shown: Collection[str],
    *,
    assesses: bool,
    papers: Mapping[str, Any],
    bases: Collection[Mapping[str, Any]] = (),
) -> Paper:
    """The report on paper. `report` is cut to the parts `shown`, `state` is that of its record at the end; `papers` by
    slug for what is cited, `bases` of the package finder. `assesses`: it is made from the assessment record;
    a report that names speakers whom a rule protects is printed from no other."""
    if report.names_speakers and not assesses:
        raise ValueError("this report names speakers under a rule that protects them")
    known = tuple(bases) if may_stand("packages", shown) else ()
    material = Material(report, state, papers, every.of_report(report, state, shown), known)
    places = contents(report, state, shown, ["packages"] if known else [])
    sections = [_section(material, one) for one in places if one.id in TELLS]
    return Paper(
        title=report.title,
        eyebrow=", ".join(filter(None, (f"Debrief of {report.title}", headings.day(report.started_at)))),
        headline=report.headline or report.title,
        standfirst=headings.standfirst(report),
        notice="" if report.status == "closed" else "The session is not closed: this is how it stands so far.",
        record=ASSESSMENT if assesses else WITHIN,
        record_words=(
            "It says who spoke, whatever rule they spoke under, and is for the moderator alone."
            if assesses
            else "Who spoke is told only where the rule allows it."
        ),
        figures=tuple((n, words) for n, words, _where in headings.in_figures(report)),
        facts=_facts(report),
        sections=tuple([*sections, *_works(report, papers)]),
        foot=f"{_rule(report)} {ASSESSMENT if assesses else WITHIN}.",
    )


def _section(material: Material, place: Place) -> Section:
    finding, blocks = TELLS[place.id]
    return Section(place.id, place.name, finding(material), tuple(blocks(material)))


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    own = report.rules.items
    items = [f"“{one.title}”: {one.words}" for one in own] if len(own) <= 2 else []
    more = (
        [f"{wording.counted(len(own), 'item')} had rules of their own: see “The rules they had”."]
        if len(own) > 2
        else []
    )
    seated = [one.name for one in report.delegations if one.seated]
    return (
        ("Scenario", "\n".join(filter(None, (report.scenario, report.moment)))),
        ("Format", report.rules.format_name),
        ("Attribution", "\n".join([report.rules.words, *items, *[wording.capital(one) for one in more]])),
        ("Decisions", f"by {report.rules.decision}, to end in a {report.rules.output}"),
        ("Delegations", wording.listed([wording.within(one) for one in seated]) or "nobody sat at the table"),
        ("Times", "of the day in UTC; the length of anything leaves out pauses"),
    )


def _rule(report: Report) -> str:
    """The rule in full words, for the foot of every page."""
    own = " Some items had rules of their own." if report.rules.items else ""
    return f"{wording.sentence(report.rules.words)}{own}"


def _works(report: Report, papers: Mapping[str, Any]) -> Iterator[Section]:
    """The whole works behind the brief citations, once, at the end."""
    cited = [
        *(line.sources for mandate in report.mandates for line in mandate.lines),
        *(one.sources for one in report.papers.issues),
        *(one.sources for one in report.papers.recommendations),
        *(one.sources for one in report.papers.measures),
        *(one.sources for one in report.in_fact),
    ]
    slugs = dict.fromkeys(source.get("paper", "") for sources in cited for source in sources)
    works = sorted(cite_work(papers[slug]) for slug in slugs if slug in papers)
    if works:
        how = Words("Cited above by author or series, year and place. The words are those of the exercise.", hint=True)
        yield Section("works", "Works cited", "Where it is written", (Listing(tuple(works)), how))
