"""Pieces repeat each other across packs, never inside one."""

from __future__ import annotations

from flows.across.repeats import repeats

LONG = ("People who keep a garden share seeds with the whole street in spring. A neighbour once brought forty jars of "
        "beans to our door without a word. We have written a letter to every house since then to say what grows well.")
OTHER = ("The library on the corner lends maps of the old town to schools. Children draw what is no longer there and hang "
         "it in the window. Visitors stop and ask where the bridge was before the flood took it away one night.")


def test_a_draft_that_says_what_another_pack_said_is_a_repeat(make_pack) -> None:
    half = LONG.rsplit(". ", 1)[0] + ". " + "It rained for a week."
    found = repeats([make_pack("a", LONG, OTHER), make_pack("b", OTHER.replace("one night", "at night")),
                     make_pack("c", half)])
    assert [(each.pack, each.piece, each.of_pack, each.of_piece, each.by) for each in found] == [
        ("b", "blog/01", "a", "blog/02", "text"), ("c", "blog/01", "a", "blog/01", "text")]
    assert all(0.5 <= each.share <= 1 for each in found)


def test_inside_a_pack_and_between_kinds_nothing_repeats(make_pack) -> None:
    assert repeats([make_pack("a", LONG, LONG)]) == ()
    assert repeats([make_pack("a", LONG), make_pack("b", LONG, kind="social")]) == ()
    assert repeats([make_pack("a", LONG, kind="description"), make_pack("b", LONG, kind="description")]) == ()


def test_titles_repeat_with_a_word_more_or_less_but_not_with_another_word_or_number(make_pack) -> None:
    def told(title: str) -> list[str]:
        return [each.by for each in repeats([make_pack("a", LONG, titles=["Why gardens bring neighbours together"]),
                                             make_pack("b", OTHER, titles=[title])])]

    assert told("Why gardens bring neighbours together") == ["title"]
    assert told("Why gardens bring all neighbours closer together") == ["title"]
    assert told("Gardens bring winter letters") == []
    assert told("Why gardens bring strangers together") == []
    part = [make_pack("a", LONG, titles=["Garden letters, part 1"]), make_pack("b", OTHER, titles=["Garden letters, part 2"])]
    assert repeats(part) == ()


def test_a_thousand_copies_name_the_first(make_pack) -> None:
    found = repeats([make_pack(f"p{number}", LONG) for number in range(300)])
    assert len(found) == 299
    assert {each.of_pack for each in found} == {"p0"}
