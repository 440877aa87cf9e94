"""Lists as their author made them."""

from __future__ import annotations

import pytest

from content.document import Block, Part, Unit

_LEAD = "We keep the greenhouse together with nine others. Three jobs come back every week:"
_JOBS = ("The watering, at seven. It takes an hour.", "The airing, which nobody likes.", "The compost, turned by hand.")


def _section(*items: str, lead: str = _LEAD, numbered: bool = False) -> Unit:
    blocks = [Block(id="s1.b1", part=Part.TITLE, text="The greenhouse"),
              Block(id="s1.b2", part=Part.BODY, text=lead, shape="one")]
    blocks += [Block(id=f"s1.b{n}", part=Part.BODY, text=text, level=1, shape="two", numbered=numbered)
               for n, text in enumerate(items, start=3)]
    blocks.append(Block(id=f"s1.b{len(blocks) + 1}", part=Part.BODY, shape="three",
                        text="Rule two is the one that people forget. Nobody has been thrown out for it so far."))
    return Unit(number=1, kind="section", title="The greenhouse", blocks=tuple(blocks))


def test_an_announced_list_of_a_document_comes_whole_after_its_lead(context) -> None:
    passages = context((_section(*_JOBS),)).materials[0].passages
    assert [s.text for s in passages[0].prose] == [
        "We keep the greenhouse together with nine others.", "Three jobs come back every week:"]
    assert [s.text for s in passages[0].lists[0].items] == list(_JOBS)
    assert not passages[0].lists[0].ordered
    assert passages[1].prose[0].text == "Rule two is the one that people forget."


def test_what_the_program_numbers_is_numbered(context) -> None:
    rules = ("Nobody waters at noon.", "Whoever comes last shuts the windows.", "Keys stay on the hook.")
    passages = context((_section(*rules, lead="These are the rules of the house. They hang on the door.", numbered=True),)
                       ).materials[0].passages
    assert [s.text for s in passages[0].lists[0].items] == list(rules)
    assert passages[0].lists[0].ordered


def test_sentences_that_nothing_announces_read_as_text(context) -> None:
    told = ("The tap is by the door.", "The key hangs on its hook.")
    passages = context((_section(*told, lead="This is the house we share. It is made of glass."),)).materials[0].passages
    assert not any(p.lists for p in passages)


_CHANGED = ("In April we changed three things. A kettle first. The second is the one that I would never give back: somebody at "
            "the door who knows every name. And then the lamps, which were a present from the school next door.")


def test_a_list_that_notes_count_off_stands_after_the_sentence_that_counts(slide, context) -> None:
    lines = ("A kettle in the hall", "Somebody at the door who knows every name", "Lamps from the school")
    passages = context((slide(1, "What we changed", lines, (_CHANGED,)),)).materials[0].passages
    assert [s.text for s in passages[0].prose] == ["In April we changed three things."]
    assert [s.text for s in passages[0].lists[0].items] == list(lines)
    assert passages[1].prose[0].text == "A kettle first."


def test_a_list_of_another_length_stays_with_the_notes(slide, context) -> None:
    lines = ("A kettle in the hall", "Somebody at the door who knows every name")
    passages = context((slide(1, "What we changed", lines, (_CHANGED,)),)).materials[0].passages
    assert [s.text for p in passages for s in p.prose][:2] == ["In April we changed three things.", "A kettle first."]
    assert len(passages) == 1


@pytest.mark.parametrize(("title", "line", "text"), [
    ("19 minutes", "is what a page of the old form took", "19 minutes is what a page of the old form took."),
    ("31 days → 4 hours", "Time between a complaint and its answer",
     "31 days → 4 hours: Time between a complaint and its answer."),
])
def test_a_big_figure_and_its_caption_are_one_sentence(slide, context, title: str, line: str, text: str) -> None:
    passages = context((slide(1, title, (line,)), slide(2, "The form", ("It has nine pages.", "It asks for nothing twice."))),
                       ).materials[0].passages
    assert [s.text for s in passages[0].prose] == [text]
    assert passages[0].heading is None
    assert not passages[0].lists


@pytest.mark.parametrize("title", ["3 reasons", "1. Why"])
def test_another_title_is_no_figure(slide, context, title: str) -> None:
    passages = context((slide(1, title, ("is what a page of the old form took",)),)).materials[0].passages
    assert not any(title in s.text for p in passages for s in p.prose)
