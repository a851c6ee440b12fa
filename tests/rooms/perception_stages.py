"""The questions before and after at each of their turns, for the tests of the panels: asked, answered, counted with
much and with little to tell."""

from rooms.domain import room, seats
from rooms.domain.perceptions import ClosePerceptions, GivePerceptions, OpenPerceptions
from tests.domain.play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, WAITING, Session

Stage = tuple[str, Session]


def perception_stages(joined: Session) -> list[Stage]:
    """From a session in its lobby; three sit for Japan, two for China, one for Korea."""
    kept: list[Stage] = []
    session = joined.copy().done((M1, seats.AdmitPerson(WAITING)))

    def keep(name: str) -> None:
        kept.append((name, session.copy()))

    session.done((M1, OpenPerceptions("before")))
    keep("asked before")
    of_japan, of_china = ("PRC 4", "ROK 6"), ("JPN 2", "ROK 5")
    for person, trust, guess in (
        *((one, of_japan, "PRC scope b") for one in (JAPAN, JAPAN_MOD, WAITING)),
        *((one, of_china, "JPN scope a") for one in (CHINA, CHINA_MOD)),
        (KOREA, ("JPN 3",), "JPN scope c"),
    ):
        session.done((person, GivePerceptions("before", trust, 3, (guess,))))
    keep("answered before")
    session.done((M1, ClosePerceptions("before")))
    keep("counted before")
    session.done((M1, room.StartSession()), (M1, room.CloseSession("")), (M1, OpenPerceptions("after")))
    keep("asked in the debrief")
    session.done(
        *((one, GivePerceptions("after", of_japan)) for one in (JAPAN, JAPAN_MOD, WAITING)),
        (CHINA, GivePerceptions("after", ("ROK 7",))),
        (M1, ClosePerceptions("after")),
    )
    keep("counted after")
    return kept
