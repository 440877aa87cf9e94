"""Where a draft stands: the line above it, the line below it, and what clashes. All sentences are invented."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.settings import Author, Profile
from gates.trace import problems
from generators.blog import GENERATOR
from generators.blog_frame import Whole, checks, filled, series_line, standfirst, whole_of
from generators.render import Plain

_NOTES = {
    "en": (("The bell hangs beside the landing and rings once for each boat. People who hear it walk faster.",
            "We counted 26 people a day who came too late before it was hung. Nobody had told them the time."),
           ("The harbour has no bell, and the skipper shouts. His voice is known on both banks of the river.",
            "In winter he lost it for three weeks. A boy with a drum stood in for him."),
           ("On the bridge hangs a lamp that is green while the ferry waits. Cyclists look at it from afar.",
            "The lamp broke twice in its first year. A neighbour mended it each time with wire.")),
    "nl": (("De bel hangt naast de steiger en luidt een keer voor elke boot. Wie hem hoort, gaat harder lopen.",
            "We hebben 26 mensen per dag geteld die te laat waren voordat hij er hing. Niemand had ze de tijd verteld."),
           ("De haven heeft geen bel, en de schipper roept. Zijn stem is bekend op beide oevers van de rivier.",
            "In de winter was hij hem drie weken kwijt. Een jongen met een trommel heeft hem vervangen."),
           ("Aan de brug hangt een lamp die groen is zolang de pont wacht. Fietsers kunnen hem van ver zien.",
            "De lamp is twee keer stuk geweest in het eerste jaar. Een buurman heeft hem met draad gemaakt.")),
}
_TITLES = {"en": ("The bell on the landing", "How a small ferry learned to leave on time every day",
                  "What rings at the landing", "Who shouts in the harbour", "What shines on the bridge"),
           "nl": ("De bel op de steiger", "Hoe een kleine pont leerde om elke dag op tijd te vertrekken",
                  "Wat er op de steiger luidt", "Wie er in de haven roept", "Wat er aan de brug schijnt")}


def _talk(slide, context, language: str = "en", **more: object):
    name, under, *titles = _TITLES[language]
    units = (slide(1, name, (under,)), *(slide(n, title, (), notes) for n, (title, notes) in enumerate(
        zip(titles, _NOTES[language], strict=True), start=2)))
    spans = tuple((title, n, n) for n, title in enumerate(titles, start=2))
    return context(units, ((name, 1, 1), *spans), asides={1: "title"}, language=language, **more)


@pytest.mark.parametrize(("language", "part", "after"), [("en", "part 1 of 3", "Next: "), ("nl", "deel 1 van 3", "Hierna: ")])
def test_a_draft_says_where_it_comes_from_and_what_is_next(slide, context, monkeypatch, language, part, after) -> None:
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 25)
    ready = _talk(slide, context, language)
    drafts = GENERATOR.drafts(ready)
    assert len(drafts) == 3
    above = drafts[0].text.split("\n\n")[1]
    assert f"“{_TITLES[language][0]}”" in above and part in above and above.endswith(f"{_TITLES[language][1]}.*")
    # The line under the title stands in the first part only; the talk is named in each.
    assert all(_TITLES[language][0] in each.text and f"{_TITLES[language][1]}." not in each.text for each in drafts[1:])
    assert f"\n---\n\n*{after}{drafts[1].title.text}*" in drafts[0].text and drafts[1].title.text in drafts[2].text
    for draft in drafts:
        for sentence in (s for s in draft.segments if s.sources):
            assert list(problems(sentence, ready.index, language)) == []
        # What frames a piece is no part of what it tells.
        assert {s.sources for s in draft.metadata["frame"]}.isdisjoint({s.sources for s in draft.told if s.sources})


def test_a_speaker_and_an_event_are_named_where_they_are_known(slide, context) -> None:
    ready = _talk(slide, context, profile=Profile(authors=(Author(name="Wilma Example"),), event="Ferry Day"))
    whole = whole_of(ready, None)
    above = "".join(str(each.text if isinstance(each, Sentence) else each)
                    for each in standfirst(whole, Sentence(text="Other"), (), 1, 3, ready))
    assert above.startswith("From the presentation “The bell on the landing” by Wilma Example, Ferry Day, part 1 of 3. ")


def test_nothing_is_said_where_nothing_is_known(slide, context) -> None:
    ready = _talk(slide, context)
    nobody = Whole(None, None, Plain(""), Plain(""), True, None)
    assert standfirst(nobody, Sentence(text="Other"), (), 1, 1, ready) == ()
    assert series_line((Sentence(text="Alone"),), 1, None, ready) == ()


@pytest.mark.parametrize(("language", "shown", "text"), [
    ("en", "From the presentation of this name, part 2 of 3.", "From the text of this name, part 2 of 3."),
    ("nl", "Uit de presentatie met deze naam, deel 2 van 3.", "Uit de tekst met deze naam, deel 2 van 3.")])
def test_a_part_with_the_name_of_its_talk_says_so(slide, context, language, shown, text) -> None:
    ready = _talk(slide, context, language)
    title = Sentence(text=_TITLES[language][0], sources=("s1.b1.1",))
    for told, expected in ((True, shown), (False, text)):
        whole = Whole(title, None, Plain(""), Plain(""), told, None)
        assert "".join(str(each.text if isinstance(each, Sentence) else each)
                       for each in standfirst(whole, title, (), 2, 3, ready)) == expected


def test_what_a_piece_says_is_not_said_above_it(slide, context) -> None:
    ready = _talk(slide, context)
    whole = whole_of(ready, None)
    assert whole.about is not None
    said = (Sentence(text="A small ferry learned how to leave on time every day."),)
    assert whole.about not in standfirst(whole, Sentence(text="Other"), said, 1, 2, ready)


def test_two_spellings_are_for_the_author_to_look_at(slide, context) -> None:
    units = (slide(1, "The bell", (), ("The landing of Quendale Ferries is wet.", "A boat of Quendalle Ferries is dry.")),)
    ready = context(units)
    whole = whole_of(ready, None)
    said = tuple(Sentence(text=s.text, sources=(name,)) for name, s in ready.index.by_id.items())
    (found,) = checks(whole.clashes, said, ready)
    assert "".join(str(each.text if isinstance(each, Sentence) else each) for each in found) in {
        "Check: “Quendale” here, “Quendalle” elsewhere.", "Check: “Quendalle” here, “Quendale” elsewhere."}
    assert checks(whole.clashes, (), ready) == ()


def test_a_phrase_is_filled_with_what_is_known() -> None:
    title = Sentence(text="The bell", sources=("s1.b1.1",))
    assert filled("en", "series_next", title=title) == (Plain("Next: "), title)


def test_the_next_piece_is_named_without_the_name_of_the_talk(slide, context) -> None:
    ready = _talk(slide, context)
    titles = (Sentence(text="What rings"), Sentence(text="The bell on the landing: Wet ropes", sources=("s1.b1.1", "s2.b1.1")))
    deck = Sentence(text="The bell on the landing", sources=("s1.b1.1",))
    assert "".join(map(_words, series_line(titles, 1, deck, ready))) == "Next: Wet ropes"
    assert "".join(map(_words, series_line(titles, 1, None, ready))) == "Next: The bell on the landing: Wet ropes"


def _words(part: Sentence | Plain) -> str:
    return part.text if isinstance(part, Sentence) else str(part)
