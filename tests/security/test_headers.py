"""What every answer says beside its content: kept by nobody, framed by nobody, without powers, and equal for what a
reader may not tell apart."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from rooms import access
from tests.programs import ROOT
from tests.security import addresses
from tests.security.stage import CHAIR, DELEGATE, OBSERVER, opened, staged

KEPT_BY_ALL = ("/api/openapi.json",)  # the same for everybody


@pytest.mark.django_db
def test_no_answer_is_kept_framed_or_told_to_others() -> None:
    stage = staged()
    wrong = []
    for address in addresses.every():
        if address.route in addresses.OF_THE_HOUSE:
            continue
        path = address.path(code=stage.code, pid=stage.pid(CHAIR))
        told = stage.client(CHAIR).get(path).headers
        if path not in KEPT_BY_ALL and not {"no-store", "private"} & set(
            told["Cache-Control"].replace(",", " ").split()
        ):
            wrong.append(f"{path} may be kept: {told['Cache-Control']}")
        if "ETag" in told or "Last-Modified" in told:
            wrong.append(f"{path} tells when it changed")
        if path not in KEPT_BY_ALL and not {"Cookie", "Authorization"} <= {
            one.strip() for one in told["Vary"].split(",")
        }:
            wrong.append(f"{path} varies by {told['Vary']}")
        expected = {
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        wrong += [f"{path}: {name} is {told.get(name)}" for name, value in expected.items() if told.get(name) != value]
        if "camera=()" not in told.get("Permissions-Policy", ""):
            wrong.append(f"{path} leaves powers to a script")
        if "frame-ancestors 'none'" not in told.get("Content-Security-Policy", "") or "unsafe" in told.get(
            "Content-Security-Policy", ""
        ):
            wrong.append(f"{path}: {told.get('Content-Security-Policy')}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_what_is_hidden_changes_nothing_of_what_an_observer_is_answered() -> None:
    """Neither the length, nor a header: the page of before and after a word among others is the same, token aside."""
    stage = staged()
    room = f"/rooms/{stage.code}/{stage.pid(OBSERVER)}/"
    paths = (f"/api{room}", f"/api{room}events/", f"/api{room}texts/", f"{room}earlier/")

    def asked() -> list[tuple[int, bytes, list[tuple[str, str]]]]:
        answers = [stage.client(OBSERVER).get(path) for path in paths]
        told = [sorted((k, v) for k, v in one.headers.items() if k != "X-Request-ID") for one in answers]
        return [(one.status_code, one.content, headers) for one, headers in zip(answers, told, strict=True)]

    before = asked()
    stage.do(DELEGATE, "say_in_delegation", text="Only among us.")
    stage.do(DELEGATE, "keep_draft", text="Ours alone.")
    stage.do(DELEGATE, "note_to_chair", text="For the chair.")
    stage.do(CHAIR, "convene_caucus", invite=("JPN", "PRC"), topic="Fuel", minutes=10)
    assert asked() == before


@pytest.mark.django_db
def test_the_keys_in_cookies_are_out_of_reach() -> None:
    user = User.objects.create_user("mira")
    client = Client()
    assert client.post(access.sign_in_link_for(user)).status_code == 302
    stage_cookie = staged_cookie()
    for cookie in (client.cookies["sessionid"], stage_cookie):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def staged_cookie() -> Any:
    played = opened(User.objects.create_user("omar"))
    client = Client()
    client.post(f"/join/{played.room.code}/", {"name": "Ada", "seat": "JPN-MFA"})
    [name] = [one for one in client.cookies if one.startswith("seat_")]
    return client.cookies[name]


SAYS = """
import json, sys, django
from django.conf import settings
django.setup()
names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG", "SECURE_COOKIES", "SECRET_KEY")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_with(folder: Path, **env: str) -> dict[str, object]:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "NEACD_DEBUG", "NEACD_HTTPS")
    }
    told = {**kept, "DJANGO_SETTINGS_MODULE": "neacd.settings", "NEACD_VAR": str(folder), **env}
    done = subprocess.run([sys.executable, "-c", SAYS], cwd=ROOT, env=told, capture_output=True, text=True, check=True)
    said: dict[str, object] = json.loads(done.stdout)
    return said


def test_by_https_cookies_and_pages_stay_with_it(tmp_path: Path) -> None:
    said = settings_with(tmp_path, NEACD_HTTPS="1")
    assert said["SESSION_COOKIE_SECURE"] is said["CSRF_COOKIE_SECURE"] is said["SECURE_COOKIES"] is True
    assert said["SECURE_HSTS_SECONDS"] == 31_536_000


def test_no_secret_has_a_default(tmp_path: Path) -> None:
    """The key is made at the first start, for this installation alone, readable by its owner; and debugging is off."""
    one, other = tmp_path / "one", tmp_path / "other"
    first, second = settings_with(one), settings_with(other)
    assert first["DEBUG"] is False
    assert len(str(first["SECRET_KEY"])) >= 50
    assert first["SECRET_KEY"] != second["SECRET_KEY"]
    assert settings_with(one)["SECRET_KEY"] == first["SECRET_KEY"]
    assert (one / "secret_key").stat().st_mode & 0o077 == 0
    written = [path for path in ROOT.glob("neacd/*.py") if "django-insecure" in path.read_text()]
    assert written == []
