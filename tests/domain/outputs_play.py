"""What the tests of all commands and events need to know of output documents: the stages on which they are issued, a
legal use of each command, a sample of each event."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import decisions, outputs, texts

from .play import CHINA, JAPAN, M1, Session

Moves = tuple[tuple[str, Any], ...]

DRAFTED: Moves = (
    (M1, texts.OpenDocument("On the harbour")),
    (JAPAN, texts.ProposeParagraph("The seas are calm.")),
    (CHINA, texts.ProposeParagraph("The ports are open.")),
)
ADOPTED: Moves = (*DRAFTED, (M1, decisions.CallConsensus()), (M1, decisions.CloseCall("c1")))
OWN = "Some thought so, others did not."
READ: Moves = ((M1, outputs.ReadOut("", OWN)),)
OBJECTED: Moves = (*READ, (CHINA, outputs.ObjectToReading("read1", "We thought otherwise.")))


def adopted(session: Session) -> Session:
    """A text of two paragraphs is adopted by consensus."""
    return session.done(*ADOPTED)


# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, Moves]] = {
    "issue_output": (M1, outputs.IssueOutput("joint_statement", "d1"), ADOPTED),
    "read_out": (M1, outputs.ReadOut("", OWN), ()),
    "object_to_reading": (CHINA, outputs.ObjectToReading("read1", "We thought otherwise."), READ),
    "lift_objection": (CHINA, outputs.LiftObjection("read1"), OBJECTED),
}

_LINES = (("operative", "1", (("Calm ", ""), ("[", "sign"), ("seas", "open"), ("]", "sign"), (".", ""))),)
_DISSENT = {"kind": "reservation", "delegation": "PRC", "paragraph": "1", "text": "Not yet.", "at": 881_150_520_000}
_PROMISE = {"act": "Open the port", "actor": "JPN", "horizon": "short", "due": None}
SAMPLES: tuple[Any, ...] = (
    outputs.OutputIssued(
        *("paper1", "chairs_summary", "Chair’s summary", "d1", "Chair’s summary, under the chair’s own name"),
        *("It binds nobody.", OWN, _LINES, ("JPN", "PRC"), ({**_DISSENT, "provisional": True},), (_PROMISE,), "read1"),
    ),
    outputs.StatementReadOut("read1", "Chairman’s statement", "d1", OWN, _LINES),
    outputs.ReadingObjected("read1", "PRC", "We thought otherwise."),
    outputs.ObjectionLifted("read1", "PRC"),
)
SPELLED = "issued statement read out reading objected objection lifted"
