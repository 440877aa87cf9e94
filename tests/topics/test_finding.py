from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.document import Block, Document, Part, Unit
from language.source import index
from topics import find_topics
from topics.builds import same_as_before


def covers(document: Document) -> None:
    """What holds for every answer: contiguous, in order, complete, traced, named apart."""
    found = find_topics(document)
    numbers = [unit.number for unit in document.content_units()]
    assert [n for topic in found for n in numbers if topic.first <= n <= topic.last] == numbers
    assert [topic.number for topic in found] == list(range(1, len(found) + 1))
    titles = [topic.title.casefold() for topic in found]
    assert len(set(titles)) == len(titles) and all(titles)
    source = index(document)
    blocks = {block.id: " ".join(block.text.split()) for _, block in document.blocks()}
    for topic in found:
        assert source.texts(topic.summary_sources) == topic.summary
        assert not topic.title_source or topic.title in blocks[topic.title_source]
        assert all(topic.first <= n <= topic.last for n in topic.aside)
    assert found == find_topics(document)


def test_four_subjects_are_four_topics(talk) -> None:
    found = find_topics(talk)
    assert [topic.first for topic in found] == [1, 9, 15, 21]
    assert found[0].asides == {1: "title", 2: "agenda"}
    assert found[-1].asides == {27: "thanks"}
    covers(talk)
    assert any("dough" in phrase.lower() for phrase in found[0].keyphrases)
    assert any("tax" in phrase.lower() for phrase in found[2].keyphrases)
    assert not any("dough" in phrase.lower() for phrase in found[2].keyphrases)
    assert all(topic.summary for topic in found)


def test_as_many_as_asked_for(talk) -> None:
    for wanted in (1, 2, 3, 6):
        assert len(find_topics(talk, wanted)) == wanted
    with pytest.raises(ValueError, match="at least one"):
        find_topics(talk, 0)


def test_sections_of_the_author_go_before_everything(deck, talk) -> None:
    slides = [{"title": unit.title, "body": [block.text for block in unit.blocks if block.part is Part.BODY],
               "section": "A" if unit.number < 7 else "B" if unit.number < 13 else "Q" if unit.number < 28 else "End"}
              for unit in talk.content_units()]
    found = find_topics(deck(slides))
    # The last section has one slide and goes along with the third.
    assert [topic.first for topic in found] == [1, 7, 13]


def test_a_section_too_big_for_one_piece_is_split(deck, talk) -> None:
    slides = [{"title": unit.title, "body": [block.text for block in unit.blocks if block.part is Part.BODY],
               "section": "First" if unit.number < 5 else "Second"} for unit in talk.content_units()]
    starts = [topic.first for topic in find_topics(deck(slides))]
    assert 5 in starts and len(starts) > 2


def test_dividers_open_their_topic_and_name_it(deck) -> None:
    slides: list[dict[str, object]] = []
    for part in ("How bread rises", "Ready for the sea", "What the tax office wants"):
        slides.append({"title": part, "layout": "Section Header"})
        slides += [{"title": f"Point {n} about this", "body": ["Some words on it", "and some more"]} for n in "abcd"]
    found = find_topics(deck(slides))
    assert [(topic.first, topic.title) for topic in found] == [
        (1, "How bread rises"), (6, "Ready for the sea"), (11, "What the tax office wants")]
    assert [topic.asides for topic in found] == [{1: "divider"}, {6: "divider"}, {11: "divider"}]


def test_dutch_furniture_is_known(deck) -> None:
    slides = [{"title": "Kennis delen", "body": ["Joris Vlaminck"], "layout": "Titeldia"},
              {"title": "Inhoud", "body": ["Waarom delen", "Wie doet mee", "Hoe begin je"]},
              {"title": "Over mij", "body": ["Adviseur"]}]
    slides += [{"title": f"Waarom delen wij kennis {n}", "body": ["Wie deelt, leert zelf het meest."]} for n in "abcd"]
    slides += [{"title": f"Een klant belt over {n}", "body": ["De klantenservice zoekt het samen."]} for n in "abcd"]
    slides += [{"title": "Zijn er nog vragen?"}, {"title": "Bronnen", "body": ["Een boek"]}]
    found = find_topics(deck(slides, "nl"))
    asides = {number: kind for topic in found for number, kind in topic.asides.items()}
    assert asides == {1: "title", 2: "agenda", 3: "bio", 12: "thanks", 13: "references"}


