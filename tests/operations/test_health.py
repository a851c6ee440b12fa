"""Alive is who answers; ready is whose database, layer and tables are as they should be."""

from unittest import mock

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import AsyncClient, Client, override_settings

NO_LAYER = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]},
    }
}


@pytest.mark.django_db
async def test_all_is_well(async_client: AsyncClient) -> None:
    answer = await async_client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "channel_layer": True, "migrations": True})


@pytest.mark.django_db
@override_settings(CHANNEL_LAYERS=NO_LAYER)
async def test_without_the_layer_it_is_alive_and_not_ready(async_client: AsyncClient) -> None:
    answer = await async_client.get("/readyz")
    assert (answer.status_code, answer.json()["channel_layer"]) == (503, False)
    assert (await async_client.get("/healthz")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_waits_keeps_visitors_away(client: Client) -> None:
    applied = MigrationRecorder(connection)
    applied.record_unapplied("sessions", "0001_initial")
    try:
        answer = client.get("/readyz")
    finally:
        applied.record_applied("sessions", "0001_initial")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "channel_layer": True, "migrations": False})


def test_to_be_alive_asks_nothing_of_the_database(client: Client) -> None:
    # Without the fixture that allows it, any question to the database would fail the test.
    with mock.patch.object(connection, "ensure_connection", side_effect=AssertionError("it asked")):
        assert client.get("/healthz").json() == {"alive": True}
