"""What the boxes of a slide are to each other is read back from their order and size; nothing of a drawing is prose."""

from __future__ import annotations

from content.document import Block, Part, Unit
from generators.blog import GENERATOR
from generators.prose_cues import cues
from generators.prose_line import lines_of
from generators.prose_shapes import program, sort_boxes, unfold, with_code, without_labels

_TEXT = "The ferry leaves the landing when the bell has rung twice. Nobody waits for a cart that is still on the hill."


def _unit(*boxes: tuple[str, ...], table: tuple[tuple[str, ...], ...] = (), notes: tuple[str, ...] = ()) -> Unit:
    blocks: list[Block] = []

    def add(part: Part, text: str, **more: object) -> None:
        blocks.append(Block(id=f"s1.b{len(blocks) + 1}", part=part, text=text, **more))

    for number, box in enumerate(boxes):
        for text in box:
            add(Part.BODY, text, shape=f"box {number}")
    for row, cells in enumerate(table):
        for column, text in enumerate(cells):
            if text:
                add(Part.TABLE, text, shape="table", row=row, column=column)
    for text in notes:
        add(Part.NOTES, text, shape="notes")
    return Unit(number=1, kind="slide", title="The ferry at Ostmar", blocks=tuple(blocks))


def _lines(unit: Unit):
    return with_code([line for block in unit.blocks if block.part is Part.BODY for line in lines_of(unit, block, "en")])


def _sorted(unit: Unit, known: frozenset[str] = frozenset()):
    return sort_boxes(_lines(unit), known, cues("en"))


def test_a_text_that_was_broken_to_fit_its_box_is_one_line() -> None:
    assert [line.text for line in _lines(_unit(("Insufficient\nLogging & Watching",)))] == ["Insufficient Logging & Watching"]
    assert len(_lines(_unit(("Where does it land?\nWhere does it leave?",)))) == 2


def test_two_boxes_with_a_short_first_line_have_small_headings() -> None:
    found = _sorted(_unit(("When it leaves", _TEXT), ("When it stays", _TEXT)))
    assert sorted(line.text for line in found.labels.values()) == ["When it leaves", "When it stays"]
    assert [line.text for line in found.lines] == [_TEXT, _TEXT]


def test_a_list_of_sources_is_no_text() -> None:
    found = _sorted(_unit(("When it leaves", _TEXT), ("References", "Ostmar", "Ostmar Ferry Handbook: Ropes and Bells",
                                                     "Guide to Landings, third edition", "River Almanac: Tides of the Ost")))
    assert [line.text for line in found.lines if line.text != _TEXT and line.text != "When it leaves"] == []
    assert [s.text for s in found.references] == [
        "Ostmar Ferry Handbook: Ropes and Bells", "Guide to Landings, third edition", "River Almanac: Tides of the Ost"]


def test_labels_before_as_many_texts_are_their_headings_in_order() -> None:
    found = _sorted(_unit(("First bell",), ("Second bell",), (_TEXT,), ("A wet rope on the deck breaks ankles, so hang it up, "
                                                                      "and count the ropes before you leave it alone.",)))
    assert [found.labels[line.shape].text for line in found.lines] == ["First bell", "Second bell"]


def test_nothing_but_labels_is_a_drawing() -> None:
    lines = _lines(_unit(("The Landing",), ("The Ferry",)))
    assert without_labels(lines, lines) == []


def test_the_paragraphs_of_a_layout_table_are_text_and_its_legend_is_not() -> None:
    unit = _unit(table=(("Ease: 3", "Spread: 2"), (_TEXT, _TEXT)))
    tables = {"table": [block for block in unit.blocks if block.part is Part.TABLE]}
    assert [line.text for line in unfold(unit, tables, "en")] == [_TEXT, _TEXT]
    assert tables == {}
    plain = _unit(table=(("Bell", "Meaning"), ("One", "It stays"), ("Two", "It leaves")))
    kept = {"table": [block for block in plain.blocks if block.part is Part.TABLE]}
    assert unfold(plain, kept, "en") == [] and list(kept) == ["table"]


