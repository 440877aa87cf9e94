"""What is told about a list stands beside the whole list, or beside none of it."""

from __future__ import annotations

import pytest


def _lists(ready) -> list[list[str]]:
    return [[s.text for s in each.items] for m in ready.materials for p in m.passages for each in p.lists]


def _order(ready) -> list[str]:
    return [text for p in ready.materials[0].passages for text in (
        *(s.text for s in p.prose[:1]), *(f"- {each.items[0].text}" for each in p.lists))]


_SHED = ("A shed with a window to the south", "A lock that everybody has a key to", "Two shelves for pots")
_TOLD = ("The shed has a window to the south, and it has stood there since my grandmother's time, when it was a house for "
         "geese. The lock is one that everybody has a key to, which took us a year of meetings, three votes and a locksmith "
         "from the next village who did not believe us at first.")


def test_a_list_that_is_left_in_part_is_there_whole(slide, context) -> None:
    lines = (*_SHED, "Rain barrel: 300 litres, bought in 2019")
    assert _lists(context((slide(1, "What we built", lines, (_TOLD,)),))) in ([list(lines)], [])


@pytest.mark.parametrize("said", [
    "So three beds, not two. The bed by the wall gets the sun at noon and dries out first.",
    "There are three beds on this plan. The bed by the wall gets the sun at noon and dries out first.",
])
def test_a_list_that_the_notes_count_follows_the_count(slide, context, said: str) -> None:
    lines = ("Wall: herbs and onions", "Path: beans on poles", "Pond: whatever likes wet feet")
    ready = context((slide(1, "The beds", lines, (said,)),))
    assert _order(ready)[1] == "- Wall: herbs and onions"
    assert _lists(ready) == [list(lines)]


def test_dutch_counts_too(slide, context) -> None:
    lines = ("Niemand spit alleen", "gereedschap gaat schoon terug", "honden blijven bij het hek")
    said = "Drie afspraken, en wij hebben er nooit een veranderd. De eerste kwam van onze buurvrouw."
    assert _lists(context((slide(1, "De tuin", lines, (said,)),), language="nl")) == [list(lines)]


@pytest.mark.parametrize(("language", "said"), [
    ("en", "And there's the third. It came from the neighbours, who had seen it in another garden and liked it a lot."),
    ("en", "And now the third box. It came from the neighbours, who had seen it in another garden and liked it a lot."),
    ("nl", "En nu het derde vakje. Dat kwam van de buren, die het in een andere tuin hadden gezien."),
])
def test_a_list_that_the_notes_point_at_stands_before_them(slide, context, language: str, said: str) -> None:
    lines = ("Basil (old)", "Mint??", "Do not touch")
    ready = context((slide(1, "Labels", lines, (said,)),), language=language)
    assert _order(ready)[0] == "- Basil (old)"
    (each,) = [each for p in ready.materials[0].passages for each in p.lists]
    assert each.kept


@pytest.mark.parametrize(("language", "said"), [
    ("en", "These are real labels. They hung in the greenhouse until a storm took the roof off last winter."),
    ("nl", "Dit zijn echte bordjes. Ze hingen in de kas tot een storm afgelopen winter het dak eraf haalde."),
])
def test_a_list_follows_the_sentence_that_shows_it(slide, context, language: str, said: str) -> None:
    lines = ("Basil (old)", "Mint??", "Do not touch")
    ready = context((slide(1, "Labels", lines, (said,)),), language=language)
    assert _order(ready)[:2] == [said.split(". ")[0] + ".", "- Basil (old)"]


@pytest.mark.parametrize(("language", "title", "said"), [
    ("en", "A garden is made of meetings.", "If you take home one sentence today, then this one. The rest is compost."),
    ("nl", "Een tuin bestaat uit vergaderingen.", "Als je één zin meeneemt vandaag, dan deze. De rest is compost."),
])
def test_the_title_that_is_pointed_at_is_said(slide, context, language: str, title: str, said: str) -> None:
    passages = context((slide(1, title, (), (f"{said} We dig on Saturdays and talk on Mondays.",)),), language=language
                       ).materials[0].passages
    assert [s.text for s in passages[0].prose][1] == title


def test_a_title_that_nobody_points_at_is_not_said(slide, context) -> None:
    told = "We dig on Saturdays and talk on Mondays. Nobody has minded so far, and the beans come up all the same."
    passages = context((slide(1, "A garden is made of meetings.", (), (told,)),)).materials[0].passages
    assert "A garden is made of meetings." not in [s.text for s in passages[0].prose]


