"""The audit is only added to, and one flipped byte in any row is found."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from store.audit import first_broken, head, record
from store.database import reading, writing
from store.tables import Audit


@pytest.fixture
def five_rows(engine: Engine, key: bytes) -> None:
    for number in range(1, 6):
        with writing(engine) as session:
            record(session, key, "ann", "decided", f"submission:{number}", {"group": f"g{number}", "count": number})


def tamper(engine: Engine, statement: str) -> None:
    """Change the file behind the triggers' back, as somebody with the file in his hands would."""
    database = sqlite3.connect(str(engine.url.database))
    for trigger in ("audit_no_update", "audit_no_delete"):
        database.execute(f"DROP TRIGGER {trigger}")
    database.execute(statement)
    database.commit()
    database.close()


@pytest.mark.usefixtures("five_rows")
def test_the_chain_holds_as_it_was_written(engine: Engine, key: bytes) -> None:
    with reading(engine) as session:
        assert first_broken(session, key) is None
        assert head(session).number == 5


@pytest.mark.usefixtures("five_rows")
@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "detail", "previous", "hash"])
def test_one_flipped_byte_is_found(engine: Engine, key: bytes, column: str) -> None:
    tamper(engine, f"UPDATE audit SET {column} = 'X' || substr({column}, 2) WHERE number = 3")
    with reading(engine) as session:
        assert first_broken(session, key) == 3


@pytest.mark.usefixtures("five_rows")
def test_a_row_taken_out_is_found(engine: Engine, key: bytes) -> None:
    tamper(engine, "DELETE FROM audit WHERE number = 2")
    with reading(engine) as session:
        assert first_broken(session, key) == 2


@pytest.mark.usefixtures("five_rows")
def test_the_newest_rows_gone_show_in_the_head(engine: Engine, key: bytes) -> None:
    with reading(engine) as session:
        exported = head(session)
    tamper(engine, "DELETE FROM audit WHERE number = 5")
    with reading(engine) as session:
        assert head(session) != exported


@pytest.mark.usefixtures("five_rows")
def test_nobody_without_the_key_can_make_a_chain(engine: Engine) -> None:
    with reading(engine) as session:
        assert first_broken(session, b"another key, as long as the 1st.") == 1


@pytest.mark.usefixtures("five_rows")
@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'ben'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_rows(engine: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"), writing(engine) as session:
        session.connection().exec_driver_sql(statement)
    with reading(engine) as session:
        assert session.get_one(Audit, 1).actor == "ann"