def test_a_sparse_table_is_left_out(slide, context) -> None:
    told = " ".join(f"On the {n}th day of the month the ferryman counts his boats and writes the number on a board." for n in
                    range(4, 24))
    full = (("Bell", "Meaning"), ("One", "It stays"), ("Two", "It leaves"))
    sparse = (("Bell", "Meaning"), ("One", ""), ("", "It leaves"))
    texts = [GENERATOR.drafts(context((slide(1, "The ferry at Ostmar", (), (told,), table=table),)))[0].text
             for table in (full, sparse)]
    assert "| One | It stays |" in texts[0] and "|" not in texts[1]


def test_code_that_a_sentence_leads_into_is_shown_word_for_word(slide, context) -> None:
    told = " ".join(f"On the {n}th day of the month the ferryman counts his boats and writes the number on a board." for n in
                    range(4, 24))
    points = ("The old board could be read with the following call, and nobody knew. It read like this:",
              "board.read(\"*every_boat*\");", "The new one asks who is reading. That ended the guessing on the landing.")
    [draft] = GENERATOR.drafts(context((slide(1, "The ferry at Ostmar", points), slide(2, "Counting boats", (), (told,)))))
    assert '\n\n    board.read("*every_boat*");\n\n' in draft.text


def test_a_short_program_keeps_its_spacing_and_a_long_one_is_left_out() -> None:
    short = _unit(("for boat in boats:\n    boat.count()",))
    assert [s.text for s in program(short.blocks)] == ["for boat in boats:", "    boat.count()"]
    assert all(s.sources for s in program(short.blocks))
    assert program(_unit(("\n".join(["boat.count()"] * 40),)).blocks) == []


def test_a_program_of_many_paragraphs_keeps_its_indentation() -> None:
    block = Block(id="s1.b1", part=Part.BODY, text="for boat in boats:", shape="code")
    inner = block.model_copy(update={"id": "s1.b2", "text": "boat.count()", "indent": 4})
    assert [s.text for s in program((block, inner))] == ["for boat in boats:", "    boat.count()"]
    assert [s.text for s in program((block, inner.model_copy(update={"indent": 0, "level": 1})))] == [
        "for boat in boats:", "    boat.count()"]


def test_a_figure_with_its_name_is_no_noise(context, slide) -> None:
    told = "Every ferryman counts the boats of his landing in the morning, and writes the number on a board of oak."
    points = ("Ropes and nets: £41,000", "Saved: £37,200", "Paid: £3,800 a year")
    (passage,) = context((slide(1, "What it cost", points, (told,)),)).materials[0].passages
    assert [s.text for each in passage.lists for s in each.items] == list(points)


_CALL = ("# nobody waits longer", "if (minutes > 9) {", "ring(desk);", "}")


def _coded(*said: str) -> Unit:
    blocks = [Block(id="s1.b1", part=Part.TITLE, text="Who rings the desk")]
    blocks += [Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape="code") for n, text in enumerate(_CALL, start=2)]
    blocks += [Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape="beside") for n, text in enumerate(said, start=6)]
    return Unit(number=1, kind="slide", title="Who rings the desk", blocks=tuple(blocks))


def test_program_text_with_sentences_beside_it_is_shown(context) -> None:
    said = ("The second line is the only one that anybody ever changes.", "We measured it for a whole winter at two gates.")
    (passage,) = context((_coded(*said),)).materials[0].passages
    assert [s.text for s in passage.code] == list(_CALL)
    assert [s.text for s in passage.prose] == list(said)


def test_program_text_with_labels_beside_it_is_not(context) -> None:
    ready = context((_coded("Desk", "Gate two"),))
    assert not any(p.code for p in ready.materials[0].passages)
