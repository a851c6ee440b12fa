"""What is answered where no rule has decided: nothing was changed and why not, or that nobody knows."""

from rooms.domain.refused import Refused

UNSURE = "unsure"
SAYS_NOTHING = ("unavailable", "busy", "renewed")  # of the rules: of that which was asked before, it tells nothing


def unavailable() -> Refused:
    return Refused(
        "unavailable", "The server could not write this down just now. Nothing was changed; try again shortly."
    )


def busy() -> Refused:
    return Refused("busy", "Too much happened at once. Nothing was changed; try again.")


def renewed() -> Refused:
    return Refused("renewed", "The server is being renewed. Nothing was changed; try again in a moment.")


def unsure() -> Refused:
    return Refused(
        UNSURE,
        "We could not learn whether this was kept. Look at the room before you send it anew; the same request, sent"
        " again, is never carried out twice.",
    )


def says_nothing(outcome: object) -> bool:
    """Whether it leaves open what became of a command when that was asked before."""
    return isinstance(outcome, Refused) and outcome.code in SAYS_NOTHING
