"""What is read off a road map: order, circles, warnings, balance, what falls with a stall; and how it is drawn."""

import re
from dataclasses import replace

from rooms import roadmap, roadmap_drawing
from rooms.domain.prepared import Delegation, Prepared
from rooms.domain.promises import AFTER, PARALLEL, VERIFICATION, Commitment, Commitments, Link

PREPARED = Prepared(
    delegations=tuple(Delegation(code, code, code, n, n, ()) for n, code in enumerate(("JPN", "PRC", "ROK")))
)


def commitment(
    number: int, actor: str, to: str = "", status: str = "dormant", verifier: str = "the chair"
) -> Commitment:
    return Commitment(f"cm{number}", f"Act {number}.", actor, to, verifier=verifier, status=status, paragraph="p1")


def drawn(*them: Commitment, links: tuple[tuple[int, int, str], ...] = ()) -> Commitments:
    return Commitments(them, tuple(Link(f"cm{one}", f"cm{other}", kind) for one, other, kind in links))


def kinds(some: Commitments) -> list[str]:
    return [one.kind for one in roadmap.cautions_of(some, PREPARED)]


CHAIN = drawn(
    commitment(1, "JPN", "PRC"),
    commitment(2, "PRC", "JPN"),
    commitment(3, "ROK", "JPN"),
    commitment(4, "JPN", "ROK"),
    commitment(5, "ROK", "PRC"),
    links=((1, 2, AFTER), (2, 3, VERIFICATION), (3, 4, PARALLEL)),
)


def test_steps_stand_in_the_order_in_which_they_can_begin() -> None:
    layout = roadmap.laid_out(CHAIN)
    assert layout.generations == ((("cm1",),), (("cm2",),), (("cm3", "cm4"),))
    assert [(one.first, one.second, one.kind, one.circle) for one in layout.edges] == [
        (("cm1",), ("cm2",), AFTER, False),
        (("cm2",), ("cm3", "cm4"), VERIFICATION, False),
    ]
    assert [one.id for one in layout.alone] == ["cm5"]
    assert layout.circles == ()


def test_an_empty_map_is_empty() -> None:
    assert roadmap.laid_out(Commitments()) == roadmap.Map((), (), (), ())
    assert roadmap_drawing.drawing(roadmap.laid_out(Commitments()), {}) == ""
    assert kinds(Commitments()) == []


def test_a_circle_is_found_through_what_goes_in_parallel() -> None:
    """1 waits for 2, which goes with 3, which waits for 1: nobody begins."""
    some = drawn(
        *(commitment(1, "JPN", "PRC"), commitment(2, "PRC", "JPN"), commitment(3, "ROK", "JPN")),
        links=((2, 1, AFTER), (2, 3, PARALLEL), (1, 3, AFTER)),
    )
    layout = roadmap.laid_out(some)
    assert layout.circles == ((("cm1",), ("cm2", "cm3")),)
    assert all(edge.circle for edge in layout.edges)
    assert layout.generations == ((("cm1",), ("cm2", "cm3")),)
    [circle] = [one for one in roadmap.cautions_of(some, PREPARED) if one.kind == "circle"]
    assert [one.id for one in circle.about] == ["cm1", "cm2", "cm3"]


def test_a_step_that_waits_for_itself_is_a_circle() -> None:
    some = drawn(commitment(1, "JPN", "PRC"), commitment(2, "PRC", "JPN"), links=((1, 2, PARALLEL), (2, 1, AFTER)))
    assert roadmap.laid_out(some).circles == ((("cm1", "cm2"),),)
    assert "is-circle" in roadmap_drawing.drawing(roadmap.laid_out(some), {one.id: one for one in some.drawn})


def test_a_circle_in_which_somebody_has_acted_is_no_danger_any_more() -> None:
    links = ((1, 2, AFTER), (2, 1, AFTER))
    some = drawn(commitment(1, "JPN", "PRC"), commitment(2, "PRC", "JPN"), links=links)
    assert "circle" in kinds(some)
    assert "circle" not in kinds(some.with_one("cm1", status="claimed"))


def test_what_nobody_verifies_is_said_while_it_is_open() -> None:
    some = drawn(commitment(1, "JPN", verifier=""), commitment(2, "PRC", verifier="", status="waived"))
    [caution] = roadmap.cautions_of(some, PREPARED)
    assert (caution.kind, [one.id for one in caution.about]) == ("no_verifier", ["cm1"])


def test_what_waits_for_what_nobody_promised_is_said() -> None:
    some = drawn(commitment(1, "JPN", "PRC", "proposed"), commitment(2, "PRC", "JPN"), links=((1, 2, AFTER),))
    [caution] = roadmap.cautions_of(some, PREPARED)
    assert (caution.kind, [one.id for one in caution.about]) == ("unpromised", ["cm2", "cm1"])
    assert kinds(some.with_one("cm1", status="dropped")) == ["unpromised"]
    assert kinds(some.with_one("cm1", status="dormant")) == []


def test_what_rests_on_no_text_is_said() -> None:
    some = drawn(replace(commitment(1, "JPN"), paragraph=""), replace(commitment(2, "PRC"), paragraph="", measure="m1"))
    assert [(one.kind, len(one.about)) for one in roadmap.cautions_of(some, PREPARED)] == [("no_text", 1)]


