"""What can be read off a road map: the order of its steps, circles, warnings, the balance between parties, and what
falls if one thing stalls (rulebook 13). Pure; no markup.

The graph's nodes are *steps*: commitments in parallel are one. An edge leads from what is waited for to what waits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from rooms.domain import promises
from rooms.domain.prepared import Prepared
from rooms.domain.promises import AFTER, OVER, Commitment, Commitments

DONE = ("claimed", "verified")
Step = tuple[str, ...]  # ids of commitments, in the order they were drawn


@dataclass(frozen=True, slots=True)
class Caution:
    """`kind`: circle, no_verifier, front_loaded, unpromised or no_text; `about` the commitments concerned;
    `delegations` first who acts first, then for whom."""

    kind: str
    about: tuple[Commitment, ...]
    delegations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Of one delegation: what it is to do and what it is to receive, how much of it is done, and how many of its
    commitments others wait for before they begin."""

    delegation: str
    gives: int
    given: int
    receives: int
    received: int
    first: int


@dataclass(frozen=True, slots=True)
class Stall:
    """What falls if one commitment stalls: `held` goes in parallel and may be held back, `falls` waits for it, straight
    or through others. `owed`: what each delegation then does not get; `paid`: what it has done already for that."""

    commitment: Commitment
    held: tuple[Commitment, ...]
    falls: tuple[Commitment, ...]
    owed: tuple[tuple[str, tuple[Commitment, ...], tuple[Commitment, ...]], ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """One step waits for another. `kind` after or verification, the stricter where there are both; `circle`: they wait
    for each other."""

    first: Step
    second: Step
    kind: str
    circle: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The steps in which something is linked, by generation: all of one can begin once those before are done. `alone`
    are the commitments with no link at all."""

    generations: tuple[tuple[Step, ...], ...]
    edges: tuple[Edge, ...]
    circles: tuple[tuple[Step, ...], ...]
    alone: tuple[Commitment, ...]


def _graph(drawn: Commitments) -> "nx.DiGraph[Step]":
    steps: dict[str, Step] = {}
    for one in drawn.standing:
        if one.id not in steps:
            step = tuple(member.id for member in promises.step_of(drawn, one.id))
            steps |= dict.fromkeys(step, step)
    graph: nx.DiGraph[Step] = nx.DiGraph()
    graph.add_nodes_from(dict.fromkeys(steps.values()))
    for link in drawn.links:
        if link.kind == promises.PARALLEL or link.first not in steps or link.second not in steps:
            continue
        first, second = steps[link.first], steps[link.second]
        held = graph.get_edge_data(first, second, {}).get("kind", AFTER)
        graph.add_edge(first, second, kind=link.kind if held == AFTER else held)
    return graph


def circles_of(graph: "nx.DiGraph[Step]") -> tuple[tuple[Step, ...], ...]:
    """Steps that wait for each other, or for themselves; each circle in the order its members were drawn."""
    found = (sorted(part, key=_number) for part in nx.strongly_connected_components(graph))
    return tuple(sorted(tuple(part) for part in found if len(part) > 1 or graph.has_edge(part[0], part[0])))


def _number(step: Step) -> int:
    return int(step[0].removeprefix("cm"))


def laid_out(drawn: Commitments) -> Map:
    """The whole map. What stands in a circle has one generation together, because none of it comes first."""
    graph = _graph(drawn)
    circles = circles_of(graph)
    whole = nx.condensation(graph)
    generations = [
        tuple(sorted((step for node in layer for step in whole.nodes[node]["members"]), key=_number))
        for layer in nx.topological_generations(whole)
    ]
    linked = {step for step in graph if len(step) > 1 or graph.degree(step)}
    in_circle = {step: n for n, circle in enumerate(circles) for step in circle}
    edges = tuple(
        Edge(one, other, data["kind"], one in in_circle and in_circle[one] == in_circle.get(other))
        for one, other, data in sorted(graph.edges(data=True), key=lambda row: (_number(row[0]), _number(row[1])))
    )
    rows = (tuple(step for step in layer if step in linked) for layer in generations)
    alone = tuple(one for one in drawn.standing if (one.id,) in graph and (one.id,) not in linked)
    return Map(tuple(layer for layer in rows if layer), edges, circles, alone)


# Warnings


def cautions_of(drawn: Commitments, prepared: Prepared) -> tuple[Caution, ...]:
    """What a careful reader would point at, the gravest first."""
    return (
        *_in_circles(drawn),
        *_unpromised(drawn),
        *_front_loaded(drawn, prepared),
        *_unverified(drawn),
        *_loose(drawn),
    )


def _members(drawn: Commitments, ids: Iterable[str]) -> tuple[Commitment, ...]:
    there = set(ids)
    return tuple(one for one in drawn.drawn if one.id in there)


def _in_circles(drawn: Commitments) -> tuple[Caution, ...]:
    """Circles in which nothing has begun yet: once one has acted, the others need not wait."""
    found = []
    for circle in circles_of(_graph(drawn)):
        about = _members(drawn, (one for step in circle for one in step))
        if not any(one.status in (*DONE, "waived") for one in about):
            found.append(Caution("circle", about))
    return tuple(found)


def _unverified(drawn: Commitments) -> tuple[Caution, ...]:
    about = tuple(one for one in drawn.standing if not one.verifier and one.status not in OVER)
    return (Caution("no_verifier", about),) if about else ()


def _loose(drawn: Commitments) -> tuple[Caution, ...]:
    about = tuple(one for one in drawn.standing if not (one.paragraph or one.measure or one.status in OVER))
    return (Caution("no_text", about),) if about else ()


def _unpromised(drawn: Commitments) -> tuple[Caution, ...]:
    """What somebody promised, and waits for what nobody has: only proposed, or dropped."""
    found = []
    for one in drawn.standing:
        if not one.binding or one.status in OVER:
            continue
        links = promises.waited_for(drawn, {one.id})
        nobodys = [first for link in links if (first := drawn.commitment(link.first)) and not first.binding]
        if nobodys:
            found.append(Caution("unpromised", (one, *nobodys)))
    return tuple(found)


def _front_loaded(drawn: Commitments, prepared: Prepared) -> tuple[Caution, ...]:
    """Between two delegations one acts first throughout: at least twice, and never the other."""
    graph = _graph(drawn)
    after = {step: nx.descendants(graph, step) for step in graph}
    by_id = {one.id: one for one in drawn.standing}
    found = []
    for one, other in combinations([each.code for each in prepared.delegations], 2):
        before, behind = _firsts(after, by_id, one, other), _firsts(after, by_id, other, one)
        if len(before) > 1 and not behind:
            found.append(Caution("front_loaded", before, (one, other)))
        if len(behind) > 1 and not before:
            found.append(Caution("front_loaded", behind, (other, one)))
    return tuple(found)


def _firsts(
    after: Mapping[Step, set[Step]], by_id: Mapping[str, Commitment], one: str, other: str
) -> tuple[Commitment, ...]:
    """What the one does for the other before something that the other does for it."""
    return tuple(
        by_id[first]
        for step, later in after.items()
        for first in step
        if by_id[first].actor == one
        and by_id[first].beneficiary in (other, "")
        and any(
            by_id[second].actor == other and by_id[second].beneficiary in (one, "") for them in later for second in them
        )
    )


# Balance


def balance_of(drawn: Commitments, prepared: Prepared) -> tuple[Balance, ...]:
    """One row for each delegation that acts or receives. What is for all is received by each of the others."""
    rows = []
    there = [one for one in drawn.standing if one.status != "waived"]
    awaited = {link.first for link in drawn.links if link.kind != promises.PARALLEL}
    waiting = {link.second for link in drawn.links if link.kind != promises.PARALLEL}
    for delegation in prepared.delegations:
        code = delegation.code
        own = [one for one in there if one.actor == code]
        to_it = [one for one in there if one.actor != code and one.beneficiary in (code, "")]
        if own or any(one.beneficiary == code for one in to_it):
            first = sum(one.id in awaited and one.id not in waiting for one in own)
            rows.append(Balance(code, len(own), _done(own), len(to_it), _done(to_it), first))
    return tuple(rows)


def _done(some: Iterable[Commitment]) -> int:
    return sum(one.status in DONE for one in some)


# What if one stalls


def stalls_of(drawn: Commitments, prepared: Prepared) -> tuple[Stall, ...]:
    """What falls with each commitment that can still stall."""
    graph = _graph(drawn)
    return tuple(_stall(drawn, prepared, graph, one) for one in drawn.standing if one.status not in OVER)


def _stall(drawn: Commitments, prepared: Prepared, graph: "nx.DiGraph[Step]", stalled: Commitment) -> Stall:
    step = promises.step_of(drawn, stalled.id)
    node = tuple(one.id for one in step)
    held = tuple(one for one in step if one.id != stalled.id and _not_done(one))
    later = _later(drawn, graph, node)
    falls = tuple(one for one in _members(drawn, (member for each in later for member in each)) if _waits(one))
    lost = (stalled, *held, *falls)
    wanted = {link.first for link in promises.waited_for(drawn, {one.id for one in lost})} | set(node)
    done = [one for one in drawn.drawn if one.id in wanted and one.status in DONE]
    owed = []
    for delegation in prepared.delegations:
        code = delegation.code
        missing = tuple(one for one in lost if one.beneficiary == code)
        if missing:
            owed.append((code, missing, tuple(one for one in done if one.actor == code)))
    return Stall(stalled, held, falls, tuple(owed))


def _later(drawn: Commitments, graph: "nx.DiGraph[Step]", node: Step) -> set[Step]:
    """The steps that cannot begin without this one; beyond what has begun, nothing falls."""
    found: set[Step] = set()
    open_ends = [node]
    while open_ends:
        for step in graph.successors(open_ends.pop()):
            if step not in found | {node} and any(_waits(one) for one in _members(drawn, step)):
                found.add(step)
                open_ends.append(step)
    return found


def _waits(one: Commitment) -> bool:
    return one.status in ("proposed", "dormant")


def _not_done(one: Commitment) -> bool:
    return one.status not in (*OVER, *DONE)
