"""A label over a text is its heading, in one box or in two, and nothing of a plain list is. All text is invented."""

from __future__ import annotations

from content.document import Block, Part, Unit
from generators.prose_boxes import parted
from generators.prose_line import lines_of

_TEXT = "The ferry leaves the landing when the bell has rung twice. Nobody waits for a cart that is still on the hill."


def _lines(*blocks: tuple[str, str, int]):
    every = tuple(Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape=shape, level=level)
                  for n, (shape, text, level) in enumerate(blocks, start=1))
    unit = Unit(number=1, kind="slide", title="The ferry", blocks=every)
    return [line for block in every for line in lines_of(unit, block, "en")]


def _heads(lines) -> list[str]:
    shapes = dict.fromkeys(line.shape for line in lines if "/p" in line.shape)
    return [next(line.text for line in lines if line.shape == shape) for shape in shapes]


def test_labels_and_texts_in_turns_are_pairs_whatever_stands_beside_them() -> None:
    found = parted(_lines(("a", "+F", 0), ("b", "Ring the bell", 0), ("c", _TEXT, 1), ("d", "Wait for the", 0), ("d", "Boat", 0),
                          ("e", _TEXT, 1)))
    assert _heads(found) == ["Ring the bell", "Wait for the Boat"]
    assert found[0].shape == "a"


def test_texts_that_are_not_set_deeper_want_three_labels() -> None:
    pair = [("a", "Ring the bell", 0), ("a", _TEXT, 0), ("a", "Wait for the boat", 0), ("a", _TEXT, 0)]
    assert _heads(parted(_lines(*pair))) == []
    assert _heads(parted(_lines(*pair, ("a", "Pay the ferryman", 0), ("a", _TEXT, 0)))) == [
        "Ring the bell", "Wait for the boat", "Pay the ferryman"]


def test_a_list_with_one_long_item_is_a_list() -> None:
    lines = _lines(("a", "Ring the bell", 0), ("a", "Wait for the boat", 0), ("a", _TEXT, 1), ("a", "Pay the ferryman", 0))
    assert parted(lines) == lines
