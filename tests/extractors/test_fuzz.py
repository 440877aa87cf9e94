"""Changed files of all kinds come out as a Document or as one clear line, the same for the same seed; never anything else."""

from __future__ import annotations

import random
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import pdf_probes
from benchmarks.fuzz import fuzz, mutated
from content.document import Document
from content.errors import DeckprismError
from extractors import pdf_fonts
from extractors.base import InputFile
from extractors.pdf import EXTRACTOR

FILES = tuple((planted.name, planted.data) for planted in pdf_probes.files())


def test_a_short_run_finds_no_fault() -> None:
    tally = fuzz(20261122, FILES, time.monotonic() + 60, 60)
    assert tally.faults == []
    assert sum(tally.outcomes.values()) > 0 and tally.outcomes["pdf read"] > 0
    assert not tally.unforeseen


def test_the_same_seed_gives_the_same_files() -> None:
    one, two = ([mutated(FILES[0][1], random.Random(seed)) for seed in range(20)] for _ in range(2))
    assert one == two and len(set(one)) > 15


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=300))
def test_any_page_content_is_read(content: bytes) -> None:
    from benchmarks.pdf_probes_parts import paper, written

    document = EXTRACTOR.extract(InputFile("any.pdf", written(paper(content))))
    assert isinstance(document, Document) and len(document.units) == 2
    document.model_dump_json()


@settings(max_examples=40, deadline=None)
@given(entry=st.binary(max_size=120).filter(lambda raw: b"endobj" not in raw))
def test_any_object_in_the_catalogue_is_a_line_or_a_document(entry: bytes) -> None:
    from benchmarks.pdf_probes_parts import line, paper, written

    data = written(paper(line("Plain words.", 60, 700), root=b"/Names 20 0 R/AcroForm 20 0 R/Outlines 20 0 R/PageLabels 20 0 R",
                         more={20: entry}))
    try:
        EXTRACTOR.extract(InputFile("any.pdf", data)).model_dump_json()
    except DeckprismError as error:
        assert "\n" not in str(error)


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=400))
def test_any_map_to_unicode_ends(raw: bytes) -> None:
    import contextlib

    with contextlib.suppress(ValueError):
        assert len(pdf_fonts._to_unicode(b"1 beginbfrange <00> <FFFFFFFF> <0041> endbfrange " + raw)) <= 1 << 17