def test_a_phrase_with_one_phrase_below_it_keeps_it_below(slide, context) -> None:
    lines = ("No miracle on clay", "No beans in the first month", (1, "instead: slugs, rain and a little despair"), "No geese")
    (passage,) = context((slide(1, "What you will not get", lines),)).materials[0].passages
    (each,) = passage.lists
    assert [s.text for s in each.items] == [
        "No miracle on clay", "No beans in the first month", "instead: slugs, rain and a little despair", "No geese"]
    assert [s.text for s in each.deep] == ["instead: slugs, rain and a little despair"]


def test_quoted_questions_are_a_list_each_by_itself(slide, context) -> None:
    lines = ("\"Who planted the walnut behind the church?\"", "\"When was the gate promised to us?\" (four times)",
             "\"Did my mother garden here? She left in 1987.\"")
    assert _lists(context((slide(1, "Three questions", lines),))) == [list(lines)]


def test_a_formula_beside_what_is_told_is_not_torn_into_items(slide, context) -> None:
    lines = ("y = α₀ + α₁·rainᵢ + α₂·sunᵢ", "+ α₃·slugsⱼ + εᵢⱼ", "εᵢⱼ ~ N(0, τ²)")
    told = "The harvest depends on rain, on sun and on the slugs. Each bed has its own luck, which the last term stands for."
    ready = context((slide(1, "The model", lines, (told,)),))
    assert _lists(ready) == []


def test_the_remark_beside_a_table_stands_under_it(slide, context) -> None:
    from content.document import Block, Part

    unit = slide(1, "The harvest", (), ("We weigh it all on the scale from the old post office, which is right to the pound.",))
    cells = tuple(Block(id=f"s1.b{n + 20}", part=Part.TABLE, text=text, shape="table", row=n // 2, column=n % 2)
                  for n, text in enumerate(("Bed", "Pounds", "Wall", "40", "Path", "38")))
    line = Block(id="s1.b30", part=Part.BODY, text="Weighed wet, rounded; geese differ", shape="note")
    (passage,) = context((unit.model_copy(update={"blocks": (*unit.blocks, *cells, line)}),)).materials[0].passages
    assert passage.table
    assert passage.remark is not None
    assert passage.remark.text == "Weighed wet, rounded; geese differ"
    assert len(passage.prose) == 1


def test_a_bullet_sign_that_was_typed_goes(slide, context) -> None:
    lines = ("• Bring your own gloves. Nobody has spare ones in the shed since the fire of last year.", "• Shut the gate behind you.")
    said = [s.text for p in context((slide(1, "Rules", lines),)).materials[0].passages for s in (
        *p.prose, *(i for each in p.lists for i in each.items))]
    assert said
    assert not any("•" in text for text in said)


_WALLS = (("April", "A grey wall with a window that nobody has opened since the mill was sold, and a bucket below it."),
          ("August", "A wall with herons on it, three of them asleep, and a fourth that looks at whoever comes by."))
_MUREN = (("April", "Een grijze muur met een raam dat niemand meer opende sinds de molen verkocht is, en een emmer eronder."),
          ("Augustus", "Een muur met reigers, drie slapen er, en een vierde kijkt naar wie er langskomt op de fiets."))


@pytest.mark.parametrize(("language", "said"), [
    ("en", "Same wall, same painter. Nothing had changed but the light, and that he had been asked what he would like to paint."),
    ("nl", "Dezelfde muur, dezelfde schilder. Niets was anders dan het licht, en dat iemand hem vroeg wat hij wilde schilderen."),
])
def test_two_labelled_boxes_stand_before_what_compares_them(context, language: str, said: str) -> None:
    from content.document import Block, Part, Unit

    boxes = _WALLS if language == "en" else _MUREN
    blocks = [Block(id="s1.b1", part=Part.TITLE, text="One wall, twice")]
    blocks += [Block(id=f"s1.b{2 * n + k}", part=Part.BODY, text=text, shape=f"box {n}")
               for n, pair in enumerate(boxes, start=1) for k, text in enumerate(pair)]
    blocks.append(Block(id="s1.b9", part=Part.NOTES, text=said, shape="notes"))
    passages = context((Unit(number=1, kind="slide", title="One wall, twice", blocks=tuple(blocks)),), language=language
                       ).materials[0].passages
    assert [p.run_in.text if p.run_in else "" for p in passages] == [boxes[0][0], boxes[1][0], ""]
    assert passages[0].heading is not None
