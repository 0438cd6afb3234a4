"""Migrations and models agree; the database's own guards are there."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select

import engine.models  # noqa: F401  # registers the tables
from engine import migrate
from engine.db import Base, Database
from engine.models import Installation, Person
from engine.platform import Platform


def test_models_and_migrations_agree(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []
    database.dispose()


def test_upgrading_an_up_to_date_database_does_nothing(database_url: str) -> None:
    database = Database(database_url)
    assert migrate.pending(database)
    for _again in range(2):
        migrate.upgrade(database)
        assert not migrate.pending(database)
    tables = set(inspect(database.engine).get_table_names())
    assert tables == {*Base.metadata.tables, "alembic_version"}
    database.dispose()


def test_upgrading_keeps_what_is_there(platform: Platform) -> None:
    migrate.upgrade(platform.database)
    with platform.database.read() as session:
        assert session.scalar(select(Installation.mode)) == "demo"
        assert len(session.scalars(select(Person)).all()) >= 30


def test_a_reset_leaves_the_empty_shape_whatever_there_was(platform: Platform) -> None:
    migrate.reset(platform.database)
    assert not migrate.pending(platform.database)
    with platform.database.read() as session:
        assert session.scalar(select(Installation.mode)) is None
        assert session.scalars(select(Person)).all() == []
    with platform.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
