"""The steps from one schema to the next, run by `store.database` through alembic and never by hand."""
