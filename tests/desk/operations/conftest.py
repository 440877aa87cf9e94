"""What the tests of operations share: an office on either database, filled as a desk fills it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import MetaData, select

from desk.services import marks, users
from desk.services.office import Office, open_office, reading
from store import audit
from store.tables import Submission


def rows_of(engine) -> dict[str, list[tuple]]:
    """Every row of every table."""
    metadata = MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        return {table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
                for table in metadata.sorted_tables if table.name != "alembic_version"}


@pytest.fixture
def rows() -> Callable[..., dict[str, list[tuple]]]:
    return rows_of


@pytest.fixture
def whole() -> Callable[[Office], bool]:
    """Whether the audit of an office holds."""
    def look(office: Office) -> bool:
        with reading(office.engine) as session:
            return audit.first_broken(session, office.key) is None
    return look


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def open_at(tmp_path, monkeypatch, request, customers) -> Iterator[Callable[..., Office]]:
    """Open an office in a folder of its own, on a database of a kind; all are closed at the end."""
    opened: list[Office] = []

    def opener(name: str, kind: str = "sqlite") -> Office:
        monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / name))
        monkeypatch.delenv("DECKPRISM_FILES", raising=False)
        if kind == "sqlite":
            monkeypatch.delenv("DECKPRISM_DATABASE", raising=False)
        else:
            monkeypatch.setenv("DECKPRISM_DATABASE", request.getfixturevalue("postgres_url"))
        office = open_office(None, customers)
        opened.append(office)
        return office

    yield opener
    for each in opened:
        each.engine.dispose()


@pytest.fixture
def operator():
    return users.operator()


class Load:
    """Writers that go on until they are stopped: people who hand in, comment and are asked."""

    def __init__(self, desk, make_deck) -> None:
        self._desk, self._make = desk, make_deck
        self._stop = threading.Event()
        self.failures: list[BaseException] = []
        self.done = 0
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(3)]

    def __enter__(self) -> Load:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        for each in self._threads:
            each.join()

    def until(self, count: int) -> None:
        while self.done < count and not self.failures:
            self._stop.wait(0.01)

    def _write(self, number: int) -> None:
        try:
            actor = self._desk.actor(f"ana{number}")
            turn = 0
            while not self._stop.is_set():
                turn += 1
                made = self._desk.hand_in(actor, self._make(2, subject=f"notes {number} {turn}"), f"talk{turn}.pptx").id
                marks.comment(self._desk.office, actor, made, f"Remark {turn}.")
                self.done += 1
        except BaseException as error:
            self.failures.append(error)


@pytest.fixture
def load(make_deck):
    return lambda desk: Load(desk, make_deck)


@pytest.fixture
def hand_in_unreadable(desk, make_deck):
    """Hand in a file that cannot be read when its turn comes; returns the id of its submission."""
    def hand_in(actor, name: str = "lost.pptx", subject: str = "lost things") -> str:
        made = desk.hand_in(actor, make_deck(2, subject=subject), name).id
        with reading(desk.office.engine) as session:
            desk.office.files.remove(session.get(Submission, made).document)
        return made
    return hand_in
