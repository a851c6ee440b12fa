"""How a request was answered the first time, as it is kept: a repeat is answered alike. Decides nothing.

Plain SQL for the reason that `log` gives.
"""

from collections.abc import Collection, Iterable

from rooms import log
from rooms.domain.refused import Refused

# One condition for each: no database makes better use of the index.
FIRST_ANSWERS = "SELECT room_id, actor, request_id, first_seq, last_seq, refusal FROM rooms_answered WHERE "
OF_ONE = "(room_id = %s AND actor = %s AND request_id = %s)"
REMEMBER = "INSERT INTO rooms_answered (room_id, actor, request_id, first_seq, last_seq, refusal) VALUES {}"
AN_ANSWER = "(%s, %s, %s, %s, %s, %s)"

Key = tuple[int, str, str]  # room id, actor, request id: what a repeat has in common with the first
Answer = tuple[Key, int, int, Refused | None]  # the first and the last seq that were written, or the refusal


def first_answers(keys: Collection[Key]) -> Iterable[log.Statement]:
    """Asks, by key, how those that are repeats were answered the first time."""
    if keys:
        yield FIRST_ANSWERS + " OR ".join([OF_ONE] * len(keys)), [value for key in keys for value in key]


def remember(answers: Iterable[Answer]) -> Iterable[log.Statement]:
    """Writes down how some were answered, for their repeats."""
    rows = [
        (*key, first_seq, last_seq, None if refused is None else log.as_json(refused.as_data()))
        for key, first_seq, last_seq, refused in answers
    ]
    return log.in_rows(REMEMBER, AN_ANSWER, rows)
