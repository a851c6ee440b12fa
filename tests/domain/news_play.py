"""What the tests of all commands need to know of injects and news: a legal use of each command, on the live stage."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import inject_control, news

from .play import JAPAN, M1, cast_live

Moves = tuple[tuple[str, Any], ...]

RELEASED: Moves = ((M1, inject_control.ReleaseInject("x1")),)
# The id of a piece of news depends on its words and on when it went out.
[_NEWS] = cast_live().done(*RELEASED).state.news.pieces

# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, Moves]] = {
    "add_inject": (M1, inject_control.AddInject("Storm", "It storms.", "Wire", ("JPN", "ROK-MFA")), ()),
    "arm_inject": (M1, inject_control.ArmInject("x1", "item", 5, "i3"), ()),
    "arm_as_planned": (M1, inject_control.ArmAsPlanned(), ()),
    "hold_inject": (M1, inject_control.HoldInject("x1"), ((M1, inject_control.ArmInject("x1")),)),
    "skip_inject": (M1, inject_control.SkipInject("x1", "No time"), ()),
    "release_inject": (M1, inject_control.ReleaseInject("x1"), ()),
    "play_contingency": (M1, inject_control.PlayContingency("x1", "It storms on."), RELEASED),
    "close_inject": (M1, inject_control.CloseInject("x1", "Nobody took it up."), RELEASED),
    "see_news": (JAPAN, news.SeeNews(_NEWS), RELEASED),
    "answer_news": (JAPAN, news.AnswerNews(_NEWS, "We wait."), RELEASED),
}
