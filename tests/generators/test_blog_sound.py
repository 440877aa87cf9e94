"""What hangs on something that was left out goes, and with it what is left of its box. All sentences are invented."""

from __future__ import annotations

import pytest

from content.document import Block, Body, Part, Source, Unit
from content.draft import Sentence
from generators.blog_check import counted
from generators.blog_frame import gaps
from generators.blog_plan import Piece
from generators.blog_sound import Ground, ground, grounded
from generators.material import ItemList, Passage
from generators.prose_cues import cues
from language.source import index

_CODE = "boat.tie(\"pole\" + rope.length) == null;"


def _ground(*boxes: tuple[Part, tuple[str, ...]]) -> Ground:
    """A slide of boxes with a paragraph each; the blocks are s1.b1, s1.b2, ..., all boxes counted on."""
    blocks = [Block(id="", part=part, text=text, shape=f"shape {n}") for n, (part, texts) in enumerate(boxes) for text in texts]
    named = tuple(block.model_copy(update={"id": f"s1.b{n}"}) for n, block in enumerate(blocks, start=1))
    body = Body(id="d", source=Source(name="boats.pptx", sha256="0" * 64, media_type="x", bytes=0),
                units=(Unit(number=1, kind="slide", blocks=named),))
    return ground(body, index(body))


def _s(text: str, block: int, n: int = 1) -> Sentence:
    return Sentence(text=text, sources=(f"s1.b{block}.{n}",))


def _passage(*said: Sentence, run_in: Sentence | None = None, items: tuple[Sentence, ...] = (), lead: Sentence | None = None,
             code: tuple[Sentence, ...] = ()) -> Passage:
    return Passage(1, None, said, run_in=run_in, lists=(ItemList(items, lead),) if items else (), code=code,
                   paragraphs=(said,) if said else ())


def _texts(piece: Piece) -> list[str]:
    return [s.text for p in piece.passages for s in (*([p.run_in] if p.run_in else []), *p.prose, *p.code, *(
        i for each in p.lists for i in each.items))]


@pytest.mark.parametrize(("language", "before", "hangs", "leans"), [
    ("en", "The thief ties the boat to another pole.", "This trick moves both boats to the other bank.",
     "It takes a minute."),
    ("nl", "De dief bindt de boot aan een andere paal.", "Deze truc brengt beide boten naar de overkant.",
     "Het duurt een minuut.")])
def test_what_hangs_on_a_sentence_left_out_goes_with_what_leans_on_it(language, before, hangs, leans) -> None:
    under = _ground((Part.NOTES, ("A lock is cheap.", before, hangs, leans, "Chains last.")))
    first, last = _s("A lock is cheap.", 1), _s("Chains last.", 5)
    row = (first, _s(hangs, 3), _s(leans, 4), last)
    away = grounded(Piece((), (_passage(*row),)), under, cues(language))
    assert _texts(away) == ["A lock is cheap.", "Chains last."]
    there = grounded(Piece((), (_passage(first, _s(before, 2), *row[1:]),)), under, cues(language))
    assert len(_texts(there)) == 5


@pytest.mark.parametrize(("language", "before", "answer"), [
    ("en", "A boat without a rope may be taken by anybody at night.", "And if it is, nobody pays."),
    ("en", "A boat without a rope may be taken by anybody at night.", "We don't know."),
    ("nl", "Een boot zonder touw mag 's nachts door iedereen worden meegenomen.", "Dat weten we niet.")])
def test_an_answer_goes_with_what_it_answers(language, before, answer) -> None:
    under = _ground((Part.NOTES, ("A lock is cheap.", before, answer, "Chains last.")))
    row = (_s("A lock is cheap.", 1), _s(answer, 3), _s("Chains last.", 4))
    away = grounded(Piece((), (_passage(*row),)), under, cues(language))
    assert _texts(away) == ["A lock is cheap.", "Chains last."]
    there = grounded(Piece((), (_passage(row[0], _s(before, 2), *row[1:]),)), under, cues(language))
    assert len(_texts(there)) == 4


def test_what_the_slide_says_in_other_words_is_not_left_out() -> None:
    under = _ground((Part.NOTES, ("The thief ties the boat to a pole.", "This takes a minute.")))
    row = (_s("A thief ties his boat to the pole.", 9), _s("This takes a minute.", 2))
    assert len(_texts(grounded(Piece((), (_passage(*row),)), under, cues("en")))) == 2


