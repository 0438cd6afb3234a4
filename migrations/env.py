"""Alembic's entry: runs on the connection that `engine.migrate` hands over."""

from alembic import context

import engine.models  # noqa: F401  # registers the tables on the metadata
from engine.db import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
