"""Drawings of slides: made of cleared text alone, masks and all, and only where a drawing says more than words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from content.cleared import ClearedDocument, Withheld, WithheldString
from content.document import Block, Box, Part, Picture, Source, Unit
from gates.fragments import running
from gates.leak import GATE as LEAK
from gates.trace import GATE as TRACE
from gates.work import Work
from generators.blog import GENERATOR as BLOG
from generators.drawing import slide as drawing
from generators.drawing.palette import palette
from generators.drawing.slide_layout import Cell, lay_out
from generators.slide_pictures import drawings, picture_for, twin

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


def cells_of(unit: Unit, framed: bool = False) -> list[Cell]:
    """The drawing of a slide, which must be there."""
    cells = lay_out(cleared_of(unit), unit.number, framed)
    assert cells is not None
    return cells


def cleared_of(*units: Unit) -> ClearedDocument:
    return ClearedDocument(id="x", source=Source(name="talk.pptx", sha256="0" * 64, media_type="x", bytes=1), units=units,
                           size=SIZE)


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
    assert image.size == (1200, 715), "the slide, and the line below it"
    assert image.info["Description"] == picture.described
    assert set(image.info["Comment"].splitlines()) == {"Loaves by place", *(each for row in ROWS for each in row),
                                                       "Drawing of slide 2"}
    assert len(image.convert("RGB").getcolors(100_000)) > 2, "nothing was drawn"
    assert drawings(picture.path, made)[0].data == artefact.data


def test_a_slide_on_which_something_was_masked_is_drawn_with_the_mask(talk):
    rows = (*ROWS[:3], ("a bakery", "7"))
    made = talk(table(cells=rows), touched_units=frozenset({2}))
    (artefact,) = drawings("pictures/slide-002.png", made)
    said = Image.open(io.BytesIO(artefact.data)).info["Comment"]
    assert "a bakery" in said.splitlines()
    work = Work(drafts=(), artefacts=(artefact,), index=made.index, cleared=made.cleared,
                withheld=Withheld(strings=(WithheldString(text="Halden Foods", group="g1"),)))
    assert LEAK.check(work).passed
    # What is drawn can be searched: a word that should not be there is found, though pixels cannot be read.
    leaking = talk(table(cells=(*ROWS[:3], ("Halden Foods", "7"))))
    assert not LEAK.check(replace(work, artefacts=drawings("pictures/slide-002.png", leaking))).passed


def test_a_unit_that_was_left_out_is_not_drawn(talk):
    hidden = table().model_copy(update={"hidden": True})
    assert picture_for(2, talk(hidden)) is None and drawings("pictures/slide-002.png", talk(hidden)) == ()


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
    cells = cells_of(table())
    inside = [cell for cell in cells if not cell.title]
    assert len({cell.setting.size for cell in inside}) == 1 and len(inside) == 8
    for cell in cells:
        assert cell.setting is not None
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
    assert draft.text.index("**Loaves by place.**") < draft.text.index(shown) < draft.text.index("on Sundays"), "it ends on prose"
    assert not any("hall 40" in each or each == "The yard" for each in running(draft)), "a description is no sentence"
    files = {each.path: each for each in BLOG.artefacts(drafts, made)}
    assert files["pictures/slide-002.png"].data.startswith(b"\x89PNG")
    work = Work(drafts=drafts, artefacts=tuple(files.values()), index=made.index, cleared=made.cleared, withheld=Withheld())
    assert TRACE.check(work).reasons == () and LEAK.check(work).passed
    secret = Withheld(strings=(WithheldString(text="The street at the end", group="g1"),))
    assert not LEAK.check(replace(work, drafts=(), artefacts=(files["pictures/slide-002.png"],), withheld=secret)).passed


def test_the_bars_of_a_chart_are_as_long_as_its_values():
    cells = [cell for cell in cells_of(chart()) if cell.share]
    assert [round(cell.share, 3) for cell in cells] == [1.0, 0.3, 0.175]
    assert not any(cell.share for cell in cells_of(table())), "a table has no bars"
    below = tuple((where, number.replace("12", "-12")) for where, number in ROWS)
    negative = table(cells=below)
    blocks = tuple(b.model_copy(update={"part": Part.CHART}) if b.part is Part.TABLE else b for b in negative.blocks)
    assert not any(cell.share for cell in cells_of(negative.model_copy(update={"blocks": blocks})))


def boxes(number: int, texts: dict[tuple[float, float, float, float], str], part: Part = Part.BODY) -> Unit:
    """A slide with a text in each of some boxes, given in thousandths of the slide."""
    blocks = [Block(id=f"s{number}.b1", part=Part.TITLE, text="How a loaf comes to be",
                    box=Box(x=700_000, y=300_000, width=10_000_000, height=1_100_000))]
    for (x, y, width, height), text in texts.items():
        box = Box(x=x * 12_192, y=y * 6_858, width=width * 12_192, height=height * 6_858)
        blocks += [Block(id=f"s{number}.b{len(blocks) + 1 + place}", part=part, text=line, box=box, level=place,
                         shape="d" if part is Part.SMARTART else f"s{x}{y}") for place, line in enumerate(text.split("|"))]
    return Unit(number=number, kind="slide", title="How a loaf comes to be", blocks=tuple(blocks))


RASTER = {(60, 300, 400, 200): "Mill", (540, 300, 400, 200): "Oven", (60, 600, 400, 200): "Shop", (540, 600, 400, 200): "Table"}
STEPS = {(50, 400, 250, 300): "Mill|Where the grain goes", (350, 400, 250, 300): "Oven|Hot by four",
         (650, 400, 250, 300): "Shop|Open at seven"}


def test_a_diagram_is_drawn_where_its_points_have_places(talk):
    picture = picture_for(2, talk(boxes(2, STEPS, Part.SMARTART)))
    assert picture is not None and picture.described == (
        "How a loaf comes to be: Mill; Where the grain goes; Oven; Hot by four; Shop; Open at seven")
    cells = cells_of(boxes(2, STEPS, Part.SMARTART))
    assert sum(cell.ruled for cell in cells) == 3
    for cell in cells:
        if cell.setting and cell.centred:
            left, _, right, _ = cell.inked
            assert abs((left + right) / 2 - (cell.x + cell.width / 2)) < 1
    one_frame = boxes(2, {(50, 400, 900, 300): "Mill|Oven|Shop"}, Part.SMARTART)
    assert picture_for(2, talk(one_frame)) is None, "where its points stand is not known"


def test_labels_are_drawn_in_rows_and_columns_only(talk):
    assert picture_for(2, talk(boxes(2, RASTER))) is not None
    strewn = {(60, 300, 400, 200): "Mill", (540, 370, 300, 200): "Oven", (90, 600, 400, 120): "Shop", (600, 700, 300, 90): "Table"}
    assert picture_for(2, talk(boxes(2, strewn))) is None, "arrows that nobody reads would be missing"
    assert picture_for(2, talk(boxes(2, dict.fromkeys(RASTER, "Module")))) is None, "the same word four times says nothing"
    long = "We bake on a Monday and on a Thursday, and whoever comes late takes what is left of it all."
    assert picture_for(2, talk(boxes(2, dict.fromkeys(RASTER, long)))) is None, "a text in boxes is a text"
    box = Box(x=5_000_000, y=3_000_000, width=2_000_000, height=2_000_000)
    around = boxes(2, RASTER).model_copy(update={"pictures": (Picture(id="p", sha256="0", media_type="image/png", box=box),)})
    assert picture_for(2, talk(around)) is None, "labels of a picture say nothing without it"


def test_a_photograph_counts_only_where_the_slide_itself_may_be_shown(talk):
    box = Box(x=6_500_000, y=1_800_000, width=4_000_000, height=4_000_000)
    unit = boxes(2, {(60, 300, 400, 500): "It is hot|And it is old"}).model_copy(
        update={"pictures": (Picture(id="p", sha256="0", media_type="image/png", box=box),)})
    made = talk(unit)
    assert picture_for(2, made) is None
    picture = picture_for(2, replace(made, own_pictures=frozenset({2})))
    assert picture is not None and picture.described == "How a loaf comes to be: It is hot; And it is old"
    assert picture_for(1, replace(made, own_pictures=frozenset({1, 2}))) is None, "a slide of bullets is no picture"


def test_texts_that_lie_over_each_other_are_not_drawn():
    over = {(60, 300, 400, 100): "Words that stand here", (60, 310, 400, 100): "Words that stand there"}
    assert not drawing.fits(cleared_of(boxes(2, over)), 2)


def test_running_text_beside_a_table_may_end_in_an_ellipsis_and_the_table_may_not():
    long = "The hall eats more bread than all other places together, and nobody had counted. " * 5
    said = Block(id="s2.b80", part=Part.BODY, text=long, shape="t2", box=Box(x=700_000, y=5_850_000, width=9_000_000, height=700_000))
    unit = table()
    cells = cells_of(unit.model_copy(update={"blocks": (*unit.blocks, said)}))
    (cut,) = [cell for cell in cells if cell.text.endswith("…")]
    assert long.startswith(" ".join(cut.text.split())[:-1]) and cut.inked[3] <= 675
    assert not drawing.fits(cleared_of(table(cells=(*ROWS, (long, "7")))), 2)


def test_a_column_that_held_ticks_is_not_drawn_empty(talk):
    ticked = (("Where", "Oven", "Mill"), ("The hall", "old", ""), ("The yard", "new", ""), ("The street", "none", ""))
    assert picture_for(2, talk(table(cells=ticked))) is None


def test_the_same_words_give_the_same_pixels():
    """A golden of what is drawn; a new Pillow may set letters otherwise, so the picture is compared small."""
    colours = palette(("#A8432A", "#FFF7ED"))
    first, second = (drawing.draw(cleared_of(chart()), 2, colours, "Loaves", "Drawing of slide 2") for _ in range(2))
    assert first == second and len(first) < 40_000
    assert Image.open(io.BytesIO(first)).size == (1200, 715)
    small = Image.open(io.BytesIO(first)).convert("L").resize((12, 7), Image.Resampling.BOX).tobytes()
    assert max(abs(one - other) for one, other in zip(small, GOLDEN, strict=True)) <= 4, list(small)


#: How light the drawing is, in twelve columns and seven rows.
GOLDEN = bytes((
    245, 232, 231, 228, 231, 251, 251, 251, 251, 251, 251, 251,
    250, 249, 249, 249, 249, 249, 249, 249, 249, 249, 250, 251,
    244, 232, 249, 249, 249, 249, 249, 240, 225, 241, 244, 251,
    245, 234, 244, 249, 249, 249, 249, 231, 224, 231, 239, 251,
    245, 233, 243, 249, 249, 248, 249, 233, 238, 249, 248, 251,
    248, 234, 235, 236, 234, 237, 234, 240, 248, 249, 249, 251,
    245, 246, 251, 251, 251, 251, 251, 251, 251, 251, 251, 251))


def mute(number: int, title: str) -> Unit:
    """A chart of which nothing is told."""
    drawn = table(number, title)
    return drawn.model_copy(update={"blocks": tuple(
        block.model_copy(update={"part": Part.CHART}) if block.part is Part.TABLE else block for block in drawn.blocks)})


def test_a_silent_chart_stands_where_its_title_is_spoken_of(talk, slide, monkeypatch):
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 20)
    silent = mute(3, "Where the loaves of April went")
    told = slide(2, "What we counted", notes=("In April we counted all the loaves that left the oven before eight. "
                                              "Nobody had ever counted them, so nobody knew how many went to waste. "
                                              "It took three people and a pencil on a string. The yard did not want to be counted.",))
    made = talk(told, silent)
    (draft,) = BLOG.drafts(made)
    assert draft.text.count("](../pictures/slide-003.png)") == 1
    # Told first, then shown, and prose at the end of the piece.
    assert draft.text.index("we counted all") < draft.text.index("slide-003.png") < draft.text.index("forty loaves")
    other = talk(told, mute(3, "Who mends the roof of the barn"))
    assert all("pictures/" not in each.text for each in BLOG.drafts(other))


def test_at_most_three_pictures_a_piece(talk, slide, monkeypatch):
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 20)
    charts = []
    for number in range(2, 8):
        unit = chart(number)
        said = f"The oven number {number} was lit before the sun came up. Whoever came first to it that morning swept it clean."
        charts.append(unit.model_copy(update={"blocks": tuple(
            block.model_copy(update={"text": said}) if block.part is Part.NOTES else block for block in unit.blocks)}))
    drafts = BLOG.drafts(talk(*charts))
    assert drafts and max(each.text.count("](../pictures/") for each in drafts) == 3


def test_a_build_of_a_drawing_is_its_twin_and_a_chart_is_none(talk):
    places = {(10.0 * n, 10.0, 8.0, 8.0): text for n, text in enumerate(("Oven", "Barn", "Yard", "Roof", "Hall"))}
    made = talk(boxes(2, places, Part.SMARTART), boxes(3, places, Part.SMARTART),
                boxes(4, dict.fromkeys(places, "Mill"), Part.SMARTART), chart(5), chart(6))
    assert twin(3, (2,), made)
    assert not twin(4, (2,), made)
    assert not twin(6, (5,), made)
    assert not twin(3, (), made)
