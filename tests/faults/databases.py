"""Databases of our own in the tests' PostgreSQL, one for each who needs an empty one."""

import psycopg

from tests.programs import Postgres


def database_of(postgres: Postgres, name: str) -> str:
    """The DATABASE_URL of a new, empty database."""
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.url.rpartition("/")[0] + f"/{name}"