def test_titles_are_cleaned_and_generic_ones_passed_over(deck) -> None:
    slides = [{"title": "Introduction", "body": ["Why people share what they know at work, and why not."]},
              {"title": "3. Who owns the answer? (1)", "body": ["Nobody knows who owns the answer."]},
              {"title": "Who owns the answer? (2)", "body": ["Everybody asks who owns the answer."]}]
    found = find_topics(deck(slides), 1)
    assert found[0].title == "Who owns the answer?"
    assert found[0].title_source == "s2.b1"


@pytest.mark.parametrize("title", [
    "C:\\cards\\old", "$ cards --all", "Manual for <customer>", "cards.list()", "{{ part }}", "Learning objectives", "Readme"])
def test_code_gaps_and_labels_are_no_titles(deck, title: str) -> None:
    slides = [{"title": title, "body": ["Why people write cards at work, and why not."]},
              {"title": "Who owns the answer", "body": ["Nobody knows who owns the answer."]}]
    assert find_topics(deck(slides), 1)[0].title == "Who owns the answer"


def test_a_title_that_leans_on_the_one_before_waits_for_a_fuller_one(deck) -> None:
    slides = [{"title": "But that is not what happened", "layout": "Section Header"},
              {"title": "This was the warehouse", "body": ["Cards lay on every shelf of it."]},
              {"title": "Cards on every shelf", "body": ["Nobody had asked for them."]}]
    assert find_topics(deck(slides), 1)[0].title == "Cards on every shelf"


def test_two_topics_never_share_a_title(deck) -> None:
    slides = [{"title": "Introduction", "section": name, "body": [f"{name} is a word. We like {name} in place {n}."]}
              for name in ("Bread", "Boats", "Tax") for n in range(3)]
    covers(deck(slides))


def test_headings_of_a_document_lead(deck) -> None:
    sections = []
    for part in ("Growing bread", "Sailing home", "Paying tax"):
        sections.append({"title": part, "level": 1, "body": ["A short opening paragraph about it. " * 12]})
        sections += [{"title": f"{part} {n}", "level": 2, "body": [f"{part} in detail. " * 100]} for n in ("one", "two")]
    found = find_topics(deck(sections, kind="section"))
    assert [topic.title for topic in found] == ["Growing bread", "Sailing home", "Paying tax"]


@pytest.mark.parametrize("count", [60, 86, 97, 120])
def test_long_decks_have_four_to_eight_topics_of_three_or_more(deck, count: int) -> None:
    words = ["bread", "boat", "tax", "rose", "dough", "sail", "fine", "seed", "oven", "wind", "fee", "soil"]
    slides = [{"title": f"{words[n // 7 % 12].title()} and {words[n % 12]} {n * 37 % 101}",
               "body": [f"The {words[n // 9 % 12]} needs a {words[n * 5 % 12]}", f"and one {words[n // 4 % 12]}"]}
              for n in range(count)]
    found = find_topics(deck(slides))
    assert 4 <= len(found) <= 8
    assert min(topic.last - topic.first + 1 for topic in found) >= 3


def test_nothing_visible_is_no_topic(deck) -> None:
    assert find_topics(deck([])) == ()
    assert find_topics(deck([{"title": "Hidden", "hidden": True}])) == ()


@pytest.mark.parametrize("slides", [
    [{"title": "Only one"}],
    [{}],
    [{"title": "One", "body": ["Two words"]}, {"title": "Two", "body": ["More words"]}],
    [{}] * 40,
    [{"title": "Always the same", "body": [f"but the {n}th text differs"]} for n in range(40)],
    [{"title": "One giant page", "body": ["A sentence about the sea and what it wants. " * 4000]}],
    [{"title": "Questions?"}] * 5,
    [{"title": "Appendix"}, *[{"body": ["x"]}] * 9],
])
def test_odd_decks_give_something_sensible(deck, slides) -> None:
    covers(deck(slides))


