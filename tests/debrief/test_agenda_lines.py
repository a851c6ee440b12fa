"""What a report says of the agenda: suspended items, rounds of presenters, rules that changed between items."""

from rooms.debrief.measures import report
from rooms.domain import agenda, ground_rules, room, rotation, suspensions

from .session import MINUTE, Session


def live() -> Session:
    played = Session()
    played.sit("PRC-MFA", "JPN-MFA")
    played.chair(room.StartSession())
    return played


def told(played: Session) -> list[str]:
    return [moment.sentence for moment in report(played.entries).timeline]


def test_a_suspended_items_time_is_that_of_its_stretches() -> None:
    played = live()
    played.start("i2")
    played.chair(suspensions.SuspendItem("i2", "Lunch"), 4 * MINUTE)
    played.start("i3", 10 * MINUTE)
    played.start("i2", 3 * MINUTE)
    played.chair(room.PauseSession(), MINUTE)
    played.chair(room.ResumeSession(), 20 * MINUTE)
    played.chair(agenda.EndItem("i2"), 2 * MINUTE)
    lines = {one.item: one for one in report(played.entries).agenda}

    assert (lines["i2"].actual_ms, lines["i3"].actual_ms) == (7 * MINUTE, 3 * MINUTE)
    assert "“Discussion” was suspended: Lunch." in told(played)
    assert "“Discussion” went on with 6 min left. The rule: Chatham House." in told(played)
    assert "“Discussion” ended after 7 min." in told(played)


def test_an_item_that_is_suspended_still_has_taken_the_time_it_ran() -> None:
    played = live()
    played.start("i1")
    played.chair(suspensions.SuspendItem("i1"), 3 * MINUTE)
    assert report(played.entries).agenda[0].actual_ms == 3 * MINUTE
    played.start("i1", MINUTE)
    assert "“Opening” went on past its time. The rule: On the record." in told(played)


def test_an_item_is_told_under_the_rule_under_which_it_began() -> None:
    played = live()
    played.start("i2")
    played.chair(agenda.EndItem("i2"), MINUTE)
    played.chair(ground_rules.SetAttribution("on_the_record"))
    played.chair(ground_rules.SetAttribution("off_the_record", "i4"))
    played.chair(ground_rules.SetAttribution("", "i3"))
    made = report(played.entries)

    assert {one.item: one.attribution for one in made.agenda} == {
        "i1": "on_the_record",
        "i2": "chatham_house",
        "i3": "on_the_record",
        "i4": "off_the_record",
        "i5": "on_the_record",
    }
    assert {one.item for one in made.rules.items} == {"i2", "i4"}
    sentences = told(played)
    assert any(one.startswith("The rule of the room became: On the record:") for one in sentences)
    assert any(one.startswith("“Drafting” was given a rule of its own: Off the record:") for one in sentences)
    assert "“Coffee” was returned to the rule of the room." in sentences


def test_the_order_of_presenters_is_told() -> None:
    played = live()
    played.chair(agenda.AddItem("Views", "national_perspective", 10))
    played.start("added-1")
    played.chair(rotation.PassPresenter("USA", "Absent"))
    played.chair(rotation.MovePresenter("JPN", "PRC"))
    played.chair(rotation.MovePresenter("JPN"))
    sentences = told(played)

    assert "The order of presenters was announced: China, Japan, South Korea, Russia, the United States." in sentences
    assert "The United States was passed: Absent." in sentences
    assert "Japan was moved before China in the order of presenters." in sentences
    assert "Japan was moved to the end in the order of presenters." in sentences
