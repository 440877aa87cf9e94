"""A draft that is not in the pack is neither counted nor announced, and what a gate refused goes to its author.

All sentences are invented.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.cleared import Withheld
from content.pack import GateResult
from content.settings import Profile
from flows import writing
from flows.editing import TAKEN_OUT, segment_hash
from flows.revision import EditedSegment, Revision
from gates import gates
from gates.work import Work

_NAME = "How a lock keeper got his evenings back"
_TOLD = {
    "What the lamp told the barges": (
        "The lamp above the gate burns green while the chamber is open. Barges see it from the bend and slow down.",
        "We counted 31 barges in May that stopped at a closed gate. Nobody had told their skippers the hours."),
    "Why the rope was painted": (
        "The rope on the wall has a red mark where the water stands at noon. Children read it on their way to school.",
        "In June the mark was painted over by mistake. A baker put it back before the first boat came."),
    "Who rings at night": (
        "A bell hangs outside the keeper's window and rings when somebody waits below. His wife hears it first.",
        "In winter it froze and stayed silent for two weeks. A neighbour threw gravel at the shutter."),
    "How the toll is paid": (
        "The toll lies in a tin beside the gate, and nobody watches it. The tin has been short once in nine years.",
        "That day a stranger had taken coins for the telephone. He sent them back with a card from the coast."),
}
_TITLES = tuple(_TOLD)


@pytest.fixture
def ready(slide, context, monkeypatch):
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 25)
    units = (slide(1, _NAME), *(slide(n, title, (), notes) for n, (title, notes) in enumerate(_TOLD.items(), start=2)))
    return context(units, ((_NAME, 1, 1), *((title, n, n) for n, title in enumerate(_TITLES, start=2))), asides={1: "title"})


class _Strict:
    """The quality gate, and against some pieces by their titles."""

    name = "quality"

    def __init__(self, *titles: str) -> None:
        self._titles = titles

    def check(self, work: Work) -> GateResult:
        wrong = tuple(each.name for each in work.drafts if each.kind == "blog" and each.title.text in self._titles)
        return GateResult(gate=self.name, passed=not wrong, refused=wrong, reasons=tuple(f"{name}: is wrong" for name in wrong))


def _against(monkeypatch: pytest.MonkeyPatch, *titles: str) -> None:
    known = tuple(each for each in gates() if each.name != "quality")
    monkeypatch.setattr(writing, "gates", lambda: (*known, _Strict(*titles)))


def _of(kind: str, drafts):
    return [each for each in drafts if each.kind == kind]


@pytest.mark.parametrize("lost", [(1,), (0,), (3,), (1, 2), (0, 1, 2)])
def test_the_others_count_and_announce_only_those_that_are_there(ready, monkeypatch, lost) -> None:
    every, _ = writing.write_drafts(ready, Withheld())
    names = [each.name for each in _of("blog", every)]
    assert [each.title.text for each in _of("blog", every)] == list(_TITLES)
    _against(monkeypatch, *(_TITLES[n] for n in lost))
    drafts, refused = writing.write_drafts(ready, Withheld())
    left = [title for n, title in enumerate(_TITLES) if n not in lost]
    found = _of("blog", drafts)
    assert [each.title.text for each in found] == left
    # A name stays what it was: people's edits go by it.
    assert [each.name for each in found] == [name for n, name in enumerate(names) if n not in lost]
    assert refused == {names[n]: "quality: is wrong" for n in lost}
    for place, draft in enumerate(found, start=1):
        beside = left[place] if place < len(left) else left[place - 2]
        assert (f"part {place} of {len(left)}" in draft.text) == (len(left) > 1)
        assert (f"Next: {beside}" in draft.text) == (place < len(left))
        assert not any(_TITLES[n] in draft.text for n in lost)
    for each in drafts:
        assert each.kind not in {"plan", "heads_up"} or not any(names[n] in each.text for n in lost)
    assert [each.kind for each in drafts] == [
        kind for kind in dict.fromkeys(each.kind for each in drafts) for each in _of(kind, drafts)]


def test_what_a_gate_refused_is_a_starter_that_says_so(ready, monkeypatch) -> None:
    _against(monkeypatch, _TITLES[1])
    drafts, _ = writing.write_drafts(ready, Withheld())
    [starter] = _of("outline", drafts)
    assert starter.why == "refused" and starter.title.text == _TITLES[1]
    assert "refused the draft" in starter.text and "Children read it on their way to school." in starter.text
    assert not any(sentence in starter.text for title in _TITLES if title != _TITLES[1] for sentence in _TOLD[title])


def test_what_people_took_out_or_wrote_is_gone_without_a_starter(ready) -> None:
    every, _ = writing.write_drafts(ready, Withheld())
    first, second = _of("blog", every)[:2]
    told = next(n for n, each in enumerate(second.segments) if each.sources and "red mark" in each.text)
    edit = EditedSegment(id=1, piece=second.name, segment=told, before=segment_hash(second.segments[told].text),
                         text="The rope has {{ marks }} on it.")
    drafts, refused = writing.write_drafts(ready, Withheld(), Revision(left_out=(first.name,), edits=(edit,)))
    assert set(refused) == {first.name, second.name} and refused[first.name] == TAKEN_OUT
    found = _of("blog", drafts)
    assert "part 1 of 2" in found[0].text and found[0].title.text == _TITLES[2]
    assert not _of("outline", drafts)


def test_an_edit_stays_in_a_draft_that_is_written_again(ready, monkeypatch) -> None:
    every, _ = writing.write_drafts(ready, Withheld())
    last = _of("blog", every)[3]
    told = next(n for n, each in enumerate(last.segments) if each.sources and "tin" in each.text)
    edit = EditedSegment(id=1, piece=last.name, segment=told, before=segment_hash(last.segments[told].text),
                         text="The toll lies in a tin.")
    _against(monkeypatch, _TITLES[1])
    drafts, refused = writing.write_drafts(ready, Withheld(), Revision(edits=(edit,)))
    assert set(refused) == {_of("blog", every)[1].name}
    assert "The toll lies in a tin." in _of("blog", drafts)[-1].text and "part 3 of 3" in _of("blog", drafts)[-1].text


def test_a_profile_that_wants_two_drafts_gets_a_series_of_two(ready, monkeypatch) -> None:
    few = replace(ready, profile=Profile(pieces={"blog": 2}))
    drafts, _ = writing.write_drafts(few, Withheld())
    assert ["part 1 of 2" in each.text or "part 2 of 2" in each.text for each in _of("blog", drafts)] == [True, True]
    assert not any(_TITLES[2] in each.text for each in _of("blog", drafts))
    # The next one takes the place of one that is refused.
    _against(monkeypatch, _TITLES[0])
    drafts, _ = writing.write_drafts(few, Withheld())
    assert [each.title.text for each in _of("blog", drafts)] == [_TITLES[1], _TITLES[2]]