def test_a_box_of_which_most_is_gone_goes_with_its_label() -> None:
    under = _ground((Part.BODY, ("Example", "A ferry counts its guests with the call below, twice a day in summer:", _CODE,
                                 "The clerk then enters a name of nobody who is on board:", "Thieves may use that too.")),
                    (Part.BODY, ("Help", "Count the guests by hand.")))
    example = _passage(_s("Thieves may use that too.", 5), run_in=_s("Example", 1))
    remedy = _passage(_s("Count the guests by hand.", 7), run_in=_s("Help", 6))
    assert _texts(grounded(Piece((), (example, remedy)), under, cues("en"))) == ["Help", "Count the guests by hand."]


def test_a_question_goes_whose_answer_is_a_remnant() -> None:
    under = _ground((Part.NOTES, ("Can guests see who is on board?", "Yes, with the list of the clerk, which holds every name:",
                                  "Keeps the names for a day and no longer", "This list hangs at the pier.",
                                  "How are the boats tied?", "With two ropes.")))
    first = _passage(_s("This list hangs at the pier.", 4), run_in=_s("Can guests see who is on board?", 1))
    second = _passage(_s("With two ropes.", 6), run_in=_s("How are the boats tied?", 5))
    assert _texts(grounded(Piece((), (first, second)), under, cues("en"))) == ["How are the boats tied?", "With two ropes."]


def test_a_list_under_a_label_and_program_text_go_with_what_led_to_them() -> None:
    under = _ground((Part.BODY, ("The harbour is old.", "Ropes may be used by people for:", "Ferries and tugs", "Guests",
                                 "Yachts, boats of pupils", "The pilot writes the number of the boat and its pole:", _CODE)))
    listed = _passage(_s("The harbour is old.", 1), items=(_s("Yachts, boats of pupils", 5), _s("Rafts", 5)), lead=_s("Guests", 4))
    coded = _passage(_s("The harbour is old.", 1), code=(_s(_CODE, 7),))
    assert _texts(grounded(Piece((), (listed,)), under, cues("en"))) == ["The harbour is old."]
    assert _texts(grounded(Piece((), (coded,)), under, cues("en"))) == ["The harbour is old."]


def test_a_list_article_without_one_of_its_numbered_entries_is_none() -> None:
    under = _ground((Part.BODY, ("Call the ferry with a bell.", "Mind that this bell is not heard in storms.")))
    heads = [Sentence(text=f"Rule {n}: Tie it", sources=(f"s9.b{n}.1",)) for n in (1, 2, 3, 4)]
    entries = tuple(Passage(n, head, (_s("The rope holds.", 40 + n),), paragraphs=((_s("The rope holds.", 40 + n),),))
                    for n, head in zip((11, 12, 13, 14), heads, strict=True))
    lost = Passage(1, heads[1], (_s("Mind that this bell is not heard in storms.", 2),))
    whole = Piece((), entries, listicle=True)
    assert grounded(whole, under, cues("en")) == whole
    assert not grounded(Piece((), (entries[0], lost, *entries[2:]), listicle=True), under, cues("en")).passages


def _row(*said: str, running: bool = False) -> Passage:
    row = tuple(Sentence(text=text, sources=(f"s1.b1.{n}",)) for n, text in enumerate(said, start=1))
    return Passage(1, Sentence(text="Boats"), row, paragraphs=(row,), running=running)


_TOLD = _row("The ferry leaves at eight, when the water is high enough for it, and comes back to the old pier at nine.",
             "Nobody on the pier has ever missed it twice in one week, because the next one leaves on the day after that.")


@pytest.mark.parametrize(("rest", "sound_"), [
    ((), True),
    ((_row("‘what boats are there at all?’"), _row("and then the ropes.")), False),
    ((_row("Boats sink."), _row("Ropes tear."), _row("Guests run.")), False),
    ((_row("Boats sink.", running=True), _row("Ropes tear.", running=True), _row("Guests run.", running=True)), False)])
def test_a_piece_of_cut_sentences_or_remarks_is_no_draft(rest, sound_) -> None:
    assert counted(Piece((), (_TOLD, _TOLD, _TOLD, *rest)), cues("en")).is_draft_of() is sound_


