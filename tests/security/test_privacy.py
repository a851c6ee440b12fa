"""The page for a school's data officer: open to all, true to the settings, and reached from every door."""

from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from tests.security.stage import opened

pytestmark = pytest.mark.django_db
# Every table that holds anything of a person, each with its line on the page.
PERSONAL = {
    "rooms.Participant": "The name that a student types",
    "rooms.Event": "What is said and written in a room",
    "rooms.Answered": "What is said and written in a room",
    "rooms.Export": "who took which file",
    "rooms.SignInLink": "A moderator’s account",
    "auth.User": "A moderator’s account",
    "sessions.Session": "A cookie in the browser",
    "axes.AccessAttempt": "Of a wrong password",
}


def test_it_is_open_to_all_and_says_the_lengths_that_are_in_force(settings: Any) -> None:
    settings.KEEP_NAMES_DAYS, settings.CLOSE_UNUSED_DAYS = 77, 33
    page = Client().get("/privacy/")
    assert page.status_code == 200
    assert "77 days after the session was closed" in page.content.decode()
    assert "closed after 33 days" in page.content.decode()


def test_every_door_leads_to_it() -> None:
    played = opened(User.objects.create_user("mira"))
    for door in ("/join/", f"/join/{played.room.code}/", "/sign-in/"):
        assert 'href="/privacy/"' in Client().get(door).content.decode(), door


def test_every_table_that_names_a_person_has_its_line() -> None:
    html = Client().get("/privacy/").content.decode()
    for model, line in PERSONAL.items():
        assert apps.get_model(model)
        assert line in html, model
    columns = {"name", "pid", "person", "actor", "username", "user", "ip_address", "user_agent", "participant"}
    naming = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ("rooms", "axes", "sessions")
        and columns & {one.name for one in model._meta.get_fields() if one.concrete}
    }
    never_written = {"axes.AccessLog", "axes.AccessFailureLog", "axes.AccessAttemptExpiration"}  # see the settings
    assert naming - PERSONAL.keys() - never_written <= {"rooms.Snapshot"}


def test_who_signs_in_leaves_no_trace_beside_the_session(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    User.objects.create_user("mira", password="a long sentence is a password")
    client = Client()
    client.post("/sign-in/", {"username": "mira", "password": "wrong"})
    assert AccessAttempt.objects.count() == 1
    assert "wrong" not in str(AccessAttempt.objects.values())
    client.post("/sign-in/", {"username": "mira", "password": "a long sentence is a password"})
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()
