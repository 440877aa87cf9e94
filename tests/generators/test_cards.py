"""Cards: readable, verbatim, inside their margins, and the same bytes every time."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from content import look
from content.errors import BadSettings
from content.settings import Author, Profile
from generators.cards import GENERATOR as CARDS
from generators.carousel import GENERATOR as CAROUSEL
from generators.drawing import card
from generators.drawing.face import SANS, SANS_BOLD, SERIF, SERIF_STRONG
from generators.drawing.lines import SCALE, even, fit
from generators.drawing.palette import LEAST, palette
from generators.drawing.strip import Place, bars
from generators.quotable import quotable, worth

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PAIRS = [("#A8432A", "#FFF7ED"), ("#1F2A44", "#F4EFE6"), ("#FFF7ED", "#A8432A"), ("#FFD166", "#2B2118")]
PLACE = Place(((2, 8), (9, 20), (21, 30)), 1, 12)


def deck(street, language="en", **more):
    """The talk of the street with its title, so that pieces can name it."""
    context = street(language, **more)
    title = {"en": "Bread for a whole street", "nl": "Brood voor de hele straat"}[language]
    return replace(context, cleared=context.cleared.model_copy(update={"title": title}))


def drawn(context) -> dict[str, bytes]:
    return {each.path: each.data for each in CARDS.artefacts(CARDS.drafts(context), context)}


# ---------------------------------------------------------------- palette


@pytest.mark.parametrize("pair", PAIRS)
def test_every_colour_that_text_has_can_be_read(pair):
    colours = palette(pair)
    for each in (colours, colours.turned):
        assert look.contrast(each.ground, each.ink) >= LEAST
        assert look.contrast(each.ground, each.reading) >= LEAST


def test_longer_text_on_the_paper_of_the_default_palette_reads_like_text():
    paper = palette(Profile().palette).turned
    assert look.contrast(paper.ground, paper.reading) >= 7


@pytest.mark.parametrize("pair", [
    ("#FF7F50", "#FFFFFF"), ("#E67E22", "#FFFFFF"), ("#808080", "#909090"), ("#A8432A", "#A8432A"),
    ("terracotta", "#FFF7ED"), ("#A8432A", "#FFF"), ("#A8432A", "#GGGGGG")])
def test_a_palette_that_cannot_be_read_is_refused_before_anything_is_drawn(street, pair):
    context = deck(street, profile=Profile(palette=pair))
    for generator in (CARDS, CAROUSEL):
        with pytest.raises(BadSettings, match=r"profile\.palette"):
            generator.drafts(context)


def test_the_ramp_goes_from_ground_to_ink():
    colours = palette(PAIRS[0])
    ramp = colours.ramp()
    assert len(ramp) == 768
    assert ramp[:3].hex().upper() == colours.ground[1:] and ramp[-3:].hex().upper() == colours.ink[1:]
    assert colours.tint(0) == colours.ground and colours.tint(1) == colours.ink


# ---------------------------------------------------------------- lines


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=30), st.sampled_from(SCALE))
def test_lines_keep_every_word_and_stay_inside(words, size):
    text = " ".join(words)
    lines = even(text, SERIF_STRONG, size, 880)
    if lines:
        assert " ".join(lines) == text
        assert all(SERIF_STRONG.at(size).getlength(line) <= 880 for line in lines)
    else:
        assert max(SERIF_STRONG.width(word, size) for word in words) > 880 - len(words)


@given(st.lists(st.sampled_from(["dough", "a", "neighbour", "of", "flour", "key"]), min_size=4, max_size=30))
def test_lines_are_even(words):
    text = " ".join(words)
    lines = even(text, SERIF, 48, 600)
    greedy = [words[0]]
    for word in words[1:]:
        longer = f"{greedy[-1]} {word}"
        if SERIF.width(longer, 48) > 600 - len(words) / 2:
            greedy.append(word)
        else:
            greedy[-1] = longer
    assert len(lines) <= len(greedy)


def test_no_word_stands_alone_at_the_end():
    text = "You need not be good at baking, you need to be at the door at six in the morning."
    assert len(even(text, SERIF_STRONG, 100, 880)[-1].split()) > 1


def test_a_text_takes_the_largest_size_that_fits():
    setting = fit("Begin with ten houses.", SERIF, 880, 800)
    assert setting is not None and setting.size == SCALE[0] and setting.height <= 800 and setting.width <= 880
    smaller = fit("Begin with ten houses.", SERIF, 880, 50)
    assert smaller is not None and smaller.size < setting.size and len(smaller.lines) == 1


@pytest.mark.parametrize("text", [LONG_WORD, f"A {LONG_WORD} is not enough.", "", "   ", "Brot 面包", "Хлеб всем", "bread 🥖", "\U0010ff00"])
def test_what_does_not_fit_or_has_no_glyph_is_not_set(text):
    assert fit(text, SERIF, 880, 900) is None


@pytest.mark.parametrize("face", [SERIF, SERIF_STRONG, SANS, SANS_BOLD])
def test_measures_agree_with_what_is_drawn(face):
    for size in (SCALE[0], 60, SCALE[-1]):
        text = "“Wie één sleutel heeft – 42 van de 61 – is collega.”"
        assert face.width(text, size) == pytest.approx(face.at(size).getlength(text), abs=1)
    assert face.covers("Ünïcödé „quotes“ – € 12") and not face.covers("面")


# ---------------------------------------------------------------- cards


def ink_box(data: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of everything that is not ground, in free pixels on that side."""
    image = Image.open(io.BytesIO(data))
    left, top, right, bottom = image.point(lambda value: 255 if value else 0, "L").getbbox()
    return left, top, image.width - right, image.height - bottom


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_card_is_verbatim_one_sentence_or_two_neighbours_and_says_so(street, language):
    context = deck(street, language)
    drafts = CARDS.drafts(context)
    assert len(drafts) == len(context.topics)
    for draft in drafts:
        (quote,) = draft.segments
        assert quote.quotation and len(quote.sources) in {1, 2}
        assert quote.text == " ".join(context.index.texts(quote.sources))
        assert draft.metadata == {"alt": (quote,)}
        assert draft.limit.key == "card.quote" and len(quote.text.split()) <= draft.limit.limit == 25


