"""What was parsed is kept, but only so much of it: a worker reads hundreds of files."""

from __future__ import annotations

import pytest

from language import pipeline


def test_the_oldest_docs_go_when_there_is_too_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_docs", {})
    monkeypatch.setattr(pipeline, "_kept", 0)
    monkeypatch.setattr(pipeline, "_KEEP", 100)
    texts = [f"Zin nummer {number:02d}, van dertig letters." for number in range(10)]
    first = pipeline.parse(texts, "xx")
    assert [doc.text for doc in first] == texts  # all of one call come back, however little is kept
    kept = [text for _, text in pipeline._docs]
    assert kept == texts[-len(kept):]
    assert 0 < sum(map(len, kept)) == pipeline._kept <= 100
    again = pipeline.parse([texts[-1], texts[0]], "xx")
    assert again[0] is first[-1]
    assert again[1] is not first[0]
    assert again[1].text == texts[0]


def test_a_kept_doc_does_not_hold_the_numbers_of_its_whole_batch() -> None:
    (doc, _) = pipeline.parse(["The pump stands still.", "Nobody in the hall knows why."], "en")
    assert doc.tensor.size == 0
    assert doc.tensor.base is None
    assert [token.tag_ for token in doc][:2] == ["DT", "NN"]


def test_names_are_looked_for_only_where_they_are_asked_for() -> None:
    text = "Yesterday Mary Wollstone rang from Rotterdam about the boiler."
    (bare,) = pipeline.parse([text], "en")
    assert not bare.ents
    (named,) = pipeline.parse([text], "en", names=True)
    assert named.ents
    assert [token.tag_ for token in named] == [token.tag_ for token in bare]
    assert pipeline.parse([text], "en")[0] is named  # what holds more serves both
