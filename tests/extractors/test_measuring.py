"""The benchmark of extraction counts what is there: every place of the PDF probes, a broken probe as missing, costs as ratios."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import extraction, pdf_probes
from benchmarks.extraction_probes import Planted, Probe
from content import Part


def test_coverage_names_what_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    good = next(pdf_probes.files())
    lost = Planted(good.name, good.data, (*good.probes, Probe("pdf", "nowhere", "Quomblynowhere", Part.BODY)))
    monkeypatch.setattr(extraction, "planted", lambda: iter([good]))
    rows, whole = extraction.coverage("")
    assert whole and len(rows) == len(good.probes) + 3
    monkeypatch.setattr(extraction, "planted", lambda: iter([lost]))
    rows, whole = extraction.coverage("")
    assert not whole and any("nowhere" in row and "not found" in row for row in rows)


def test_cost_is_a_ratio_of_both_on_the_same_files(tmp_path: Path) -> None:
    for planted in list(pdf_probes.files())[:2]:
        (tmp_path / planted.name).write_bytes(planted.data)
    rows, ratio = extraction.cost(sorted(tmp_path.glob("*.pdf")), extraction.bare_pdf, 1)
    assert len(rows) == 2 and ratio > 0


def test_isolation_counts_the_children(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(next(pdf_probes.files()).data)
    isolated, own = extraction.isolation(path, times=3)
    assert isolated > own > 0
