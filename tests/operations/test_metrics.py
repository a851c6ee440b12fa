"""The figures of a process: for this machine or for who has the token; no room, no person in them."""

import re
import threading

import pytest
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from rooms import figures
from rooms.process import hub
from tests.rooms.kit import live_played
from tests.wire.client import SOON
from tests.wire.client import Client as Person
from tests.wire.conftest import Server, server

__all__ = ["server"]
HERE = {"HTTP_HOST": "127.0.0.1:8000"}


def figure(client: Client, name: str, **labels: str) -> float:
    families = text_string_to_metric_families(client.get("/metrics", **HERE).content.decode())
    samples = [one for family in families for one in family.samples]
    return next((one.value for one in samples if one.name == name and one.labels == labels), 0.0)


def test_events_refusals_and_deliveries_are_counted(client: Client) -> None:
    before = [figure(client, "neacd_events_total"), figure(client, "neacd_refusals_total", code="muted")]
    slow = figure(client, "neacd_deliver_seconds_bucket", le="0.05")
    figures.written(3)
    figures.refused("muted")
    figures.delivered(at=1_000, now=1_030)
    figures.delivered(at=1_000, now=2_000)
    after = [figure(client, "neacd_events_total"), figure(client, "neacd_refusals_total", code="muted")]
    assert [now - then for then, now in zip(before, after, strict=True)] == [3, 1]
    assert figure(client, "neacd_deliver_seconds_bucket", le="0.05") - slow == 1


def test_how_the_hub_stands_is_told(client: Client) -> None:
    figures.note(figures.Standing(sockets=30, rooms=2, audiences=9, queued=4_096), waiting=7)
    names = ("sockets", "rooms", "audiences", "queued_bytes", "waiting_commands")
    assert [figure(client, f"neacd_{name}") for name in names] == [30, 2, 9, 4_096, 7]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_REAL_IP": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_HOST": "neacd.example"},
        {"REMOTE_ADDR": ""},
    ],
)
@override_settings(ALLOWED_HOSTS=["*"])
def test_nobody_reads_them_from_elsewhere(client: Client, elsewhere: dict[str, str]) -> None:
    answer = client.get("/metrics", **{**HERE, **elsewhere})
    assert answer.status_code == 404
    assert b"neacd_" not in answer.content


@override_settings(METRICS_TOKEN="only-for-the-gatherer")
@pytest.mark.parametrize(
    ("given", "status"),
    [("Bearer only-for-the-gatherer", 200), ("Bearer é", 404), ("Bearer ", 404), ("only", 404), ("", 404)],
)
def test_with_a_token_it_alone_counts(client: Client, given: str, status: int) -> None:
    assert client.get("/metrics", headers={"Authorization": given}, REMOTE_ADDR="192.0.2.7").status_code == status


def test_without_the_token_not_even_this_machine_reads_them(client: Client) -> None:
    with override_settings(METRICS_TOKEN="only-for-the-gatherer"):
        assert client.get("/metrics", **HERE).status_code == 404


def test_labels_are_codes_of_ours_and_nothing_else(client: Client) -> None:
    figures.refused("muted")
    ours = [line for line in client.get("/metrics", **HERE).content.decode().splitlines() if line.startswith("neacd_")]
    assert ours
    labels = {label for line in ours for label in re.findall(r"[{,](\w+)=", line)}
    assert labels <= {"code", "le"}


@pytest.mark.django_db(transaction=True)
def test_a_session_is_counted_where_it_happens(server: Server, client: Client) -> None:
    names = ("neacd_events_total", "neacd_deliver_seconds_count", "neacd_command_seconds_count")
    played = live_played()
    before = [figure(client, name) for name in names]
    with Person(server, played.people["JPN-MFA"]) as japan, Person(server, played.people["moderator"]) as chair:
        japan.next()
        chair.next()
        assert japan.ask("ask_for_floor")["done"]
        chair.until(chair.cursor + 1)
        refused = figure(client, "neacd_refusals_total", code="not_moderator")
        assert japan.ask("next_speaker", seen="")["refused"]["code"] == "not_moderator"
        assert figure(client, "neacd_refusals_total", code="not_moderator") == refused + 1
        figures.note(hub.standing(), waiting=0)
        assert [figure(client, f"neacd_{name}") for name in ("sockets", "rooms", "audiences")] == [2, 1, 2]
        waited, never = 0.0, threading.Event()
        while not all(figure(client, name) > then for name, then in zip(names, before, strict=True)):
            assert waited < SOON
            never.wait(0.05)
            waited += 0.05
