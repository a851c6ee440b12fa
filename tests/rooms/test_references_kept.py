"""What a script calls its own side's drafts by: their titles."""

from rooms.domain.drafting import KeepDraft, TableDraft
from rooms.domain.texts import OpenDocument
from rooms.references import Known, fault, resolved
from tests.domain.play import CHINA, JAPAN, JAPAN_MOD, M1, M2, cast_live


def test_a_draft_is_called_by_its_title_by_those_who_keep_it() -> None:
    session = cast_live().done(
        (JAPAN, KeepDraft("Ours.", title="On seas")),
        (JAPAN, KeepDraft("Also ours.", title="On ports")),
        (CHINA, KeepDraft("Theirs.", title="On seas")),
        (M1, KeepDraft("A way out.", title="On seas")),
    )
    called = {who: resolved("@kept:On seas", session.state, Known(), who) for who in (JAPAN, JAPAN_MOD, CHINA, M1, M2)}
    assert called[JAPAN] == called[JAPAN_MOD]
    assert called[M1] == called[M2]
    assert len(set(called.values())) == 3
    session.done((M1, OpenDocument("Draft")), (JAPAN_MOD, TableDraft(called[JAPAN])))
    assert resolved("@kept:On seas", session.state, Known(), JAPAN) == "", "it is kept no more"
    assert fault("@kept:On seas", (), ()) == ""
