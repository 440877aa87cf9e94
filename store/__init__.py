"""What lasts: submissions, documents, findings, decisions, outbox, audit, files and batches.

SQLAlchemy on SQLite by default, PostgreSQL for teams. Tables in `tables.py`, one module of small functions for each
noun. Nothing here reads a document or knows a flow; no raw text of a finding is ever stored. `run` works without it.
"""
