"""Drawings of slides: made of cleared text alone, only where a drawing says more than words, never where something was withheld."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from content.cleared import Withheld, WithheldString
from content.document import Block, Box, Part, Unit
from gates.fragments import running
from gates.leak import GATE as LEAK
from gates.trace import GATE as TRACE
from gates.work import Work
from generators.blog import GENERATOR as BLOG
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
    assert picture.described == "Loaves by place: The hall 40; The yard 12; The street at the end of the town 7"
    assert picture.alt[0].sources == ("s2.b1.1",) and picture.alt[2].sources == ("s2.b5.1",)
    (artefact,) = drawings(f"![x](../{picture.path}) and again {picture.path}", made)
    image = Image.open(io.BytesIO(artefact.data))
    assert image.size == (1200, 675) and image.info == {**image.info, "Description": picture.described}
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


def test_several_columns_are_told_with_their_heads_and_empty_cells_are_not_told(talk):
    made = talk(table(cells=(("", "Front door", "Cellar"), ("The bakers", "yes", "yes"), ("The mason", "", "yes"))))
    picture = picture_for(2, made)
    assert picture is not None
    assert picture.described == "Loaves by place: The bakers: Front door yes, Cellar yes; The mason: Cellar yes"


def test_a_long_table_is_described_by_its_title_and_a_table_of_text_is_not_drawn(talk):
    many = tuple((f"The house at number {n} of the long street", str(n)) for n in range(1, 12))
    picture = picture_for(2, talk(table(cells=(("Where", "Loaves"), *many))))
    assert picture is not None and picture.described == "Loaves by place"
    text = "We bake on a Monday and on a Thursday, and whoever comes late takes what is left."
    assert picture_for(2, talk(table(cells=(("Where", "Loaves"), ("The hall", text))))) is None


def chart(number: int = 2) -> Unit:
    """Three places with their loaves, and what was said beside them."""
    drawn = table(number)
    blocks = [block.model_copy(update={"part": Part.CHART}) if block.part is Part.TABLE else block for block in drawn.blocks]
    said = Block(id=f"s{number}.b90", part=Part.NOTES, shape="notes", text=(
        "The hall eats more bread than all other places together. Nobody had counted before the spring, so nobody knows "
        "whether that is more than it was. The yard bakes for itself on Sundays."))
    return drawn.model_copy(update={"blocks": (*blocks, said)})


def test_a_draft_shows_a_chart_where_it_is_told(talk, monkeypatch):
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 20)
    made = talk(chart())
    drafts = BLOG.drafts(made)
    (draft,) = drafts
    shown = "![Loaves by place: The hall 40; The yard 12; The street at the end of the town 7](../pictures/slide-002.png)"
    assert draft.text.count(shown) == 1
    assert draft.text.index("on Sundays") < draft.text.index(shown)
    assert not any("hall 40" in each or each == "The yard" for each in running(draft)), "a description is no sentence"
    files = {each.path: each for each in BLOG.artefacts(drafts, made)}
    assert files["pictures/slide-002.png"].data.startswith(b"\x89PNG")
    work = Work(drafts=drafts, artefacts=tuple(files.values()), index=made.index, cleared=made.cleared, withheld=Withheld())
    assert TRACE.check(work).reasons == () and LEAK.check(work).passed
    secret = Withheld(strings=(WithheldString(text="The street at the end", group="g1"),))
    assert not LEAK.check(replace(work, drafts=(), artefacts=(files["pictures/slide-002.png"],), withheld=secret)).passed


def test_a_chart_of_a_touched_slide_is_told_without_a_drawing(talk, monkeypatch):
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 20)
    made = talk(chart(), touched_units=frozenset({2}))
    drafts = BLOG.drafts(made)
    assert drafts and "pictures/" not in drafts[0].text
    assert not any(each.path.startswith("pictures/") for each in BLOG.artefacts(drafts, made))


def test_the_bars_of_a_chart_are_as_long_as_its_values():
    cells = [cell for cell in drawing._cells(chart(), SIZE) if cell.share]
    assert [round(cell.share, 3) for cell in cells] == [1.0, 0.3, 0.175]
    assert not any(cell.share for cell in drawing._cells(table(), SIZE)), "a table has no bars"
    below = tuple((where, number.replace("12", "-12")) for where, number in ROWS)
    negative = table(cells=below)
    blocks = tuple(b.model_copy(update={"part": Part.CHART}) if b.part is Part.TABLE else b for b in negative.blocks)
    assert not any(cell.share for cell in drawing._cells(negative.model_copy(update={"blocks": blocks}), SIZE))
