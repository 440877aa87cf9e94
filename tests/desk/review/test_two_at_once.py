"""Two reviewers decide about the same thing at the same moment, on each kind of database."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from desk.services.office import reading
from desk.web.app import create_app
from desk.web.site import Site
from store.audit import first_broken
from store.tables import Audit, Decision, Submission


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request):
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""


def test_of_two_at_the_same_moment_one_wins_and_the_other_gets_409(url, tmp_path, new_bench, talk):
    bench = new_bench(tmp_path, url)
    it = bench.submission(*talk)
    app = create_app(bench.office, Site())
    for round_ in range(8):
        with reading(bench.office.engine) as session:
            version = session.get(Submission, it).version
        start = threading.Barrier(2)

        def decide(name: str, version: int = version, start: threading.Barrier = start, round_: int = round_) -> int:
            browser = TestClient(app, cookies={"deckprism": bench.cookie(name)}, follow_redirects=False)
            csrf = re.search(r'name="csrf" value="([^"]+)"', browser.get(f"/review/{it}").text).group(1)
            start.wait(timeout=30)
            return browser.post(f"/review/{it}/decide", headers={"x-csrf-token": csrf}, data={
                "version": str(version), "group": "person-1", "action": "replace", "unit": "1",
                "text": f"{name} in round {round_}"}).status_code

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(decide, ("ana", "ben"))) == [303, 409]
    with reading(bench.office.engine) as session:
        rows = session.scalars(select(Decision).where(Decision.submission == it)).all()
        assert len(rows) == 8 and sum(row.replaced_by is None for row in rows) == 1
        assert len(session.scalars(select(Audit).where(Audit.action == "decided")).all()) == 8
        assert first_broken(session, bench.office.key) is None
    bench.office.engine.dispose()
