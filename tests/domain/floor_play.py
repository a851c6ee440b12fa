"""What the tests of all commands and events need to know of the floor: a legal use of each command beyond asking and
calling, how random sessions draw it, and a golden sample of each event."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.domain import floor, gists, orders, points, questions, replies, speakers, speeches, statements, turns
from rooms.domain.state import RoomState

from .play import CHINA, IN_USE, JAPAN, M1

Moves = tuple[tuple[str, Any], ...]

ASKED: Moves = ((JAPAN, speakers.AskForFloor()),)
SPEAKING: Moves = (*ASKED, (M1, floor.NextSpeaker()))
INTERRUPTED: Moves = (*SPEAKING, (M1, speeches.InterruptSpeech("r1")))
# Japan has been heard already, and stands first on the list.
UNBALANCED: Moves = (
    (M1, floor.CallOn("JPN-MOD")),
    (JAPAN, speakers.AskForFloor()),
    (CHINA, speakers.AskForFloor()),
)
QUESTION: Moves = (
    (JAPAN, speakers.AskForFloor("question")),
    (M1, floor.NextSpeaker()),
    (JAPAN, statements.MakeStatement("Why, China?", "PRC")),
)
RAISED: Moves = (*SPEAKING, (CHINA, orders.RaisePoint("That is off the subject.")))
RULED: Moves = (*RAISED, (M1, orders.RuleOnPoint("r2", False, "It is not.")))
APPEALED: Moves = (*RULED, (CHINA, orders.AppealRuling("r2")))

# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, Moves]] = {
    "recognise_request": (M1, turns.RecogniseRequest("r1"), ASKED),
    "add_to_list": (M1, turns.AddToList("PRC-MFA"), ()),
    "balance_list": (M1, turns.BalanceList(), UNBALANCED),
    "set_speak_once": (M1, turns.SetSpeakOnce(True), ()),
    "interrupt_speech": (M1, speeches.InterruptSpeech("r1", "The interpreter asks."), SPEAKING),
    "resume_speech": (M1, speeches.ResumeSpeech("r1"), INTERRUPTED),
    "undo_next": (M1, speeches.UndoNext("r1"), SPEAKING),
    "reply_to_question": (CHINA, replies.ReplyToQuestion("r1"), QUESTION),
    "call_to_reply": (M1, replies.CallToReply("r1"), QUESTION),
    "drop_question": (CHINA, replies.DropQuestion("r1"), QUESTION),
    "ask_right_of_reply": (CHINA, replies.AskRightOfReply("JPN"), SPEAKING),
    "allow_more_replies": (M1, replies.AllowMoreReplies(True), ()),
    "raise_point": (CHINA, orders.RaisePoint("That is off the subject."), SPEAKING),
    "rule_on_point": (M1, orders.RuleOnPoint("r2", True), RAISED),
    "appeal_ruling": (CHINA, orders.AppealRuling("r2"), RULED),
    "vote_on_ruling": (JAPAN, orders.VoteOnRuling("r2", True), APPEALED),
    "close_appeal": (M1, orders.CloseAppeal("r2"), APPEALED),
    "go_on": (M1, orders.GoOn("r2"), RULED),
    "log_gist": (M1, gists.LogGist("r1", "Japan wants calm seas."), SPEAKING),
    "correct_record": (M1, statements.CorrectRecord("It was China that asked."), ()),
}


def _one(options: Any, n: int, otherwise: str = "") -> str:
    return str(options[n % len(options)]) if options else otherwise


def _speech(state: RoomState) -> str:
    return state.floor.speech.id if state.floor.speech else ""


def _waiting(state: RoomState, n: int) -> str:
    return _one([request.id for request in state.floor.waiting], n, "r1")


def _question(state: RoomState, n: int) -> str:
    return _one([question.id for question in state.questions.pending], n, "r1")


def _point(state: RoomState) -> str:
    return state.orders.open.id if state.orders.open else "r1"


def _recent(state: RoomState, n: int) -> str:
    return _one([_speech(state), *(one.id for one in state.floor.spoken)], n)


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "yield_floor": lambda _state, n: floor.YieldFloor(_one(IN_USE, n) if n % 3 == 0 else ""),
    "make_statement": lambda _state, n: statements.MakeStatement(
        f"Statement {n}." if n else "", _one((*IN_USE, "RUS"), n) if n % 2 else ""
    ),
    "withdraw_request": lambda state, n: speakers.WithdrawRequest("" if n % 2 else _waiting(state, n)),
    "recognise_request": lambda state, n: turns.RecogniseRequest(_waiting(state, n)),
    "add_to_list": lambda _state, n: turns.AddToList(
        _one(("JPN-MFA", "JPN-MOD", "JPN-EXP-1", "PRC-MFA", "ROK-MFA", "USA-MFA"), n), "song" if n == 9 else "reply"
    ),
    "balance_list": lambda _state, _n: turns.BalanceList(),
    "set_speak_once": lambda _state, n: turns.SetSpeakOnce(n % 3 == 0),
    "interrupt_speech": lambda state, _n: speeches.InterruptSpeech(_speech(state), "A moment."),
    "resume_speech": lambda state, _n: speeches.ResumeSpeech(_speech(state)),
    "undo_next": lambda state, _n: speeches.UndoNext(_speech(state)),
    "reply_to_question": lambda state, n: replies.ReplyToQuestion(_question(state, n)),
    "call_to_reply": lambda state, n: replies.CallToReply(_question(state, n), _speech(state) if n % 6 else ""),
    "drop_question": lambda state, n: replies.DropQuestion(_question(state, n)),
    "ask_right_of_reply": lambda _state, n: replies.AskRightOfReply(_one(IN_USE, n)),
    "allow_more_replies": lambda _state, n: replies.AllowMoreReplies(n % 2 == 0),
    "raise_point": lambda _state, n: orders.RaisePoint(f"Point {n}." if n % 2 else ""),
    "rule_on_point": lambda state, n: orders.RuleOnPoint(_point(state), n % 2 == 0, "So I rule."),
    "appeal_ruling": lambda state, _n: orders.AppealRuling(_point(state)),
    "vote_on_ruling": lambda state, n: orders.VoteOnRuling(_point(state), n % 2 == 0),
    "close_appeal": lambda state, _n: orders.CloseAppeal(_point(state)),
    "go_on": lambda state, _n: orders.GoOn(_point(state)),
    "log_gist": lambda state, n: gists.LogGist(_recent(state, n), f"Gist {n}." if n else ""),
    "correct_record": lambda _state, n: statements.CorrectRecord(f"Correction {n}."),
}
SELDOM = ("set_speak_once", "allow_more_replies", "raise_point", "drop_question")
# Seldom possible, so tried whenever it is.
HARD = (
    *("undo_next", "resume_speech", "reply_to_question", "call_to_reply", "ask_right_of_reply", "log_gist"),
    *("rule_on_point", "appeal_ruling", "vote_on_ruling", "close_appeal", "go_on", "go_on", "vote_on_ruling"),
)

SAMPLES: tuple[Any, ...] = (
    turns.RequestRecognised("r1"),
    turns.ListBalanced("r2", ("r2", "r1")),
    turns.SpeakOnceSet(True),
    speeches.SpeechExtended("r1", 30, 881_150_550_000),
    speeches.SpeechSecondsSet(90),
    speeches.SpeechInterrupted("r1", "The interpreter asks."),
    speeches.SpeechResumed("r1", 7_000),
    speeches.TurnUndone("r2", "PRC", "r1", 4_000),
    questions.QuestionPut("r1", "s1", "JPN", "PRC"),
    questions.ReplyTied("r1", "r2"),
    questions.QuestionReplied("r1", "r2", "s2", "PRC", "JPN"),
    questions.QuestionDropped("r1", "chair"),
    replies.RightOfReplyAsked("r3", "p2", "PRC-MFA", "PRC", "JPN"),
    replies.MoreRepliesSet(True),
    orders.PointRaised("r4", "p2", "PRC-MFA", "PRC", "r1", "That is off the subject."),
    orders.PointRuled("r4", False, "It is not."),
    orders.RulingAppealed("r4", "PRC", ("JPN", "PRC")),
    orders.RulingVoted("r4", "PRC", True),
    orders.AppealDecided("r4", False, ("PRC",), ("JPN",), ("JPN", "PRC")),
    orders.PointSettled("r4"),
    points.PointLapsed("r5"),
    gists.GistLogged("r1", "p1", "JPN-MFA", "JPN", "statement", "Calm seas — 平和", "i3", "chatham_house"),
)
SPELLED = (
    "recognised balanced speak once interrupted resumed turn undone question put reply tied replied dropped right of"
    " asked more replies point raised ruled ruling appealed voted appeal decided settled lapsed gist logged"
)
