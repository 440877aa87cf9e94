"""Drawings of slides: made of cleared text alone, only where a drawing says more than words, never where something was withheld."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from content.document import Block, Box, Part, Unit
from generators.drawing import slide as drawing
from generators.slide_pictures import drawings, picture_for

SIZE = (12_192_000.0, 6_858_000.0)
ROWS = (("Where", "Loaves"), ("The hall", "40"), ("The yard", "12"), ("The street at the end of the town", "7"))


def table(number: int = 2, title: str = "Loaves by place", cells: tuple[tuple[str, ...], ...] = ROWS) -> Unit:
    box = Box(x=700_000, y=1_800_000, width=10_000_000, height=4_000_000)
    blocks = [Block(id=f"s{number}.b1", part=Part.TITLE, text=title,
                    box=Box(x=700_000, y=300_000, width=10_000_000, height=1_100_000))] if title else []
    for row, texts in enumerate(cells):
        blocks += [Block(id=f"s{number}.b{len(blocks) + 1 + column}", part=Part.TABLE, text=text, box=box, shape="t", row=row,
                         column=column) for column, text in enumerate(texts)]
    return Unit(number=number, kind="slide", title=title, blocks=tuple(blocks))


@pytest.fixture
def talk(slide, context):
    def build(*units: Unit, **more: object):
        made = context((slide(1, "Bread", notes=("We bake forty loaves of bread in the hall every day.",)), *units))
        return replace(made, cleared=made.cleared.model_copy(update={"size": SIZE, **more}))

    return build


def test_a_table_is_drawn_and_described_by_its_title(talk):
    made = talk(table())
    picture = picture_for(2, made)
    assert picture is not None and picture.path == "pictures/slide-002.png"
    assert picture.alt.text == "Loaves by place" and picture.alt.sources == ("s2.b1.1",)
    (artefact,) = drawings(f"![x](../{picture.path}) and again {picture.path}", made)
    image = Image.open(io.BytesIO(artefact.data))
    assert image.size == (1200, 675) and image.info == {**image.info, "Description": "Loaves by place"}
    assert len(image.convert("RGB").getcolors(100_000)) > 2, "nothing was drawn"
    assert drawings(picture.path, made)[0].data == artefact.data


def test_what_was_withheld_is_never_drawn(talk):
    assert picture_for(2, talk(table(), touched_units=frozenset({2}))) is None
    assert drawings("pictures/slide-002.png", talk(table(), touched_units=frozenset({2}))) == ()


def test_words_alone_are_no_picture(talk, slide):
    made = talk(slide(2, "Keys", ("One", "Two", "Three", "Four", "Five")))
    assert picture_for(1, made) is None and picture_for(2, made) is None and picture_for(99, made) is None


def test_what_cannot_be_described_or_read_is_not_drawn(talk):
    assert picture_for(2, talk(table(title=""))) is None
    assert picture_for(2, talk(table(), size=None)) is None
    long = "A cell that holds far more words than anybody could ever read in a drawing of this size. " * 12
    assert picture_for(2, talk(table(cells=(("Where", "Loaves"), (long, "1"), (long, "2"))))) is None
    assert picture_for(2, talk(table(cells=(("Where", "Loaves"), ("שלום", "1"), ("The yard", "2"))))) is None


def test_one_size_in_a_table_and_every_text_in_its_cell():
    cells = drawing._cells(table(), SIZE)
    inside = [cell for cell in cells if not cell.title]
    assert len({cell.setting.size for cell in inside}) == 1 and len(inside) == 8
    for cell in cells:
        assert cell.setting.width <= cell.width and cell.setting.height <= cell.height
    widths = {round(cell.width) for cell in inside}
    assert len(widths) == 2, "columns are as wide as what they hold asks for"
