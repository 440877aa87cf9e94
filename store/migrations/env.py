"""What alembic runs: the migrations, inside the transaction of the connection that `store.database` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from store import tables_people, tables_review, tables_schedules  # noqa: F401 - their tables belong to the same metadata
from store.tables import Base

connection = context.config.attributes["connection"]
assert isinstance(connection, Connection)
# SQLite can roll back the making of tables: a migration that fails leaves the old schema and its rows.
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True,
                  transaction_per_migration=False, render_as_batch=True)
context.run_migrations()