def test_two_pictures_a_card_of_the_right_size_with_the_sentence_as_description(street):
    context = deck(street)
    drafts = CARDS.drafts(context)
    pictures = drawn(context)
    assert set(pictures) == {path for each in drafts for path in (each.path, each.path.replace(".png", "-wide.png"))}
    for draft in drafts:
        for path, size in ((draft.path, (1080, 1350)), (draft.path.replace(".png", "-wide.png"), (1200, 630))):
            image = Image.open(io.BytesIO(pictures[path]))
            assert image.size == size and image.info["Description"] == draft.text
            assert len(pictures[path]) < 150_000
            assert set(chunks(pictures[path])) <= {b"IHDR", b"PLTE", b"tEXt", b"iTXt", b"IDAT", b"IEND"}


def chunks(data: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        found.append(kind)
        at += 12 + size
    assert sum(kind in {b"tEXt", b"iTXt", b"zTXt"} for kind in found) == 1
    return found


def test_the_description_is_found_by_the_leak_gate(street):
    from gates.leak_bytes import views

    context = deck(street, "nl")
    for draft in CARDS.drafts(context):
        for path, data in drawn(context).items():
            if path == draft.path:
                assert any(draft.text in view.text for view in views(data))


def test_the_description_may_hold_any_character():
    words = card.Words("“Één oven” kost € 300 – niet meer.", "Brood")
    data = card.draw(card.lay_out(words, card.TALL), PLACE, palette(PAIRS[0]), words.quote)
    assert Image.open(io.BytesIO(data)).info["Description"] == words.quote


SAID = [
    "Bread.", "No.", "Never start with rules, start with bread.",
    "A neighbour with a key is a colleague, a neighbour without one is a customer, and a customer is never asked to wash up.",
    "We " + "bake and " * 22 + "rest.", "“I bake better since my name is on the door.”", "– Wie bakt, die blijft.", "iiii " * 24 + "i.",
]


@pytest.mark.parametrize("quote", SAID)
@pytest.mark.parametrize("form", [card.TALL, card.WIDE], ids=["tall", "wide"])
@pytest.mark.parametrize("across", ["", "Held for review: what nobody has decided yet is masked. Do not publish."])
def test_nothing_on_a_card_leaves_its_margins_or_is_too_small(quote, form, across):
    words = card.Words(quote, "Ilka Torvund, Per Aske", ("Bread for a whole street", "Slide 12 · CC BY 4.0"), across)
    layout = card.lay_out(words, form)
    if layout is None:
        assert form is card.WIDE and len(quote) > 100
        return
    settings = [layout.quote, layout.name, *layout.under, *([layout.across] if layout.across else [])]
    assert all(each.size >= 36 and each.width <= form.width - 200 for each in settings)
    data = card.draw(layout, PLACE, palette(PAIRS[0]), quote)
    if not across:
        left, top, right, bottom = ink_box(data)
        hung = round(layout.quote.hang(layout.quote.lines[0])) + 2 if quote[0] in "“–" else 0
        assert left >= 100 - hung - 3 and min(top, right, bottom) >= 97
    rows = sorted([(layout.top, layout.top + layout.room), (layout.foot, layout.foot + layout.name.height)])
    assert all(one[1] < other[0] for one, other in pairwise(rows))


@pytest.mark.parametrize("words", [
    card.Words(f"A {LONG_WORD} is not enough.", "Bread"),
    card.Words("Never start with rules.", LONG_WORD),
    card.Words("Never start with rules.", "Bread", (LONG_WORD,)),
    card.Words("Never start with rules.", "Bread", ("Slide 1",), LONG_WORD),
    card.Words("Never start with rules.", "Bread", ("word " * 60,)),
    card.Words("bread and " * 80, "Bread"),
    card.Words("Brot heißt 面包.", "Bread"),
], ids=["quote", "name", "under", "across", "many", "endless", "glyph"])
def test_a_card_on_which_something_does_not_fit_is_not_drawn(words):
    assert card.lay_out(words, card.TALL) is None or card.lay_out(words, card.WIDE) is None


def test_a_sentence_that_does_not_fit_gives_way_to_another(slide, context):
    notes = (f"Never forget the {LONG_WORD} of your street.", "Begin with ten houses and one evening a week.")
    (draft,) = CARDS.drafts(context((slide(1, "The first oven", notes=notes),)))
    assert draft.text == notes[1]


def test_the_attribution_is_the_profile_s_author_or_the_talk_never_the_file_s(street):
    from generators.cards import words

    context = deck(street)
    context = replace(context, cleared=context.cleared.model_copy(update={"properties": {"author": "Nils Ravn"}}))
    quote = CARDS.drafts(context)[0].segments[0]
    plain = words(quote, 3, context)
    assert plain.name == "Bread for a whole street" and plain.under == ("Slide 3",)
    named = words(quote, 3, replace(context, profile=Profile(authors=(Author(name="Ilka Torvund"),), licence="CC BY 4.0")))
    assert named.name == "Ilka Torvund" and named.under == ("Bread for a whole street", "Slide 3 · CC BY 4.0")
    assert not named.across and words(quote, 3, replace(context, held=True)).across.endswith("Do not publish.")


def test_a_held_card_has_a_band_across_its_top(street):
    first = next(iter(drawn(deck(street)).values()))
    held = next(iter(drawn(deck(street, held=True)).values()))
    assert ink_box(first)[1] >= 97 and ink_box(held)[:3] == (0, 0, 0)


def test_the_same_talk_gives_the_same_bytes(street):
    assert drawn(deck(street)) == drawn(deck(street))


def test_the_strip_shows_the_topic_and_the_slide_in_it():
    found = bars(PLACE, 880)
    assert sum(bar.strong for bar in found) == 2 and len(found) == 4
    assert all(bar.x >= 0 and bar.x + bar.width <= 880.01 for bar in found)
    topic, tick = [bar for bar in found if bar.strong]
    assert topic.x <= tick.x and tick.x + tick.width <= topic.x + topic.width
    assert bars(Place(()), 880) == ()


# ---------------------------------------------------------------- which sentence


@pytest.mark.parametrize(("language", "better", "worse"), [
    ("en", "Never start with rules, start with bread.", "In the second week I burnt 80 loaves in that oven."),
    ("en", "What is seen by all needs no guard.", "Look at the third line of the table."),
    ("en", "You do not need to be good at it.", "People think that an open door invites thieves."),
    ("nl", "Begin nooit met regels, begin met brood.", "In de tweede week verbrandde ik 80 broden in die oven."),
    ("nl", "Wie bakt, hoeft niet te betalen.", "Kijk eens naar de laatste kolom."),
])
def test_a_sentence_of_general_sense_beats_one_that_needs_its_neighbours(language, better, worse):
    assert worth(better, language) > worth(worse, language)


def test_only_whole_verbatim_sentences_are_quotable(sample):
    for name in ("social-business.pptx", "kennis-delen.pptx"):
        context = sample(name)
        for material in context.materials:
            for sentence in quotable(material, context):
                assert sentence.text == context.index.by_id[sentence.sources[0]].text
                assert 5 <= len(sentence.text.split()) <= 25 and sentence.text[-1] in ".!\"'”’)"


def test_a_unit_in_which_something_was_withheld_is_not_quoted(street):
    context = deck(street)
    before = {draft.topic: draft for draft in CARDS.drafts(context)}
    unit = context.index.units(before[1].segments[0].sources)[0]
    edited = replace(context, cleared=context.cleared.model_copy(update={"touched_units": frozenset({unit})}))
    after = {draft.topic: draft for draft in CARDS.drafts(edited)}
    assert context.index.units(after[1].segments[0].sources) != (unit,)
    assert after[2] == before[2]


def test_no_two_cards_of_a_pack_say_the_same(sample):
    made = CARDS.drafts(sample("social-business.pptx"))
    assert len(made) == len({draft.text for draft in made}) >= 5