def test_one_side_that_acts_first_throughout_is_pointed_out() -> None:
    both = (
        commitment(1, "JPN", "PRC"),
        commitment(2, "PRC", "JPN"),
        commitment(3, "JPN", "PRC"),
        commitment(4, "PRC", "JPN"),
    )
    one_sided = drawn(*both, links=((1, 2, AFTER), (3, 4, AFTER)))
    [caution] = roadmap.cautions_of(one_sided, PREPARED)
    assert (caution.kind, caution.delegations) == ("front_loaded", ("JPN", "PRC"))
    assert [one.id for one in caution.about] == ["cm1", "cm3"]
    assert kinds(drawn(*both, links=((1, 2, AFTER), (4, 3, AFTER)))) == []
    assert kinds(drawn(*both, links=((2, 1, AFTER), (4, 3, AFTER)))) == ["front_loaded"]
    assert kinds(drawn(*both, links=((1, 2, AFTER),))) == [], "once is not throughout"


def test_the_balance_counts_what_each_does_and_receives() -> None:
    done = CHAIN.with_one("cm1", status="verified")
    assert [
        (one.delegation, one.gives, one.given, one.receives, one.received, one.first)
        for one in roadmap.balance_of(done, PREPARED)
    ] == [("JPN", 2, 1, 2, 0, 1), ("PRC", 1, 0, 2, 1, 0), ("ROK", 2, 0, 1, 0, 0)]


def test_what_is_for_all_is_received_by_each_of_the_others() -> None:
    rows = roadmap.balance_of(drawn(commitment(1, "JPN", "PRC"), commitment(2, "PRC")), PREPARED)
    assert [(one.delegation, one.receives) for one in rows] == [("JPN", 1), ("PRC", 1)]


def stall(some: Commitments, commitment_id: str) -> roadmap.Stall:
    return next(one for one in roadmap.stalls_of(some, PREPARED) if one.commitment.id == commitment_id)


def test_what_waits_falls_with_what_it_waits_for_through_any_number_of_steps() -> None:
    first = stall(CHAIN, "cm1")
    assert [one.id for one in first.falls] == ["cm2", "cm3", "cm4"]
    assert [(code, [one.id for one in missing]) for code, missing, _ in first.owed] == [
        ("JPN", ["cm2", "cm3"]),
        ("PRC", ["cm1"]),
        ("ROK", ["cm4"]),
    ]
    assert stall(CHAIN, "cm5").falls == ()


def test_what_goes_in_parallel_may_be_held_back() -> None:
    third = stall(CHAIN, "cm3")
    assert ([one.id for one in third.held], third.falls) == (["cm4"], ())


def test_who_has_already_acted_for_it_is_named() -> None:
    third = stall(CHAIN.with_one("cm1", status="verified").with_one("cm2", status="verified"), "cm3")
    assert [(code, [one.id for one in paid]) for code, _, paid in third.owed] == [("JPN", []), ("ROK", [])]
    second = stall(CHAIN.with_one("cm1", status="claimed"), "cm2")
    assert next((code, [one.id for one in paid]) for code, _, paid in second.owed) == ("JPN", ["cm1"])


def test_what_has_begun_does_not_fall_and_what_is_over_does_not_stall() -> None:
    begun = CHAIN.with_one("cm1", status="claimed").with_one("cm2", status="due")
    assert stall(begun, "cm1").falls == ()
    over = CHAIN.with_one("cm1", status="verified")
    assert "cm1" not in [one.commitment.id for one in roadmap.stalls_of(over, PREPARED)]


# The drawing


def picture(some: Commitments) -> str:
    return roadmap_drawing.drawing(roadmap.laid_out(some), {one.id: one for one in some.drawn})


def test_the_drawing_has_a_node_for_each_step_and_a_line_for_each_link_and_no_style() -> None:
    svg = picture(CHAIN)
    assert svg.count('class="rm-node') == 3
    assert svg.count('class="rm-edge') == 2
    assert "C3 + C4" in svg
    assert "style=" not in svg
    assert "○ dormant" in svg, "a mark and a word, not only a colour"


def test_twenty_six_steps_neither_overlap_nor_leave_the_picture() -> None:
    them = [commitment(n, ("JPN", "PRC", "ROK")[n % 3]) for n in range(1, 27)]
    links = tuple((n, n + step, (AFTER, VERIFICATION)[n % 2]) for n in range(1, 27) for step in (3, 7) if n + step < 27)
    svg = picture(drawn(*them, links=links))
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    boxes = [tuple(map(int, one)) for one in re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', svg)]
    assert len(boxes) == 26
    for n, (x, y, w, h) in enumerate(boxes):
        assert x >= 0
        assert x + w <= width
        assert y + h <= height
        for other_x, other_y, *_ in boxes[n + 1 :]:
            assert abs(x - other_x) >= w or abs(y - other_y) >= h
    for path in re.findall(r' d="([^"]+)" marker-end', svg):
        for x in map(int, re.findall(r"(\d+) -?\d+", path.replace("M", "").replace("C", " ").replace("L", " "))):
            assert 0 <= x <= width


def test_what_people_wrote_is_not_in_the_drawing_as_markup() -> None:
    some = drawn(replace(commitment(1, "<b>"), act="<script>"), commitment(2, "PRC"), links=((1, 2, AFTER),))
    assert "<b>" not in picture(some)
    assert "&lt;b&gt;" in picture(some)
