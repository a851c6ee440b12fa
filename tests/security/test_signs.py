"""Signs in an address that some database cannot even be asked for: refused in a sentence, on both."""

import json
import sqlite3

import pytest
from django.db import DataError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from psycopg import errors

from neacd.away import DatabaseAway
from neacd.errors import refusal_for
from tests.security import addresses
from tests.security.addresses import PART
from tests.security.stage import CHAIR, DELEGATE, staged

pytestmark = pytest.mark.django_db

# NUL, a surrogate, a number that no column holds, one that Python does not count out.
ODD = ("%00", "%ED%A0%80", "9" * 19, "9" * 4_301)


def test_no_sign_in_an_address_breaks_a_page() -> None:
    stage = staged()
    clients = {who: stage.client(who) for who in (DELEGATE, CHAIR)}
    broke = []
    for address in addresses.every():
        for name in PART.findall(address.route):
            for odd in ODD:
                for who, client in clients.items():
                    client.raise_request_exception = False
                    path = address.path(**{"code": stage.code, "pid": stage.pid(who), name: odd})
                    status = client.get(path).status_code
                    if status >= 500:
                        broke.append((who, path[:80], status))
    assert broke == []


@pytest.mark.parametrize("address", ["/?q=%00", "/join/?code=%00", "/search/?q=%00", "/sign-in/?next=%00"])
def test_no_sign_that_is_asked_for_breaks_a_page(address: str) -> None:
    stage = staged()
    for client in (Client(raise_request_exception=False), stage.client(CHAIR)):
        assert client.get(address).status_code < 500


def test_what_no_database_can_hold_is_said_in_a_sentence_and_as_json(rf: RequestFactory) -> None:
    away = DatabaseAway(lambda request: HttpResponse())
    error = DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    page = away.process_exception(rf.get("/"), error)
    assert page is not None
    assert page.status_code == 400
    assert "cannot be kept here" in page.content.decode()
    told = away.process_exception(rf.get("/", headers={"Accept": "application/json"}), error)
    assert told is not None
    assert json.loads(told.content)["refused"]["code"] == "bad_sign"
    assert away.process_exception(rf.get("/"), ProgrammingError("no such column")) is None


@pytest.mark.parametrize(
    ("cause", "ours"),
    [
        (errors.CharacterNotInRepertoire(), False),
        (errors.UntranslatableCharacter(), False),
        (errors.NumericValueOutOfRange(), True),
        (errors.StringDataRightTruncation(), True),
        (sqlite3.DataError("string or blob too big"), True),
    ],
)
def test_what_does_not_fit_for_another_reason_is_an_error_of_ours(cause: Exception, ours: bool) -> None:
    error = DataError("as the database says it")
    error.__cause__ = cause
    assert (refusal_for(error) is None) == ours


def test_a_sign_that_the_database_does_not_take_is_told_from_a_number_that_it_does_not() -> None:
    """As it answers itself. SQLite takes both."""
    told = []
    for column, value in (("code", "\0"), ("head", 2**40)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE rooms_room SET {column} = %s WHERE code = 'nobody'", [value])
            told.append("taken")
        except DataError as error:
            told.append(getattr(refusal_for(error), "code", "ours"))
    assert told == (["bad_sign", "ours"] if connection.vendor == "postgresql" else ["taken", "taken"])