def test_a_piece_that_tells_little_between_its_lists_is_no_draft() -> None:
    items = tuple(_s("Boats of guests are tied to the pole with two ropes.", n) for n in range(9))
    listed = _passage(items=items)
    assert counted(Piece((), (_TOLD, _TOLD, _TOLD, listed)), cues("en")).is_draft_of()
    assert not counted(Piece((), (_TOLD, _TOLD, listed)), cues("en")).is_draft_of()


@pytest.mark.parametrize(("language", "lines", "missing"), [
    ("en", ("In week one, tie it.", "In week two, sail.", "In week three, rest."), 0),
    ("en", ("In week one, tie it.", "In week three, rest.", "In week four, sell it."), 1),
    ("nl", ("In de eerste week knopen we.", "In de derde week varen we."), 1),
    ("en", ("In week one, tie it.", "The sea is wide.", "In week three, rest."), 0)])
def test_a_gap_in_a_row_is_named_to_the_author(slide, context, language, lines, missing) -> None:
    there = context((slide(1, "Boats", lines),), language=language)
    # Something stood between any two of these, and between no two of those: then the author counts so.
    assert len(gaps([_s(text, 2 * n) for n, text in enumerate(lines, start=1)], there)) == missing
    assert not gaps([_s(text, n) for n, text in enumerate(lines, start=1)], there)


@pytest.mark.parametrize(("language", "asked", "beside", "answer"), [
    ("en", "Could it be that wet ropes are older?", "I see some of you nodding.", "That's why we dried both for a week."),
    ("nl", "Zijn natte touwen misschien ouder?", "Ik zie een paar van jullie knikken.", "Daarom hebben we ze een week gedroogd.")])
def test_an_answer_stays_where_only_the_room_was_spoken_to_in_between(language, asked, beside, answer) -> None:
    under = _ground((Part.NOTES, ("A lock is cheap.", asked, beside, answer)))
    row = (_s("A lock is cheap.", 1), _s(asked, 2), _s(answer, 4))
    assert len(_texts(grounded(Piece((), (_passage(*row),)), under, cues(language)))) == 3


def test_what_points_at_what_only_the_room_sees_goes_as_before() -> None:
    under = _ground((Part.NOTES, ("Let it sit for a moment.", "This is the rope itself.", "Chains last.")))
    row = (_s("This is the rope itself.", 2), _s("Chains last.", 3))
    assert _texts(grounded(Piece((), (_passage(*row),)), under, cues("en"))) == ["Chains last."]


@pytest.mark.parametrize(("language", "said", "named"), [
    ("en", "And yes, the bucket.", "One boat, a bucket under the bench"),
    ("nl", "En ja, de emmer.", "Eén boot, een emmer onder de bank")])
def test_what_takes_up_a_thing_goes_where_nothing_names_it(language, said, named) -> None:
    under = _ground((Part.BODY, (named,)), (Part.NOTES, ("Chains last.", said, "A boy of nine asked us every day what it was for.")))
    row = (_s("Chains last.", 2), _s(said, 3), _s("A boy of nine asked us every day what it was for.", 4))
    assert [s for s in _texts(grounded(Piece((), (_passage(*row),)), under, cues(language))) if s == said] == []
    items = (_s(named, 1), _s("Chains last for a winter", 2))
    behind = Piece((), (_passage(*row, items=items),))
    assert said not in _texts(grounded(behind, under, cues(language)))
    before = Piece((), (_passage(items=items), _passage(*row)))
    assert said in _texts(grounded(before, under, cues(language)))


@pytest.mark.parametrize(("language", "said"), [
    ("en", "Left what the sailors write, right what we answer."), ("en", "The last column is what the sailors write."),
    ("nl", "Links wat de schippers schrijven, rechts wat wij zeggen."), ("nl", "In de rechterkolom staat wat de schippers zeggen.")])
@pytest.mark.parametrize("part", [Part.TABLE, Part.CHART, Part.BODY])
def test_what_points_at_a_column_needs_a_table_or_a_chart(language, said, part) -> None:
    under = _ground((part, ("Rope",)), (Part.NOTES, ("Chains last.", said)))
    row = (_s("Chains last.", 2), _s(said, 3))
    assert (said in _texts(grounded(Piece((), (_passage(*row),)), under, cues(language)))) is (part is not Part.BODY)
