"""The carousel: tagged pages with real text, few words a page, and the same bytes every time."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pypdfium2
import pytest
from pypdf import PdfReader

from content import look
from content.document import Block, Part
from content.draft import Draft
from content.settings import Author, Profile
from generators.cards import GENERATOR as CARDS
from generators.carousel import GENERATOR as CAROUSEL
from generators.context import prepare
from generators.drawing import pages
from generators.drawing.face import SANS, SERIF
from generators.drawing.lines import fit
from generators.drawing.palette import LEAST, palette
from generators.drawing.pdf import Page, Text, write
from generators.drawing.strip import Place
from generators.drawing.truetype import subset
from language.words import tokens

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PAIRS = [("#A8432A", "#FFF7ED"), ("#1F2A44", "#F4EFE6"), ("#FFF7ED", "#A8432A"), ("#FFD166", "#2B2118")]
PLACE = Place(((2, 8), (9, 20), (21, 30)), 1, 12)


def deck(street, language="en", **more):
    """The talk of the street with its title, so that pieces can name it."""
    context = street(language, **more)
    title = {"en": "Bread for a whole street", "nl": "Brood voor de hele straat"}[language]
    return replace(context, cleared=context.cleared.model_copy(update={"title": title}))


def carousel(context) -> tuple[Draft, bytes]:
    (draft,) = CAROUSEL.drafts(context)
    (artefact,) = CAROUSEL.artefacts((draft,), context)
    assert (artefact.path, artefact.media_type) == ("carousel.pdf", "application/pdf")
    return draft, artefact.data


def page_words(data: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [tokens(document[number].get_textpage().get_text_range()) for number in range(len(document))]
    finally:
        document.close()


@pytest.mark.parametrize("name", ["social-business.pptx", "kennis-delen.pptx"])
def test_a_carousel_has_one_size_few_words_a_page_and_is_small(sample, name):
    _, data = carousel(sample(name, profile=Profile(authors=(Author(name="Ilka Torvund"),), licence="CC BY 4.0")))
    reader = PdfReader(io.BytesIO(data), strict=True)
    assert 5 <= len(reader.pages) <= 12 and len(data) < 1_000_000
    for page, words in zip(reader.pages, page_words(data), strict=True):
        assert (page.mediabox.width, page.mediabox.height) == (1080, 1350)
        assert 0 < len(words) <= 70
        assert all(font["/Subtype"] == "/Type0" and "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]
                   and "/ToUnicode" in font for font in page["/Resources"]["/Font"].values())


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_file_s_text_is_the_draft_s_text(street, language):
    context = deck(street, language, profile=Profile(event="Open doors", company="Street bakers", site="https://street.example"))
    draft, data = carousel(context)
    read = [word for page in page_words(data) for word in page]
    # Numbers of pages and points are no text of the draft; everything else is, in the same order.
    said = tokens(draft.text)
    rest = iter(read)
    assert all(word in rest for word in said)
    assert sorted(word for word in read if not word.isdigit()) == sorted(word for word in said if not word.isdigit())


def test_the_file_is_tagged_and_says_its_title_and_language(street):
    draft, data = carousel(deck(street, "nl"))
    reader = PdfReader(io.BytesIO(data), strict=True)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl" and root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert dict(reader.metadata) == {"/Title": draft.title.text}
    kinds: list[str] = []
    ids: dict[int, list[int]] = {}

    def walk(element) -> None:
        element = element.get_object()
        kinds.append(element["/S"])
        below = element["/K"]
        if isinstance(below, int):
            ids.setdefault(element.raw_get("/Pg").idnum, []).append(below)
        else:
            for each in below:
                assert each.get_object().raw_get("/P").idnum == element.indirect_reference.idnum
                walk(each)

    walk(root["/StructTreeRoot"]["/K"][0])
    assert kinds.count("/H1") == 1 and kinds.count("/H2") == len(reader.pages) - 1 and kinds.count("/LBody") != 1  # two things to take away, or none
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for number, page in enumerate(reader.pages):
        marked = ids[page.indirect_reference.idnum]
        assert marked == list(range(len(marked))) and len(parents[2 * number + 1]) == len(marked)
        content = page.get_contents().get_data().decode()
        assert content.count("/MCID") == len(marked) and content.count("BDC") + content.count("BMC") == content.count("EMC")


def test_the_same_talk_gives_the_same_bytes(street):
    assert carousel(deck(street))[1] == carousel(deck(street))[1]


def test_every_sentence_of_the_carousel_is_traced_and_none_is_there_twice(sample):
    draft, _ = carousel(sample("social-business.pptx"))
    said = [segment for segment in draft.segments if segment.sources]
    whole = [segment.text for segment in said if segment.text[-1] in ".!?" and len(segment.text.split()) > 5]
    assert len(whole) == len(set(whole)) >= 7


def test_the_carousel_is_not_a_second_printing_of_the_cards(sample):
    context = sample("social-business.pptx")
    draft, _ = carousel(context)
    cards = {each.text for each in CARDS.drafts(context)}
    said = [segment.text for segment in draft.segments if segment.sources and segment.text[-1] in ".!"]
    assert len(said) >= 8 and len(set(said) & cards) <= len(said) / 3


def test_a_held_carousel_says_so_on_every_page(street):
    _, data = carousel(deck(street, held=True))
    assert len(page_words(data)) >= 5 and all(words[:3] == ["held", "for", "review"] for words in page_words(data))
    _, free = carousel(deck(street))
    assert all("held" not in words for words in page_words(free))


def test_two_topics_make_no_carousel(slide, context):
    units = tuple(slide(n, f"Oven number {n}", notes=("Never start with rules, start with bread.",)) for n in (1, 2))
    made = context(units, (("Oven number 1", 1, 1), ("Oven number 2", 2, 2)))
    assert CAROUSEL.drafts(made) == () and CAROUSEL.artefacts((), made) == ()


def test_a_talk_of_one_topic_gives_several_points_under_the_titles_of_its_slides(slide, context):
    said = ("Never start with rules, start with bread.", "What is seen by all needs no guard.",
            "Nobody needs to be good at baking.", "Give out the keys before the first loaf.", "Ask the last baker first.")
    titles = ("The oven", "The list", "The hands", "The keys", "The baker")
    units = tuple(slide(n, title, notes=(note,)) for n, (title, note) in enumerate(zip(titles, said, strict=True), start=1))
    draft, data = carousel(context(units, (("Bread for a whole street", 1, 5),)))
    pages_read = page_words(data)
    assert 5 <= len(pages_read) <= 8
    shown = [segment.text for segment in draft.segments if segment.text in said]
    assert len(shown) == len(set(shown)) >= 3 and sum(title in draft.text for title in titles) >= 3


@pytest.mark.parametrize("title", [LONG_WORD, "Хлеб для всей улицы"])
def test_a_title_that_cannot_be_set_makes_no_carousel(street, title):
    context = deck(street)
    first = context.cleared.units[0]
    block = Block(id="s1.b1", part=Part.TITLE, text=title)
    cleared = context.cleared.model_copy(update={
        "title": title, "units": (first.model_copy(update={"blocks": (block,)}), *context.cleared.units[1:])})
    assert CAROUSEL.drafts(prepare(cleared, context.topics)) == ()


@pytest.mark.parametrize("pair", PAIRS)
def test_every_text_of_every_page_contrasts_with_its_ground(pair):
    colours = palette(pair)
    made = [pages.cover("Bread for a whole street", ("Ilka Torvund",), "Held for review.", PLACE, colours),
            pages.point(1, "The oven", "Never start with rules, start with bread.", "Slide 9", "2 / 9", PLACE, colours),
            pages.closing("To take away", ["Ask the last baker.", "Keys first."], ["Bread for a whole street"], PLACE, colours)]
    for page in made:
        assert page is not None
        for text in page.texts:
            band = [box for box in page.boxes if box.y <= text.top < box.y + box.height and box.width == pages.WIDTH]
            ground = band[0].colour if band else page.ground
            # The big number of a point is ornament: its page number says the same in full ink.
            if text.setting.size < 128:
                assert look.contrast(ground, text.colour) >= LEAST
            assert text.setting.size >= 36
            assert text.x >= pages.MARGIN and text.x + text.setting.width <= pages.WIDTH - pages.MARGIN + 1
            assert text.top + text.setting.height <= pages.HEIGHT - pages.MARGIN


@pytest.mark.parametrize("broken", [
    lambda c: pages.cover(LONG_WORD, (), "", PLACE, c), lambda c: pages.cover("Bread", (LONG_WORD,), "", PLACE, c),
    lambda c: pages.cover("Bread", (), LONG_WORD, PLACE, c), lambda c: pages.point(1, LONG_WORD, "Bread.", "1", "1", PLACE, c),
    lambda c: pages.point(1, "Bread", LONG_WORD, "1", "1", PLACE, c),
    lambda c: pages.point(1, "Bread", "bread " * 400, "1", "1", PLACE, c),
    lambda c: pages.closing("Bread", [LONG_WORD], ["x"], PLACE, c), lambda c: pages.closing("Bread", ["x"], [LONG_WORD], PLACE, c),
    lambda c: pages.closing("Bread", ["bread " * 60] * 9, ["x"], PLACE, c)])
def test_a_page_on_which_something_does_not_fit_is_not_set(broken):
    assert broken(palette(PAIRS[0])) is None


# ---------------------------------------------------------------- the PDF and its fonts


@pytest.mark.parametrize("face", [SERIF, SANS])
def test_a_subset_is_a_sound_font_with_the_same_outlines(face):
    from fontTools.ttLib import TTFont

    text = "Één oven, 42 sleutels – “ja”, ĳ"
    glyphs = [face.file.glyph(char) for char in text if face.covers(char)]
    small = TTFont(io.BytesIO(subset(face.file, glyphs)), checkChecksums=2)
    whole = TTFont(look.FONTS / f"{face.name}.ttf")
    assert small["maxp"].numGlyphs == whole["maxp"].numGlyphs
    for glyph in glyphs:
        ours, theirs = (font["glyf"][font.getGlyphName(glyph)] for font in (small, whole))
        assert ours.getCoordinates(small["glyf"])[0] == theirs.getCoordinates(whole["glyf"])[0]
    assert small["glyf"][small.getGlyphName(face.file.glyph("Q"))].numberOfContours == 0
    assert face.file.characters == {code: whole.getGlyphID(name) for code, name in whole.getBestCmap().items()}


def test_characters_beyond_latin_1_come_back_from_the_file():
    setting = fit("Łódź, Škoda, “één” – € 12", SERIF, 900, 900)
    assert setting is not None
    data = write([Page("#FFFFFF", (), (Text(setting, 100, 100, "#000000"),))], 1080, 1350, "T (\\) “één”", "pl")
    reader = PdfReader(io.BytesIO(data), strict=True)
    assert " ".join(reader.pages[0].extract_text().split()) == "Łódź, Škoda, “één” – € 12"
    assert reader.metadata.title == "T (\\) “één”"


def test_the_cross_reference_table_points_at_its_objects(street):
    _, data = carousel(deck(street))
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    rows = data[start:].split(b"trailer")[0].splitlines()[2:]
    for number, row in enumerate(rows[1:], start=1):
        assert data[int(row[:10]):].startswith(b"%d 0 obj" % number)
    assert zlib.decompress(data.split(b"stream\n", 1)[1].split(b"\nendstream")[0])