def test_three_thousand_slides(deck) -> None:
    slides = [{"title": f"About {n // 11} and {n % 5}", "body": [f"Word{n // 11} comes with word{n % 13} and word{n // 40}"]}
              for n in range(3000)]
    found = find_topics(deck(slides))
    assert 8 <= len(found) <= 16
    assert found[-1].last == 3000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries({
    "title": st.sampled_from(["", "Agenda", "Bread", "Bread (2)", "Boats", "Thanks", "Tax cont.", "Tax", "Part 2: Roses"]),
    "body": st.lists(st.sampled_from(["Dough and flour rise.", "Sails fill with wind", "Tax is due", "•", ""]), max_size=3),
    "section": st.sampled_from(["", "", "One", "Two"]),
    "layout": st.sampled_from(["", "Section Header", "Title Slide", "Content"]),
    "hidden": st.booleans()}), max_size=24))
def test_every_deck_is_covered_and_no_build_is_cut(slides) -> None:
    units = tuple(
        Unit(number=n, kind="slide", title=slide["title"], hidden=slide["hidden"], section=slide["section"],
             layout=slide["layout"],
             blocks=tuple(Block(id=f"s{n}.b{k}", part=Part.TITLE if k == 1 else Part.BODY, text=text)
                          for k, text in enumerate([slide["title"], *slide["body"]], start=1)))
        for n, slide in enumerate(slides, start=1))
    document = Document(id="d", source={"name": "a", "sha256": "d", "media_type": "x", "bytes": 1}, units=units)
    covers(document)
    seen = document.content_units()
    again = same_as_before([unit.title for unit in seen], "en")
    builds = {unit.number for unit, flag in zip(seen, again, strict=True) if flag}
    assert not builds & {topic.first for topic in find_topics(document)}


def test_slides_that_say_nothing_or_all_the_same_are_one_topic(deck) -> None:
    assert [(topic.first, topic.last, topic.title) for topic in find_topics(deck([{} for _ in range(30)]))] == [
        (1, 30, "Slides 1–30")]
    assert [topic.title for topic in find_topics(deck([{}]))] == ["Slide 1"]
    same = find_topics(deck([{"title": "Always the same"} for _ in range(60)]))
    assert [(topic.first, topic.last) for topic in same] == [(1, 60)]


def test_an_agenda_that_comes_back_opens_parts(deck) -> None:
    def part(name: str) -> list[dict[str, object]]:
        return [{"title": f"{name} matter {n}", "body": [f"What {name} says in place {n}.", "More of it."]} for n in range(6)]

    slides = [{"title": "Our talk"}]
    for name in ("Bread", "Boats", "Taxes"):
        slides += [{"title": "Agenda", "body": ["Bread", "Boats", "Taxes"]}, *part(name)]
    found = find_topics(deck(slides))
    assert {9, 16} <= {topic.first for topic in found}


def test_a_picture_below_a_bare_title_is_no_divider() -> None:
    from content.document import Picture
    from topics.reading import of_unit
    from topics.structure import is_lone

    def slide(title: str, *more: str, pictures: int = 0) -> Unit:
        texts = [(Part.TITLE, title), *((Part.BODY, text) for text in more)]
        return Unit(number=1, kind="slide", title=title, blocks=tuple(
            Block(id=f"s1.b{n}", part=part, text=text) for n, (part, text) in enumerate(texts)),
            pictures=tuple(Picture(id=f"s1.p{n}", sha256="a", media_type="image/png") for n in range(pictures)))

    def lone(unit: Unit) -> bool:
        return is_lone(unit, of_unit(unit, "en"))

    assert lone(slide("Ready for the sea")) and lone(slide("Ready for the sea", "02"))
    assert not lone(slide("Ready for the sea", pictures=1))
    assert not lone(slide("Ready for the sea", "Ropes hold the sail in any wind", "Knots as well"))
